"""Peril: what is told of a person's safety, and until when it stays unmet."""

from collections.abc import Iterator

from levelhead.advising import history
from levelhead.advising.circumstance import Circumstance
from levelhead.advising.clear import clear_cue
from levelhead.advising.history import Evidence, Line
from levelhead.advising.pack import Pack
from levelhead.conversation import Cue


def peril_in(lines: tuple[Line, ...], pack: Pack) -> Iterator[tuple[str, Evidence]]:
    """Signs of self-harm, somebody missing, somebody hurt or in danger, each as long as it still asks for a word."""
    yield from _self_harm(lines, pack)
    yield from _missing(lines, pack)
    yield from _in_danger(lines, pack)


def _self_harm(lines: tuple[Line, ...], pack: Pack) -> Iterator[tuple[str, Evidence]]:
    first = next((line for line in lines if clear_cue(line, Cue.SELF_HARM, pack)), None)
    if first is None:
        return
    yield Circumstance.SELF_HARM_KNOWN, Evidence(first, Cue.SELF_HARM)
    later = [line for line in lines if line.turn.n > first.turn.n]
    met = next((line for line in later if history.meets_self_harm(line, pack)), None)
    if met is not None:
        yield Circumstance.SELF_HARM_MET, Evidence(met)
    elif any(line.reading.of_agent for line in later):
        yield Circumstance.SELF_HARM_PASSED, Evidence(first, Cue.SELF_HARM)


def _missing(lines: tuple[Line, ...], pack: Pack) -> Iterator[tuple[str, Evidence]]:
    """Somebody whom the customer cannot reach, until the agent has turned to that person's safety."""
    for line in reversed(lines):
        if history.meets_self_harm(line, pack):
            return
        found = pack.listening.someone_missing.search(line.turn.text) if line.reading.of_customer else None
        if found is not None:
            yield Circumstance.SOMEONE_MISSING, Evidence(line, "", found.span())
            return


def _in_danger(lines: tuple[Line, ...], pack: Pack) -> Iterator[tuple[str, Evidence]]:
    """Somebody hurt or in danger now, until the agent has asked after them or named a way to help."""
    for line in reversed(lines):
        if history.asks_after(line, pack):
            return
        found = pack.listening.in_danger.search(line.turn.text) if line.reading.of_customer else None
        if found is not None:
            yield Circumstance.IN_DANGER, Evidence(line, "", found.span())
            return
