"""A reading in plain words, for people at a terminal."""

from typing import NamedTuple

from levelhead.conversation import Heard, Outlook, Promise, Signal, StepState

MAX_WORDS = 8
"""Words of evidence that are repeated beside a label; all of it is underlined in the text."""

INTENSITY = ("none", "mild", "clear", "strong")
MARKS = {StepState.IDLE: "·", StepState.DUE: "○", StepState.DONE: "●", StepState.MISSED: "×"}


class Shown(NamedTuple):
    """One thing that a turn shows, and the words that it comes from."""

    what: str
    words: str


def shown_by(heard: Heard) -> list[Shown]:
    """What the turn shows, in the order in which a person asks: signals, promises, facts."""
    reading = heard.reading
    signals = [_signal(signal, heard) for signal in reading.signals]
    promises = [_promise(promise) for promise in reading.promises]
    facts = ", ".join(f"{plain(fact.kind)} {_shortened(fact.value)}" for fact in reading.facts)
    unread = [] if reading.readable else [Shown("not read", f"language: {reading.language or 'unknown'}")]
    return [*unread, *signals, *promises, *([Shown("facts", facts)] if facts else [])]


def outlook_of(outlook: Outlook | None) -> str:
    """The forecasts that are shown, '' when none is."""
    if outlook is None:
        return ""
    forecasts = []
    if outlook.asks_supervisor is not None:
        forecasts.append(f"asks for a supervisor {outlook.asks_supervisor:.0%}")
    if outlook.ends_dissatisfied is not None:
        forecasts.append(f"ends dissatisfied {outlook.ends_dissatisfied:.0%}")
    if outlook.csat is not None:
        forecasts.append(f"satisfaction {outlook.csat:.1f} of 5")
    because = f" ({'; '.join(outlook.reasons)})" if outlook.reasons and forecasts else ""
    return ", ".join(forecasts) + because


def steps_of(heard: Heard) -> str:
    """The six steps in one line: ● done, ○ due, × missed, · not called for."""
    return " ".join(f"{MARKS[state]} {step.value}" for step, state in heard.advice.steps.items())


def plain(label: str) -> str:
    """A label of the guide as people write it."""
    return label.replace("_", " ")


def _signal(signal: Signal, heard: Heard) -> Shown:
    of_customer = heard.reading.of_customer
    name = plain(signal.kind)
    if of_customer and signal.kind == of_customer.emotion:
        name = f"{name}, {INTENSITY[of_customer.intensity]}"
    words = " … ".join(heard.turn.text[span.start : span.end] for span in signal.spans)
    return Shown(name, f"“{_shortened(words)}”" if words.strip() else "")


def _promise(promise: Promise) -> Shown:
    due = f", {promise.due:%a} {promise.due.day} {promise.due:%b %H:%M}" if promise.due else ", no time given"
    return Shown("promised", f"{_shortened(promise.action)}{due}")


def _shortened(words: str) -> str:
    parts = words.split()
    return " ".join(parts[:MAX_WORDS]) + (" …" if len(parts) > MAX_WORDS else "")
