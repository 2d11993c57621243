"""Checks a reply before it is sent: what could be said better, why, and a rewrite that keeps every fact."""

from collections.abc import Iterable, Iterator

from levelhead.advising.draft_address import by_apology, by_name, by_request
from levelhead.advising.draft_customer import CustomerSoFar, customer_so_far
from levelhead.advising.draft_facts import GAP
from levelhead.advising.draft_missing import by_next_step, by_question
from levelhead.advising.draft_rules import Mending, by_rule
from levelhead.advising.draft_text import DraftText, edited
from levelhead.advising.draft_wording import DraftWording
from levelhead.advising.draft_words import by_jargon, by_shouting
from levelhead.advising.pack import Pack
from levelhead.conversation import DraftCheck, Fault, Finding, Reading, Span, Timeline

_ROUNDS = 3  # A mended sentence may show a second fault underneath; deeper nesting has not been seen.

_FAULTS = frozenset(fault.value for fault in Fault)
_FEWEST = 3  # Words that a rewrite needs to be a reply.


def check_draft(text: str, so_far: Timeline, pack: Pack, reading: Reading | None = None) -> DraftCheck:
    """Finds faults in an unsent reply; the rewrite keeps every fact and invents none, gaps stand in [brackets].

    `reading` is the draft read as an agent turn; it adds faults that the reader is sure of, never a rewrite.
    A finding with `span` None is something missing, and its `instead` a sentence to add; `instead` "" leaves words out.
    """
    return check_wording(text, so_far, pack.draft, reading)


def check_wording(text: str, so_far: Timeline, wording: DraftWording, reading: Reading | None = None) -> DraftCheck:
    """`check_draft` with the wording itself."""
    if not text.strip():
        return DraftCheck((), None)
    draft, customer = DraftText.of(text), customer_so_far(so_far, wording)
    mendings = list(_in_words(draft, customer, wording))
    mendings += _missing(draft, so_far, customer, wording, mendings)
    findings = [mending.finding for mending in mendings]
    findings += _by_reading(draft, reading, findings, wording)
    return DraftCheck(tuple(sorted(findings, key=_reading_order)), _rewrite(draft, mendings, customer, wording))


def _in_words(draft: DraftText, customer: CustomerSoFar, wording: DraftWording) -> Iterator[Mending]:
    yield from by_request(draft, customer, wording)
    yield from by_name(draft, customer, wording)
    yield from by_apology(draft, customer, wording)
    yield from by_rule(draft, customer, wording)
    yield from by_jargon(draft, customer, wording)
    yield from by_shouting(draft, customer, wording)


def _missing(
    draft: DraftText, so_far: Timeline, customer: CustomerSoFar, wording: DraftWording, mendings: list[Mending]
) -> Iterator[Mending]:
    yield from by_question(draft, so_far, wording)
    # A gap that another rule leaves ("[what you can offer]") will hold the next step.
    if not any(mending.edit is not None and GAP.search(mending.edit.words) for mending in mendings):
        yield from by_next_step(draft, so_far, customer, wording)


def _by_reading(
    draft: DraftText, reading: Reading | None, findings: Iterable[Finding], wording: DraftWording
) -> Iterator[Finding]:
    if reading is None:
        return
    found = {finding.fault for finding in findings}
    for signal in reading.signals:
        known = signal.kind in _FAULTS and signal.kind in wording.reasons and signal.kind not in found
        if known and signal.rule is None and reading.shows(signal.kind) and signal.spans:
            span = Span(min(span.start for span in signal.spans), max(span.end for span in signal.spans))
            if span.end <= len(draft.text):
                yield Finding(signal.kind, span, draft.words(span), wording.reasons[signal.kind], None)


def _reading_order(finding: Finding) -> tuple[bool, int]:
    return finding.span is None, finding.span.start if finding.span else 0


def _rewrite(draft: DraftText, mendings: list[Mending], customer: CustomerSoFar, wording: DraftWording) -> str | None:
    text = first = draft.text
    for _ in range(_ROUNDS):
        edits = [mending.edit for mending in mendings if mending.edit is not None]
        if not edits:
            break
        text = edited(draft, edits)
        draft = DraftText.of(text)
        mendings = list(by_rule(draft, customer, wording))
    # "Great!" is no reply: where nearly everything was empty words, the agent has to find new ones.
    is_reply = len(text.split()) >= min(_FEWEST, len(first.split()))
    return text if is_reply and text != first else None
