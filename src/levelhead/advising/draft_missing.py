"""What a draft lacks: an answer to the customer's question, and a next step."""

from collections.abc import Iterator

from levelhead.advising.draft_customer import CustomerSoFar
from levelhead.advising.draft_pack import DraftWording
from levelhead.advising.draft_rules import Mending
from levelhead.advising.draft_text import DraftText, Edit
from levelhead.conversation import Advice, Channel, Cue, Finding, Heard, Reading, Span, Speaker, Timeline, Turn
from levelhead.listening.questions import open_questions

_MOST = 2  # Questions named at once; more would bury the rest.
_SHOWN = 80  # Characters of a question that are quoted.
_SIGN_OFF = ("regards", "best", "kind", "warm", "yours", "sincerely", "thanks", "cheers", "many thanks", "all the best")


def by_question(draft: DraftText, so_far: Timeline, wording: DraftWording) -> Iterator[Mending]:
    """Questions that the customer asked in the last turn and that would still be open if the draft were sent."""
    if not so_far or so_far[-1].turn.speaker is not Speaker.CUSTOMER:
        return
    last = so_far[-1].turn
    sent = Turn(last.conversation, last.n + 1, Speaker.AGENT, draft.text, last.channel, last.locale)
    after = (*so_far, Heard(sent, Reading(language="en", readable=True), Advice(steps={})))
    asked_last = [question for n, question in open_questions(after) if n == last.n]
    for question in asked_last[:_MOST]:
        words = question.text.strip() if len(question.text) <= _SHOWN else question.text[:_SHOWN].rsplit(" ", 1)[0] + " …"
        add = wording.question.instead.format(question=words)
        yield _lacking("unanswered_question", words, wording.question.reason, add, draft)


def by_next_step(
    draft: DraftText, so_far: Timeline, customer: CustomerSoFar, wording: DraftWording
) -> Iterator[Mending]:
    """An e-mail or chat reply to an open problem that says nothing of who does what by when."""
    needed = {Channel.CHAT: wording.next_step.chat_words, Channel.EMAIL: wording.next_step.email_words}
    least = needed.get(customer.channel) if customer.channel else None
    if least is None or _is_settled(so_far, customer) or len(draft.plain.split()) < least:
        return
    # A reply with a number in it tells something; in a calm chat the next turn may well bring the next step.
    if any(letter.isdigit() for letter in draft.plain) or (customer.channel is Channel.CHAT and not customer.upset):
        return
    if wording.next_step.find.search(draft.plain) is None:
        missing = wording.next_step.missing
        yield _lacking("no_next_step", "", missing.reason, missing.instead, draft)


def _lacking(fault: str, words: str, reason: str, add: str, draft: DraftText) -> Mending:
    at = _before_sign_off(draft)
    stop = "." if draft.text[:at].rstrip()[-1:].isalnum() else ""
    return Mending(Finding(fault, None, words, reason, add), Edit(Span(at, at), f"{stop} {add}"))


def _before_sign_off(draft: DraftText) -> int:
    """Where a sentence can be added: after the last sentence that is not the signature."""
    body = list(draft.sentences)
    while len(body) > 1 and _is_sign_off(draft, body[-1]):
        body.pop()
    return body[-1].end if body else 0


def _is_sign_off(draft: DraftText, sentence: Span) -> bool:
    words = draft.low[sentence.start : sentence.end]
    ends_open = words[-1] not in ".!?…"
    own_line = sentence.start > 0 and "\n" in draft.plain[max(0, sentence.start - 2) : sentence.start]
    return own_line and (words.startswith(_SIGN_OFF) or (ends_open and len(words.split()) <= len(_SIGN_OFF) // 2))


def _is_settled(so_far: Timeline, customer: CustomerSoFar) -> bool:
    if customer.satisfied:
        return True
    theirs = [heard for heard in so_far if heard.turn.speaker is Speaker.CUSTOMER]
    return not theirs or theirs[-1].reading.shows(Cue.CONFIRMS_RESOLVED)
