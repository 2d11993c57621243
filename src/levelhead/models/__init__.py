"""The shipped weights and how to load them; `MODEL_CARD.md` says what they were trained on and how well they read."""

from functools import cache
from pathlib import Path

from onnxruntime.capi.onnxruntime_pybind11_state import Fail, InvalidArgument, InvalidGraph, InvalidProtobuf

from levelhead.listening.issue import Issues
from levelhead.listening.reader import Reader

FOLDER = Path(__file__).parent
BROKEN = (Fail, InvalidArgument, InvalidGraph, InvalidProtobuf)


class ModelMissing(Exception):
    """The reading model can't be loaded; the sentence says which file and what to do."""


@cache
def load(folder: Path = FOLDER) -> Reader:
    """The reader in `folder`, loaded once a process. Raises ModelMissing with a sentence for people."""
    files = {name: folder / name for name in ("reader.onnx", "tokenizer.json", "reader.json")}
    for name, path in files.items():
        if not path.is_file():
            raise ModelMissing(
                f"The reading model is missing: {name} is not in {folder}. Turns are kept but not read. "
                "Install Levelhead again to mend it."
            )
    try:
        return Reader(
            files["reader.onnx"].read_bytes(),
            files["tokenizer.json"].read_text(encoding="utf-8"),
            files["reader.json"].read_text(encoding="utf-8"),
            _issues(folder / "issue.npz"),
        )
    except (OSError, ValueError, KeyError, *BROKEN) as error:
        raise ModelMissing(
            f"The reading model in {folder} can't be used ({error}). Install Levelhead again to mend it."
        ) from error


def _issues(path: Path) -> Issues | None:
    """Without this file all else is read; only what a conversation is about stays unsaid."""
    return Issues(path.read_bytes()) if path.is_file() else None
