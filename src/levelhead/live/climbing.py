"""What a turn does to the boundary of its conversation: it proposes a rung, or shows that things have calmed.

A proposal is all that abuse brings about: what is said, passed over or ended the agent decides. Where a life is
at stake there is no ladder at all.
"""

from collections.abc import Iterator
from typing import Final

from levelhead.advising.boundary import rung_due
from levelhead.advising.clear import clear_abuse, clear_cue
from levelhead.advising.history import MEETS_VULNERABLE, Line, lines_of
from levelhead.advising.pack import Pack
from levelhead.advising.peril import peril_in
from levelhead.casework import boundary as ladder
from levelhead.casework.boundary import BOUNDARY, OPEN, Boundary, BoundaryMove, BoundaryState, Climb, Rung, Seen
from levelhead.casework.item import Evidence, Item, Kind, Reason
from levelhead.conversation import Cue, Emotion, Timeline
from levelhead.live import events
from levelhead.live.happened import Happened
from levelhead.live.packs_in_force import packs_of
from levelhead.packs import Packs
from levelhead.storage.books import Write, utc_now
from levelhead.storage.cases import Cases, where_possible

_RUNGS: Final = tuple(Rung)
_NEXT: Final = {
    BoundaryState.NAMED: Rung.WARNING,
    BoundaryState.WARNED: Rung.FINAL_WARNING,
    BoundaryState.FINAL_WARNED: Rung.ENDING,
    BoundaryState.END_OFFERED: Rung.ENDING,
}


def boundaries(happened: Happened, cases: Cases) -> Iterator[Write]:
    """What this turn does to the boundary; a late turn proposes nothing, its moment has passed.

    A turn is never refused for it: where somebody has just decided otherwise in another process, nothing is written.
    """
    writes = tuple(_proposed(happened, cases))
    if writes:
        yield where_possible(writes)


def _proposed(happened: Happened, cases: Cases) -> Iterator[Write]:
    heard, pack = happened.heard, happened.pack
    lines = lines_of(happened.before, heard.turn, heard.reading)
    is_late = any(line.turn.n > heard.turn.n for line in lines)
    if is_late or not any(_abuses(line, pack) for line in lines) or in_peril(lines, pack):
        return
    known = boundary_of(cases, heard.turn.conversation)
    if _abuses(lines[-1], pack):
        yield from _noticed(happened, lines, known, cases)
    elif known is not None and BoundaryState(known.state) in OPEN:
        yield from _eased(lines, pack, known, cases)


def boundary_of(cases: Cases, conversation: str) -> Item[Boundary] | None:
    """The boundary of a conversation, None where nothing was ever noticed."""
    return next(iter(cases.of_conversation(conversation, Kind.BOUNDARY)), None)


def climbing(cases: Cases, item: Item[Boundary], climb: Climb, reason: Reason) -> Iterator[Write]:
    """Writes a step of the ladder, and tells the outside of it; what is merely noticed is not told."""
    yield cases.moving(item.id, BOUNDARY, BoundaryState, climb.move, body=climb.body, reason=reason)
    if climb.move is not BoundaryMove.NOTICE and item.conversation is not None:
        told = events.BoundaryChanged(item.conversation, climb.move, climb.state, climb.body.because.abuse)
        yield events.written([told], utc_now())


def in_peril(lines: tuple[Line, ...], pack: Pack) -> bool:
    """Whether somebody's life or health is at stake: then nobody is told off, and help comes first."""
    return next(peril_in(lines, pack), None) is not None


def open_distress(lines: tuple[Line, ...], pack: Pack) -> int | None:
    """The turn in which a vulnerability or distress was told that nobody has asked about since."""
    for line in reversed(lines):
        if line.does(MEETS_VULNERABLE):
            return None
        if _is_distressed(line, pack):
            return line.turn.n
    return None


def _noticed(
    happened: Happened, lines: tuple[Line, ...], known: Item[Boundary] | None, cases: Cases
) -> Iterator[Write]:
    turn, reading = happened.heard.turn, happened.heard.reading
    abuse = clear_abuse(lines[-1], happened.pack)
    if abuse is None or (known is not None and known.state == BoundaryState.ENDED):
        return
    seen = Seen(turn.n, abuse, reading.words_of(abuse, turn.text) or turn.text)
    distress = open_distress(lines, happened.pack)
    reason = Reason(evidence=(Evidence(turn.conversation, turn.n, seen.words),))
    if known is not None:
        due = _due(seen, happened, lines, known)
        yield from climbing(
            cases, known, ladder.noticed(BoundaryState(known.state), known.body, seen, due, distress), reason
        )
        return
    yield cases.opening(
        Kind.BOUNDARY,
        turn.conversation,
        ladder.begun(seen, _due(seen, happened, lines, None), distress),
        machine=BOUNDARY,
        move=BoundaryMove.NOTICE,
        conversation=turn.conversation,
        team=happened.team,
        owner=happened.holder,
        reason=reason,
    )


def _due(seen: Seen, happened: Happened, lines: tuple[Line, ...], known: Item[Boundary] | None) -> Rung:
    """The rung that the advice would name, counted from the last calm stretch; never below what was said by a click."""
    since = -1 if known is None or known.body.calm_from is None else known.body.calm_from
    before = tuple(line for line in lines[:-1] if line.turn.n > since)
    so_far: Timeline = tuple(heard for heard in happened.before if heard.turn.n > since)
    advised = rung_due(seen.abuse, before, so_far, happened.pack)
    read = Rung.NAMING if advised is None else Rung(advised.name.lower())
    said = _NEXT.get(BoundaryState(known.state), Rung.NAMING) if known else Rung.NAMING
    return max(read, said, key=_RUNGS.index)


def _eased(lines: tuple[Line, ...], pack: Pack, known: Item[Boundary], cases: Cases) -> Iterator[Write]:
    """That somebody asked after the customer, or that they have calmed, is noted by itself: it is against nobody."""
    now, state, body = lines[-1], BoundaryState(known.state), known.body
    reason = Reason(evidence=(Evidence(now.turn.conversation, now.turn.n, now.turn.text),))
    if body.distress is not None and now.turn.n > body.distress and now.does(MEETS_VULNERABLE):
        yield from climbing(cases, known, ladder.asked_after(state, body, now.turn.n), reason)
    elif _has_calmed(lines, pack, packs_of(cases.shelf)):
        yield from climbing(cases, known, ladder.calmed(state, body, now.turn.n), reason)


def _has_calmed(lines: tuple[Line, ...], pack: Pack, packs: Packs) -> bool:
    """After an apology, or after some turns in a row without abuse or fury."""
    now = lines[-1]
    if now.reading.of_customer is None:
        return False
    if pack.listening.says_sorry.search(now.turn.text) or clear_cue(now, Cue.CONFIRMS_RESOLVED, pack):
        return True
    turns = packs.boundary(now.turn.locale).calm_turns
    latest = [line for line in lines if line.reading.of_customer][-turns:]
    return len(latest) == turns and not any(_is_hot(line, pack) for line in latest)


def _is_hot(line: Line, pack: Pack) -> bool:
    heard = line.reading.of_customer
    return heard is not None and (ladder.climbs(heard.abuse) or heard.intensity >= pack.thresholds.strong_from)


def _abuses(line: Line, pack: Pack) -> bool:
    abuse = clear_abuse(line, pack)
    return abuse is not None and ladder.climbs(abuse)


def _is_distressed(line: Line, pack: Pack) -> bool:
    heard = line.reading.of_customer
    if heard is None:
        return False
    if clear_cue(line, Cue.VULNERABLE, pack) or pack.listening.bereaved.search(line.turn.text):
        return True
    return heard.emotion is Emotion.ANXIOUS and heard.intensity >= pack.thresholds.strong_from
