"""Turns of tests that show what a test says they show, without a reader."""

from levelhead.conversation import (
    Abuse,
    Advice,
    Channel,
    CustomerReading,
    Emotion,
    Fact,
    FactKind,
    Heard,
    Outlook,
    Reading,
    Signal,
    Span,
    Speaker,
    Turn,
)


def said(
    n: int,
    speaker: Speaker,
    text: str,
    *shows: str,
    facts: tuple[tuple[FactKind, str], ...] = (),
    felt: tuple[Emotion, int] = (Emotion.NEUTRAL, 0),
    forecast: float | None = None,
) -> Heard:
    """One turn with these labels, each resting on the whole text."""
    whole = Span(0, len(text))
    reading = Reading(
        language="en",
        readable=True,
        of_customer=CustomerReading(felt[0], {}, felt[1], {}, Abuse.NONE, {}) if speaker is Speaker.CUSTOMER else None,
        fired=shows,
        signals=tuple(Signal(label, 1.0, (whole,)) for label in shows),
        facts=tuple(Fact(kind, value, whole) for kind, value in facts),
        outlook=None if forecast is None else Outlook(forecast, None, None, ("has asked twice",)),
    )
    return Heard(Turn("the-kettle", n, speaker, text, Channel.CHAT), reading, Advice(steps={}))


def customer(n: int, text: str, *shows: str, **known: object) -> Heard:
    """A customer's turn."""
    return said(n, Speaker.CUSTOMER, text, *shows, **known)  # type: ignore[arg-type]


def agent(n: int, text: str, *shows: str, **known: object) -> Heard:
    """An agent's turn."""
    return said(n, Speaker.AGENT, text, *shows, **known)  # type: ignore[arg-type]
