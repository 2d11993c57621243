"""Bytes to numbered lines of text, one at a time, with a limit on each."""

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from levelhead.channels.malformed import Malformed, Place

MAX_LINE = 8 * 1024 * 1024
"""Bytes in one line: a whole conversation of some ten thousand turns."""

_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class Line(NamedTuple):
    """One line that is not blank, with its line end."""

    place: Place
    text: str


def text_lines(stream: BinaryIO, name: str) -> Iterator[Line | Malformed]:
    """Every line that is not blank; a line that is no UTF-8 text, or too long, comes as the complaint about it.

    A byte order mark of UTF-8 at the start (spreadsheets write one) is passed over. Never holds more than one line.
    """
    number = 0
    while raw := stream.readline(MAX_LINE + 1):
        number += 1
        place = Place(name, number)
        if len(raw) > MAX_LINE:
            _skip_rest(stream, raw)
            yield _bad(place, f"at most {MAX_LINE} bytes a line", "a longer one")
            continue
        if number == 1:
            raw = raw.removeprefix(_UTF8_MARK)
        line = _decoded(raw, place)
        if isinstance(line, Malformed) or line.text.strip():
            yield line


def _decoded(raw: bytes, place: Place) -> Line | Malformed:
    if place.line == 1 and raw.startswith(_UTF16_MARKS):
        return _bad(place, "UTF-8 text", "UTF-16 (by its byte order mark)")
    if b"\0" in raw:
        return _bad(place, "UTF-8 text", f"a NUL byte at byte {raw.index(0) + 1}")
    try:
        return Line(place, raw.decode())
    except UnicodeDecodeError as error:
        return _bad(place, "UTF-8 text", f"byte 0x{raw[error.start]:02x} at byte {error.start + 1}")


def _skip_rest(stream: BinaryIO, raw: bytes) -> None:
    while raw and not raw.endswith(b"\n"):
        raw = stream.readline(MAX_LINE)


def _bad(place: Place, expected: str, found: str) -> Malformed:
    return Malformed(place=place, field="line", expected=expected, found=found)
