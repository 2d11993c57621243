"""Levelhead sits beside the person who handles a difficult customer conversation."""

from importlib.metadata import version

__version__ = version("levelhead")
