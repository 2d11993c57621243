"""The complaints of the demo's past: confirmed or not, acknowledged, looked into, answered; some nobody saw to."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final
from uuid import UUID

from levelhead.casework.complaint import Complaint, ComplaintState, LetterKind
from levelhead.casework.complaint_rules import Decision
from levelhead.casework.item import Item
from levelhead.demo.house import Held, House
from levelhead.live.complaint_facts import facts_of
from levelhead.live.complaint_ledger import Complaints
from levelhead.people.person import Person

_IS_ONE: Final = 0.32
_A_DAY: Final = timedelta(days=1)
_LATELY: Final = 3 * _A_DAY
"""What was confirmed lately nobody has acknowledged yet: its clock can be seen to run."""
_FINDINGS: Final = (
    "The visit was booked on one screen and never reached the other. Nobody checked the list that evening."
)
_DONE: Final = "Booked by hand, rung to make sure, and the list is now read out at five each day."
_REASONS: Final = "Our own records show it, and it should have been told at the first contact."
_CAUSES: Final = (
    "A job that was on one list and not on the other",
    "A charge that went on after it had been cancelled",
    "Nobody owned the case between two teams",
    "What was promised on the phone was not written down",
)
_WAITS_FOR: Final = "The photos that they mean to send"
_DEADLOCK: Final = "They were told the outcome and see it differently; nothing new has come."


def after_talk(house: House, held: Held) -> None:
    """Somebody answers whether it is a complaint, within the hour or so; of some nobody has yet."""
    complaints = Complaints(house.cases)
    item = complaints.of(held.id)
    if item is None or item.state != ComplaintState.PROPOSED:
        return
    chance = held.past.chance("complaint")
    at = house.agenda.now() + timedelta(minutes=chance.uniform(2, 40))
    by = house.holder(held.id) or held.agent
    if chance.random() < _IS_ONE:
        house.later(at, by, held.id, partial(_confirm, house, held, item.id, by))
    else:
        house.later(at, by, held.id, partial(complaints.dismiss, item.id))


def _confirm(house: House, held: Held, complaint: UUID, by: Person) -> None:
    Complaints(house.cases).confirm(complaint, by.id)
    if house.agenda.until - house.agenda.now() < _LATELY:
        _forgotten(house, held, complaint, by)
        return
    courses = (_answered, _answered, _forgotten, _waiting, _answered, _disputed, _acknowledged)
    courses[held.past.chance("course").randrange(len(courses))](house, held, complaint, by)


def _answered(house: House, held: Held, complaint: UUID, by: Person) -> None:
    """Acknowledged, assessed, looked into, answered and, some days later, closed."""
    now, complaints = house.agenda.now(), Complaints(house.cases)
    cause = held.past.chance("cause").choice(_CAUSES)
    then = _then(house, held, house.staff.supervisor)
    _acknowledged(house, held, complaint, by)
    then(now + _A_DAY * 1.2, partial(complaints.assess, complaint, "Money and trust; nobody is in danger."))
    then(now + _A_DAY * 3, partial(complaints.investigate, complaint, _FINDINGS, _DONE))
    told = {"findings": _FINDINGS, "done": _DONE, "decision": Decision.UPHELD.value, "reasons": _REASONS}
    final = partial(_send, house, complaint, LetterKind.FINAL_RESPONSE, house.staff.supervisor, told)
    then(now + _A_DAY * 5, final)
    then(now + _A_DAY * 8, partial(complaints.close, complaint, cause))


def _disputed(house: House, held: Held, complaint: UUID, by: Person) -> None:
    """Answered, not accepted, and nobody means to look again."""
    now, complaints = house.agenda.now(), Complaints(house.cases)
    then = _then(house, held, house.staff.supervisor)
    _acknowledged(house, held, complaint, by)
    then(now + _A_DAY * 2, partial(complaints.investigate, complaint, _FINDINGS, _DONE))
    told = {"findings": _FINDINGS, "done": _DONE, "decision": Decision.REJECTED.value, "reasons": _REASONS}
    final = partial(_send, house, complaint, LetterKind.FINAL_RESPONSE, house.staff.supervisor, told)
    then(now + _A_DAY * 4, final)
    then(now + _A_DAY * 6, partial(complaints.deadlock, complaint, _DEADLOCK))


def _waiting(house: House, held: Held, complaint: UUID, by: Person) -> None:
    """Acknowledged, and its clock stands still while the customer looks for something."""
    _acknowledged(house, held, complaint, by)
    pause = partial(Complaints(house.cases).pause, complaint, _WAITS_FOR)
    house.later(house.agenda.now() + _A_DAY * 2, by, held.id, pause)


def _forgotten(house: House, held: Held, complaint: UUID, by: Person) -> None:
    """Nobody has acknowledged it: its clock runs, and it stands at the top of what is at risk."""


def _acknowledged(house: House, held: Held, complaint: UUID, by: Person) -> None:
    at = house.agenda.now() + timedelta(hours=held.past.chance("acknowledged").uniform(1, 5))
    house.later(at, by, held.id, partial(_send, house, complaint, LetterKind.ACKNOWLEDGEMENT, by, {}))


def _send(house: House, complaint: UUID, kind: LetterKind, by: Person, told: dict[str, str]) -> None:
    complaints = Complaints(house.cases)
    item: Item[Complaint] = complaints.get(complaint)
    facts = facts_of(complaints, item, house.books, told, by=by.shown_as, now=house.agenda.now())
    complaints.sent(item, complaints.letter(item, kind, facts), by.id, by.shown_as)


def _then(house: House, held: Held, by: Person) -> Callable[[datetime, Callable[[], object]], None]:
    return lambda at, deed: house.later(at, by, held.id, deed)
