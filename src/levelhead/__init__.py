"""Levelhead sits beside the person who handles a difficult customer conversation."""

import os
from importlib.metadata import version

# From its first import on, onnxruntime would note an id of this machine and how it is used, to send that to its
# makers; only this, said before the import, keeps it from both. Nothing leaves Levelhead that nobody asked for.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

__version__ = version("levelhead")
