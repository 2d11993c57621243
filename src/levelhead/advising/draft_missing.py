"""What a draft lacks: an answer to the customer's question, and a next step."""

from collections.abc import Iterator

from levelhead.advising.draft_customer import CustomerSoFar
from levelhead.advising.draft_rules import Mending
from levelhead.advising.draft_text import DraftText, added_after
from levelhead.advising.draft_wording import DraftWording
from levelhead.conversation import Advice, Channel, Cue, Finding, Heard, Reading, Span, Speaker, Timeline, Turn
from levelhead.listening.questions import open_questions

_SPOKEN = frozenset({Channel.VOICE, Channel.IN_PERSON})
_MOST = 2  # Questions named at once; more would bury the rest.
_SHOWN = 80  # Characters of a question that are quoted.
_SIGN_OFF = ("regards", "best", "kind", "warm", "yours", "sincerely", "thanks", "cheers", "many thanks", "all the best")


def by_question(draft: DraftText, so_far: Timeline, wording: DraftWording) -> Iterator[Mending]:
    """Questions that the customer asked in the last turn and that would still be open if the draft were sent."""
    if not so_far or so_far[-1].turn.speaker is not Speaker.CUSTOMER:
        return
    last = so_far[-1].turn
    # In a chat, asking back is a good way to an answer; out loud nobody reads a list of open questions.
    if last.channel in _SPOKEN or (last.channel is not Channel.EMAIL and "?" in draft.text):
        return
    sent = Turn(last.conversation, last.n + 1, Speaker.AGENT, draft.text, last.channel, last.locale)
    after = (*so_far, Heard(sent, Reading(language="en", readable=True), Advice(steps={})))
    asked_last = [question for n, question in open_questions(after) if n == last.n]
    # People who write letters write question marks; without one it's mostly half a sentence.
    sure = [question for question in asked_last if last.channel is not Channel.EMAIL or "?" in question.text]
    for question in sure[:_MOST]:
        words = (
            question.text.strip() if len(question.text) <= _SHOWN else question.text[:_SHOWN].rsplit(" ", 1)[0] + " …"
        )
        # The question stands inside the gap: what was asked in anger is not quoted back to the customer.
        add = wording.question.instead.format(question=words.replace("[", "(").replace("]", ")"))
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
    return Mending(Finding(fault, None, words, reason, add), added_after(draft, _last_of_body(draft), add))


def _last_of_body(draft: DraftText) -> Span:
    """The last sentence before the signature."""
    body = list(draft.sentences)
    while len(body) > 1 and _is_sign_off(draft, body[-1]):
        body.pop()
    return body[-1]


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
