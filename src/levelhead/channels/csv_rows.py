"""CSV (RFC 4180, comma, header line) to flat rows: empty cells count as absent, but for the text."""

import csv
import re
from collections.abc import Iterator
from pathlib import PurePath

from levelhead.channels.malformed import Malformed, Place, described
from levelhead.channels.text_lines import Line

NEEDED = ("conversation", "n", "speaker", "text")
_WHOLE = re.compile(r"\d{1,9}")
_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,12})?")
_NUMBERS = ("at", "began", "ended")


def is_csv(name: str, first: Line, needed: tuple[str, ...] = NEEDED) -> bool:
    """Whether a file is CSV: by its name, or by a first line that is a header with our columns."""
    return PurePath(name).suffix.lower() == ".csv" or set(needed) <= set(_cells_of(first.text))


def csv_rows(
    header: Line, rest: Iterator[Line | Malformed], needed: tuple[str, ...] = NEEDED
) -> Iterator[tuple[Place, object] | Malformed]:
    """Every row below the header as field names to values, or the complaint about it."""
    columns = _cells_of(header.text)
    complaint = _complaint_about(columns, header.place, needed)
    if complaint:
        # Without a header no row below it means anything.
        yield complaint
        return
    feed = _Feed(rest, header.place)
    reader = csv.reader(feed, strict=True)
    while True:
        feed.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except Malformed as bad:
            yield bad
        except csv.Error as error:
            yield Malformed(place=feed.began, field="line", expected="a CSV row", found=str(error))
        else:
            yield _row(columns, cells, feed.began)


class _Feed:
    """Lines for the csv reader, which may take several for one row; a bad line raises and the next call goes on."""

    def __init__(self, lines: Iterator[Line | Malformed], began: Place) -> None:
        self._lines = lines
        self._fresh = True
        self.began = began

    def begin(self) -> None:
        """The next line starts a new row."""
        self._fresh = True

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        if isinstance(line, Malformed):
            raise line
        if self._fresh:
            self.began = line.place
            self._fresh = False
        return line.text


def _cells_of(text: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([text], strict=True), [])]
    except csv.Error:
        return []


def _complaint_about(columns: list[str], place: Place, needed: tuple[str, ...]) -> Malformed | None:
    missing = [name for name in needed if name not in columns]
    if missing:
        expected = f"a header with {', '.join(needed)}"
        return Malformed(place=place, field="header", expected=expected, found=f"none for {', '.join(missing)}")
    twice = sorted({name for name in columns if name and columns.count(name) > 1})
    if twice:
        expected = "each column once"
        return Malformed(place=place, field="header", expected=expected, found=f"{', '.join(twice)} again")
    return None


def _row(columns: list[str], cells: list[str], place: Place) -> tuple[Place, object] | Malformed:
    if len(cells) != len(columns):
        return Malformed(place=place, field="line", expected=f"{len(columns)} cells", found=described(len(cells)))
    row = {name: _value(name, cell) for name, cell in zip(columns, cells, strict=True) if cell or name == "text"}
    # A column that happens to be called `turns` does not make a row a whole conversation.
    row.pop("turns", None)
    return place, row


def _value(name: str, cell: str) -> object:
    if name == "n" and _WHOLE.fullmatch(cell.strip()):
        return int(cell)
    if name in _NUMBERS and _NUMBER.fullmatch(cell.strip()):
        return float(cell)
    return cell
