"""Computes from what is declared which data an answer could hold, and names every way past a wall."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from levelhead.people.permission import PERMISSIONS, SCOPES, Action
from levelhead.people.person import Relation, Role
from levelhead.people.purpose import ASSIST, CASEWORK, OF_ONE_PERSON, QUALITY, READS, USES, Purpose, Tells, Use
from levelhead.people.purpose_columns import COLUMNS, MADE_FROM


@dataclass(frozen=True, slots=True)
class Declared:
    """Everything that was declared; a test may plant something in a copy of it."""

    columns: Mapping[str, Purpose | None] = field(default_factory=lambda: COLUMNS)
    made_from: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MADE_FROM)
    uses: Mapping[str, Use] = field(default_factory=lambda: USES)
    reads: Mapping[Purpose, frozenset[Purpose]] = field(default_factory=lambda: READS)
    permissions: Mapping[tuple[Role, Action], Relation | None] = field(default_factory=lambda: PERMISSIONS)
    scopes: frozenset[str] = SCOPES


@dataclass(frozen=True, slots=True)
class Breach:
    """A way past a wall: from a column, over what is made from it, to the action whose answer could hold it."""

    path: tuple[str, ...]
    why: str

    def __str__(self) -> str:
        return f"{' → '.join(self.path)}: {self.why}"


def reachable(action: str, declared: Declared | None = None) -> frozenset[str]:
    """The columns that this action may read; what is kept for everything always belongs to them."""
    known = declared or Declared()
    allowed = known.reads[known.uses[action].purpose]
    return frozenset(column for column, purpose in known.columns.items() if purpose is None or purpose in allowed)


def breaches(declared: Declared | None = None) -> tuple[Breach, ...]:
    """Every way past a wall; none in what is declared here, as a test holds."""
    known = declared or Declared()
    return tuple(
        Breach((*path, f"{action} ({use.purpose}, about a {use.tells})"), why)
        for action, use in known.uses.items()
        for column in sorted(reachable(action, known))
        for path in _ways_to(column, known)
        for why in _forbidden(known.columns[path[0]], action, use, known)
    )


def _ways_to(column: str, known: Declared, seen: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The column itself, and every way from a column that it is made from."""
    yield (column,)
    for source in known.made_from.get(column, ()):
        if source not in seen:
            for way in _ways_to(source, known, (*seen, column)):
                yield (*way, column)


def _forbidden(kept_for: Purpose | None, action: str, use: Use, known: Declared) -> Iterator[str]:
    if _is_for_oneself(action, known):
        return  # Whatever it tells, it tells the one whom it is about.
    if kept_for is ASSIST and use.tells is Tells.PERSON:
        yield "live help would become a report about a person"
    elif kept_for is ASSIST and use.purpose not in {ASSIST, CASEWORK}:
        yield f"what live help makes would be used for {use.purpose}"
    if kept_for in OF_ONE_PERSON:
        yield "practice and wellbeing are for the person alone whose they are"
    if kept_for is QUALITY and use.purpose is not QUALITY:
        yield f"reviews would be used for {use.purpose}"


def _is_for_oneself(action: str, known: Declared) -> bool:
    """Whether each role may do it to nothing but its own, and no program at all."""
    reaches = {reach for (_, known_action), reach in known.permissions.items() if known_action == action}
    return bool(reaches) and reaches <= {Relation.OWN, None} and action not in known.scopes
