"""A conversation to write replies in, and short ways to check them."""

from levelhead.advising.draft import check_draft
from levelhead.conversation import (
    Abuse,
    Advice,
    Channel,
    Cue,
    CustomerReading,
    DraftCheck,
    Emotion,
    Fact,
    FactKind,
    Finding,
    Heard,
    Reading,
    Span,
    Speaker,
    Timeline,
    Turn,
)
from levelhead.packs import load

WORDING = load("en-GB").draft


def check(text: str, so_far: Timeline = (), reading: Reading | None = None) -> DraftCheck:
    return check_draft(text, so_far, load("en-GB"), reading)


def faults(text: str, so_far: Timeline = ()) -> set[str]:
    return {finding.fault for finding in check(text, so_far).findings}


def finding(fault: str, text: str, so_far: Timeline = ()) -> Finding:
    return next(finding for finding in check(text, so_far).findings if finding.fault == fault)


def said(
    *texts: str,
    name: str | None = "Maya Osei",
    channel: Channel = Channel.CHAT,
    upset: bool = False,
    facts: dict[str, FactKind] | None = None,
) -> Timeline:
    """Customer and agent in turn, the customer last."""
    turns: Timeline = ()
    for n, text in enumerate(texts):
        speaker = Speaker.CUSTOMER if (len(texts) - n) % 2 else Speaker.AGENT
        turn = Turn("osei", n, speaker, text, channel, customer=name)
        turns = (*turns, Heard(turn, _reading(turn, upset, facts or {}), Advice(steps={})))
    return turns


def _reading(turn: Turn, upset: bool, facts: dict[str, FactKind]) -> Reading:
    if turn.speaker is not Speaker.CUSTOMER:
        return Reading(language="en", readable=True)
    found = tuple(
        Fact(kind, value, Span(turn.text.index(value), turn.text.index(value) + len(value)))
        for value, kind in facts.items()
        if value in turn.text
    )
    emotion = Emotion.ANGRY if upset else Emotion.NEUTRAL
    of_customer = CustomerReading(
        emotion=emotion,
        emotion_p={label: float(label is emotion) for label in Emotion},
        intensity=2 if upset else 0,
        cues=dict.fromkeys(Cue, 0.0),
        abuse=Abuse.NONE,
        abuse_p={label: float(label is Abuse.NONE) for label in Abuse},
    )
    return Reading(language="en", readable=True, of_customer=of_customer, facts=found)
