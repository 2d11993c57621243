"""Reply: what the agent's latest turn got wrong or went past, told from what it says and what was asked."""

from collections.abc import Iterator

from levelhead.advising import history
from levelhead.advising.circumstance import Circumstance
from levelhead.advising.history import Evidence, Line
from levelhead.advising.pack import Pack
from levelhead.advising.steps import WRITTEN
from levelhead.conversation import Advice, Fault, Heard, Speaker, Timeline
from levelhead.listening.questions import open_questions


def slips_in(lines: tuple[Line, ...], pack: Pack) -> Iterator[tuple[str, Evidence]]:
    """Clear faults of the agent's turn just heard; after the customer's answer, of the one it answers."""
    line = history.latest_agent(lines)
    # A letter or a post is gone: its fault is mended in the next one, see `left_amiss`.
    if line is None or (line is lines[-1] and line.turn.channel in WRITTEN) or not _answers_a_customer(line, lines):
        return
    for fault, _ in _clear_faults(line, pack):
        yield fault, Evidence(line, fault)
    if history.harmful(line, pack) and line.reading.of_agent is not None:
        shown = {fault: p for fault, p in line.reading.of_agent.faults.items() if line.reading.shows(fault)}
        yield Circumstance.HARMFUL, Evidence(line, max(shown, key=lambda fault: shown[fault], default=""))


def left_amiss(lines: tuple[Line, ...], so_far: Timeline, pack: Pack) -> Iterator[tuple[str, Evidence]]:
    """A letter just sent that misses the point, and a question that the turn just heard went past."""
    now = lines[-1]
    if now.reading.of_agent is None or not _answers_a_customer(now, lines):
        return
    # A promise too large is mended by a smaller one, not by "I missed your point".
    clear = tuple(pair for pair in _clear_faults(now, pack) if pair[0] is not Fault.FALSE_PROMISE)
    if now.turn.channel in WRITTEN and (clear or history.harmful(now, pack)):
        yield Circumstance.LETTER_AMISS, Evidence(now, max(clear, key=lambda pair: pair[1])[0] if clear else "")
    asked = _question_passed(now, so_far)
    if asked is not None:
        yield Circumstance.QUESTION_PASSED, asked


def _clear_faults(line: Line, pack: Pack) -> tuple[tuple[Fault, float], ...]:
    if line.reading.of_agent is None:
        return ()
    return tuple(
        (fault, p)
        for fault, p in line.reading.of_agent.faults.items()
        if line.reading.shows(fault) and p >= pack.thresholds.clear_fault
    )


def _answers_a_customer(line: Line, lines: tuple[Line, ...]) -> bool:
    # A bot's slip is nothing the agent has to take back, and a greeting by the book is just a greeting.
    if line.turn.speaker is Speaker.BOT:
        return False
    return any(earlier.reading.of_customer for earlier in lines if earlier.turn.n < line.turn.n)


def _question_passed(now: Line, so_far: Timeline) -> Evidence | None:
    """The customer's question that this turn went past with words that answer nothing."""
    asked = so_far[-1] if so_far else None
    if asked is None or not asked.reading.questions or now.does(history.ANSWERS):
        return None
    if not (now.does(history.GOES_PAST) or any(now.reading.shows(fault) for fault in Fault)):
        return None
    still_open = open_questions((*so_far, Heard(now.turn, now.reading, Advice(steps={}))))
    question = next((question for n, question in still_open if n == asked.turn.n), None)
    return (
        None
        if question is None
        else Evidence(Line(asked.turn, asked.reading), "", (question.span.start, question.span.end))
    )
