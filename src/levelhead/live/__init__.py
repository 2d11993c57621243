"""The running heart: a turn is heard, read, answered with advice, kept and told. Start with `desk.py`."""
