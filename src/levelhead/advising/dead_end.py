"""Dead end: an agent who keeps sending the customer back, away, or through a door that they have said is shut."""

import re
from collections.abc import Iterator

from levelhead.advising import history
from levelhead.advising.circumstance import Circumstance
from levelhead.advising.history import Evidence, Line
from levelhead.advising.pack import Pack
from levelhead.advising.steps import WRITTEN
from levelhead.conversation import Fault, Move

_MOVES_ON = frozenset({Move.OFFER_SOLUTION, Move.OFFER_CHOICE, Move.ACT, Move.ESCALATE_OFFER, Move.TRANSFER})
_NOES, _LOOKED_BACK = 2, 3
# Of four letters and more: shorter ones are names of things ("VAT", "PIN") more often than a raised voice.
_LOUD_WORD = re.compile(r"\b(?=[A-Z]*[AEIOU])[A-Z]{4,}\b")


def dead_ends_in(lines: tuple[Line, ...], pack: Pack) -> Iterator[tuple[str, Evidence]]:
    """What the agent's latest turn leaves the customer with, seen beside what went before."""
    latest = history.latest_agent(lines)
    if latest is None:
        return
    if _says_no(latest, pack) and sum(_says_no(line, pack) for line in _of_late(lines)) >= _NOES:
        yield Circumstance.DEAD_END, Evidence(latest)
    words = pack.listening
    sent = words.sent_away.search(latest.turn.text)
    if sent is not None and not latest.does(_MOVES_ON):
        yield Circumstance.SENT_AWAY, Evidence(latest, "", sent.span())
    canned = words.canned.search(latest.turn.text)
    if canned is not None and not latest.does(_MOVES_ON):
        yield Circumstance.CANNED, Evidence(latest, "", canned.span())
    said = next((line for line in reversed(lines) if line.reading.of_customer is not None), None)
    loud = _LOUD_WORD.search(said.turn.text) if said is not None and not said.turn.text.isupper() else None
    if said is not None and loud is not None:
        yield Circumstance.LOUD, Evidence(said, "", loud.span())
    yield from _access(lines, latest, pack)


def _access(lines: tuple[Line, ...], latest: Line, pack: Pack) -> Iterator[tuple[str, Evidence]]:
    """A need that was told ("I'm Deaf, not the phone") and is gone past: told a second time, or met with "ring us"."""
    words = pack.listening
    told = [line for line in lines if line.reading.of_customer and words.access_need.search(line.turn.text)]
    if not told or latest.turn.n < told[0].turn.n:
        return
    passed = words.by_voice.search(latest.turn.text) is not None and not latest.does(_MOVES_ON - {Move.OFFER_SOLUTION})
    if passed or told[-1].turn.n > latest.turn.n:
        found = words.access_need.search(told[-1].turn.text)
        yield Circumstance.ACCESS_PASSED, Evidence(told[-1], "", found.span() if found else None)


def _of_late(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The agent's last few turns, as far as nothing was done for the customer in between."""
    moved = max((place for place, line in enumerate(lines) if line.does(_MOVES_ON)), default=-1)
    return tuple(line for line in lines[moved + 1 :] if line.reading.of_agent is not None)[-_LOOKED_BACK:]


def _says_no(line: Line, pack: Pack) -> bool:
    """A no with nothing beside it; in a letter, which is all they get, also one that hurts or misses the point."""
    if line.does(_MOVES_ON):
        return False
    refused = line.does(frozenset({Move.DECLINE})) or line.reading.shows(Fault.NEGATIVE_LANGUAGE)
    return refused or (line.turn.channel in WRITTEN and history.faults_add_up(line.reading, pack.thresholds))
