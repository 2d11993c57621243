"""Thirty-six written conversations that show Levelhead at work (CC-BY-4.0, see LICENSE.txt)."""
