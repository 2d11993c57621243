"""Figures as Markdown: tables, and numbers as short as they are true."""

from collections.abc import Mapping, Sequence

LARGE = 10
FEW = 4
DETAIL = 60
"""Longer lists of rows are detail: they stay in the JSON."""


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A table; cells are written by `cell`."""
    lines = [heads, ["---"] * len(heads), *([cell(one) for one in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def cell(value: object) -> str:
    """One value in a table."""
    match value:
        case None:
            return "–"
        case bool():
            return "yes" if value else "**no**"
        case float():
            return number(value)
        case [float() | int() as low, float() | int() as high]:
            return interval((low, high))
        case list() | tuple():
            return ", ".join(cell(one) for one in value)
        case _:
            return str(value).replace("|", "\\|").replace("\n", " ")


def number(value: float) -> str:
    """Three places, without the nought before the point as statisticians write shares; one place from ten on."""
    if value != value:  # noqa: PLR0124 - only not-a-number differs from itself
        return "–"
    if abs(value) >= LARGE:
        return f"{value:,.1f}"
    return f"{value:.3f}".replace("0.", ".", 1) if abs(value) < 1 else f"{value:.2f}"


def interval(ends: Sequence[float] | None) -> str:
    """A range from low to high."""
    if not ends:
        return ""
    to = " to " if min(ends) < 0 else "–"
    return to.join(number(float(end)) for end in ends)


def told(value: object, path: tuple[str, ...] = ()) -> list[str]:
    """Whatever a benchmark's JSON holds, as tables: rows as they are, alike records as rows, single figures as a list."""
    if isinstance(value, Mapping):
        return _mapping(value, path)
    if isinstance(value, Sequence) and not isinstance(value, str):
        rows = [one for one in value if isinstance(one, Mapping)]
        return [*_heading(path), *_rows(rows)] if rows and len(rows) <= DETAIL else []
    return [cell(value)]


def _mapping(value: Mapping[str, object], path: tuple[str, ...]) -> list[str]:
    single = {key: one for key, one in value.items() if _is_single(one)}
    records = {key: one for key, one in value.items() if isinstance(one, Mapping) and one and _is_flat(one)}
    here = _singles(single)
    here += _rows([{"": _words(key), **one} for key, one in records.items()])
    deeper = [
        line
        for key, one in value.items()
        if key not in single and key not in records and one
        for line in told(one, (*path, *([key] if key != "parts" else [])))
    ]
    return [*(_heading(path) if here else ()), *here, *deeper]


def _singles(single: Mapping[str, object]) -> list[str]:
    """Single figures: a table, or where they are few one line."""
    if len(single) <= FEW:
        return ["; ".join(f"{_words(key)} {cell(one)}" for key, one in single.items())] if single else []
    return [table(["figure", "value"], [(_words(key), one) for key, one in single.items()])]


def _heading(path: tuple[str, ...]) -> list[str]:
    return [f"**{', '.join(_words(one) for one in path)}**"] if path else []


def _rows(rows: Sequence[Mapping[str, object]]) -> list[str]:
    heads = list(dict.fromkeys(key for row in rows for key, one in row.items() if _is_single(one)))
    return (
        [table([_words(head) for head in heads], [[row.get(head) for head in heads] for row in rows])] if rows else []
    )


def _is_flat(value: Mapping[str, object]) -> bool:
    return all(_is_single(one) for one in value.values())


def _is_single(value: object) -> bool:
    if isinstance(value, list | tuple):
        return 0 < len(value) <= 2 and all(isinstance(one, int | float) for one in value)
    return not isinstance(value, Mapping)


def _words(name: object) -> str:
    return str(name).replace("_", " ")
