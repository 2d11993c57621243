"""What a pack would have said in a past conversation: from its readings as they are kept; nothing is read anew.

Only the pack's own words are told, with their brackets unfilled: whoever edits a pack needs neither what a customer
said nor who answered them. Pure.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from levelhead.advising.advise import advise
from levelhead.advising.boundary import rung_due
from levelhead.advising.clear import clear_abuse
from levelhead.advising.draft import check_wording
from levelhead.advising.draft_wording import DraftWording
from levelhead.advising.history import lines_of
from levelhead.advising.pack import Pack
from levelhead.casework import boundary as ladder
from levelhead.casework.boundary import Rung
from levelhead.casework.boundary_policy import Policy
from levelhead.casework.complaint_heard import Ear, dissatisfaction_in
from levelhead.casework.remedy_options import Case, options_for
from levelhead.casework.remedy_pack import Remedies, register_of
from levelhead.casework.wrong import facts_of, recognised
from levelhead.conversation import Channel, Heard, Speaker, Timeline
from levelhead.live.hearing import was_set_down
from levelhead.packs.kinds import PackKind
from levelhead.people.person import Role

_WRITTEN: Final = frozenset({Channel.CHAT, Channel.EMAIL, Channel.SOCIAL})


@dataclass(frozen=True, slots=True)
class Words:
    """What a pack says after a turn: what it is about, and its sentences with their brackets."""

    title: str
    says: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Otherwise:
    """A turn after which the two packs say something else; None: nothing."""

    n: int
    before: Words | None
    after: Words | None


@dataclass(frozen=True, slots=True)
class Ground:
    """What a conversation is heard again on, besides the pack that was edited: the cards, and the day of today."""

    cards: Pack
    today: date


Saying = Callable[[Any, Timeline, Ground], Mapping[int, Words]]
"""What a pack of some kind says in a conversation, by turn."""


def otherwise(
    kind: PackKind, before: object, after: object, timeline: Timeline, ground: Ground
) -> tuple[Otherwise, ...]:
    """Every turn of the conversation after which the packs differ."""
    says = SAYING[kind]
    was, now = says(before, timeline, ground), says(after, timeline, ground)
    turns = sorted(n for n in was.keys() | now.keys() if was.get(n) != now.get(n))
    return tuple(Otherwise(n, was.get(n), now.get(n)) for n in turns)


def _cards(pack: Pack, timeline: Timeline, ground: Ground) -> Mapping[int, Words]:
    # What the team has settled about its cards holds for either pack.
    del ground
    phrases = {phrase.name: Words(phrase.title, (phrase.say,)) for phrase in pack.phrases}
    return {n: phrases[phrase] for n, phrase in _phrases(pack, timeline)}


def _phrases(pack: Pack, timeline: Timeline) -> Iterator[tuple[int, str]]:
    """The phrases of the cards, each turn advised on after what this pack would have said before it."""
    so_far: tuple[Heard, ...] = ()
    for heard in timeline:
        if not was_set_down(heard):
            advice = advise(heard.turn, heard.reading, so_far, pack)
            heard = replace(heard, advice=advice)  # noqa: PLW2901 - the turn as it would have been
            if advice.raised is not None:
                yield heard.turn.n, advice.raised.phrase
        so_far = (*so_far, heard)


def _drafts(wording: DraftWording, timeline: Timeline, ground: Ground) -> Mapping[int, Words]:
    del ground
    own = {rule.reason for rule in wording.rules} | set(wording.reasons.values())
    found = {}
    for place, heard in enumerate(timeline):
        turn = heard.turn
        if turn.speaker is Speaker.AGENT and turn.channel in _WRITTEN and not was_set_down(heard):
            findings = check_wording(turn.text, timeline[:place], wording, heard.reading).findings
            # A reason that quotes somebody is left out: what it is about says enough.
            says = dict.fromkeys(one.reason if one.reason in own else one.fault.replace("_", " ") for one in findings)
            if says:
                found[turn.n] = Words("", tuple(says))
    return found


def _boundary(policy: Policy, timeline: Timeline, ground: Ground) -> Mapping[int, Words]:
    pack, found = ground.cards, {}
    for place, heard in enumerate(timeline):
        lines = lines_of(timeline[:place], heard.turn, heard.reading)
        abuse = clear_abuse(lines[-1], pack)
        due = rung_due(abuse, lines[:-1], timeline[:place], pack) if abuse and ladder.climbs(abuse) else None
        if abuse is not None and due is not None:
            says = policy.say(Rung(due.name.lower()), heard.turn.channel, abuse)
            found[heard.turn.n] = Words(due.name.lower(), (says,))
    return found


def _remedies(pack: Remedies, timeline: Timeline, ground: Ground) -> Mapping[int, Words]:
    key, last = recognised(pack, timeline).wrong, timeline[-1].turn
    if key is None:
        return {}
    wrong, register = pack.wrongs[key], register_of(last.channel)
    case = Case(key, facts_of(timeline, pack.currency), ground.today)
    offered = [option.key for option in options_for(pack, case, Role.AGENT, register)]
    says = {option.key: option.says[register] for option in wrong.options}
    return {last.n: Words(wrong.name, tuple(says[option] for option in offered))}


def _heard(ear: Ear, timeline: Timeline, ground: Ground) -> Mapping[int, Words]:
    del ground
    first = next((heard.turn.n for heard in timeline if dissatisfaction_in(heard, ear)), None)
    return {} if first is None else {first: Words("asks")}


SAYING: Final[Mapping[PackKind, Saying]] = MappingProxyType(
    {
        PackKind.CARDS: _cards,
        PackKind.DRAFT: _drafts,
        PackKind.BOUNDARY: _boundary,
        PackKind.REMEDIES: _remedies,
        PackKind.HEARD: _heard,
    }
)
"""Kinds of packs that speak within a conversation; the others speak in letters and notes, and are compared as texts."""
