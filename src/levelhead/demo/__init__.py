"""Written conversations that show Levelhead at work (CC-BY-4.0, see LICENSE.txt), and the past that they make up."""
