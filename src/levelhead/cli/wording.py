"""A reading in plain words, for people at a terminal."""

from levelhead.conversation import Emotion, Fact, Heard, Outlook, Promise, Signal, StepState

MAX_WORDS = 8
"""Words of evidence that are repeated beside a label; all of it is underlined in the text."""

INTENSITY = ("", "mild", "clear", "strong")
MARKS = {StepState.IDLE: "·", StepState.DUE: "○", StepState.DONE: "●", StepState.MISSED: "×"}


def shown_by(heard: Heard) -> list[str]:
    """What the turn shows, each with the words it comes from."""
    reading = heard.reading
    if not reading.readable:
        return [f"not read: no words in a language that is known ({reading.language or 'none'})"]
    signals = [_signal(signal, heard) for signal in reading.signals]
    facts = [_fact(fact) for fact in reading.facts]
    return [*signals, *facts, *(_promise(promise) for promise in reading.promises)]


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
    """The six steps in one line; the marks are ● done, ○ due, × missed."""
    return "  ".join(f"{MARKS[state]} {step.value}" for step, state in heard.advice.steps.items())


def plain(label: str) -> str:
    """A label of the guide as people write it."""
    return label.replace("_", " ")


def _signal(signal: Signal, heard: Heard) -> str:
    of_customer = heard.reading.of_customer
    name = plain(signal.kind)
    if of_customer and signal.kind == of_customer.emotion and of_customer.emotion is not Emotion.NEUTRAL:
        name = f"{name}, {INTENSITY[of_customer.intensity]}".rstrip(", ")
    words = " … ".join(heard.turn.text[span.start : span.end] for span in signal.spans)
    return f"{name} “{_shortened(words)}”" if words.strip() else name


def _fact(fact: Fact) -> str:
    return f"{plain(fact.kind)} {_shortened(fact.value)}"


def _promise(promise: Promise) -> str:
    due = f"{promise.due:%a} {promise.due.day} {promise.due:%b %H:%M}" if promise.due else "no time"
    return f"promise by the {promise.who}: {_shortened(promise.action)} ({due})"


def _shortened(words: str) -> str:
    parts = words.split()
    return " ".join(parts[:MAX_WORDS]) + (" …" if len(parts) > MAX_WORDS else "")
