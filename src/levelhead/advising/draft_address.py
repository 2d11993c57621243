"""Faults against what the conversation already holds: the wrong name, a thing asked twice, one apology too many."""

import re
from collections.abc import Iterator

from levelhead.advising.draft_customer import CustomerSoFar, apologies_in, folded
from levelhead.advising.draft_rules import Mending, replaced
from levelhead.advising.draft_text import DraftText, fitted
from levelhead.advising.draft_wording import DraftWording
from levelhead.conversation import Span

_SLIPS = 2  # Letters by which a misspelt name may differ.
_SHORT = 4  # Shorter names differ by one letter from other people's.


def by_name(draft: DraftText, customer: CustomerSoFar, wording: DraftWording) -> Iterator[Mending]:
    """A greeting to somebody else than the customer, or to the customer misspelt."""
    match = wording.greetings.greeting.search(draft.plain)
    if match is None or not customer.names or _is_handle(customer.names):
        return
    greeted = [part for part in match["name"].split() if part.lower() not in wording.greetings.not_names]
    if not greeted or any(_is_theirs(part, customer) for part in greeted):
        return
    span = Span(*match.span("name"))
    near = [name for name in customer.names for part in greeted if _nearly(part, name)]
    if near:
        yield replaced("wrong_name", span, draft, wording.greetings.misspelt.format(name=near[0]), near[0])
        return
    # "Dear Mrs Brown" to Maya Osei: who knows the title? The name as given is always right.
    start = match.start("title") if match["title"] else span.start
    reason = wording.greetings.wrong.format(name=customer.name)
    yield replaced("wrong_name", Span(start, span.end), draft, reason, customer.name)


def by_request(draft: DraftText, customer: CustomerSoFar, wording: DraftWording) -> Iterator[Mending]:
    """A question for something that the customer already gave."""
    for sentence in draft.sentences:
        body = draft.plain[sentence.start : sentence.end].rstrip(".!?… ")
        if whole := wording.requests.ask.fullmatch(body):
            yield from _asked(body[whole.start() :], sentence, sentence, draft, customer, wording)
            continue
        for mention in wording.requests.mention.finditer(draft.plain, sentence.start, sentence.end):
            yield from _asked(mention["thing"], Span(*mention.span("thing")), None, draft, customer, wording)


def by_apology(draft: DraftText, customer: CustomerSoFar, wording: DraftWording) -> Iterator[Mending]:
    """Apologies from the one on that is one too many in this conversation."""
    apologies, mended = apologies_in(draft.text, wording), set[Span]()
    for nth, found in enumerate(apologies, start=customer.apologies + 1):
        sentence = draft.sentence_at(found.start())
        span, instead = _without(sentence, draft, wording)
        # One sorry for something named is never one too many: it is often for a new wrong.
        is_named = span is None and len(apologies) == 1
        if nth < wording.apologies.too_many or sentence in mended or is_named:
            continue
        mended.add(sentence)
        reason = wording.apologies.reason.format(n=nth)
        yield replaced("over_apology", span or Span(*found.span()), draft, reason, instead)


def _without(sentence: Span, draft: DraftText, wording: DraftWording) -> tuple[Span | None, str | None]:
    body = draft.plain[sentence.start : sentence.end].rstrip(".!?… ")
    if wording.apologies.bare.fullmatch(body) and len(draft.sentences) > 1:
        return sentence, ""
    if opening := wording.apologies.opening.match(draft.plain, sentence.start, sentence.end):
        return Span(*opening.span()), ""
    return None, None


def _asked(
    words: str, span: Span, whole: Span | None, draft: DraftText, customer: CustomerSoFar, wording: DraftWording
) -> Iterator[Mending]:
    for thing in wording.requests.things:
        if not thing.ask.search(words):
            continue
        given = customer.gave(thing)
        if given is not None:
            instead = wording.requests.instead.format(thing=thing.name, value=given) if whole else None
            reason = wording.requests.reason.format(value=given)
            yield replaced("repeat_request", span, draft, reason, instead and fitted(instead, draft, span.start))
        return


def _is_handle(names: tuple[str, ...]) -> bool:
    # "craigy_boro", "PattyLouWho": made up for the screen; who knows how they are called.
    name = names[0]
    return len(names) == 1 and (not name.isalpha() or name[1:] != name[1:].lower() or name == name.lower())


def _is_theirs(part: str, customer: CustomerSoFar) -> bool:
    bare = folded(part)
    if any(bare == folded(name) for name in customer.names) or bare in map(
        folded, " ".join(customer.names).replace("-", " ").split()
    ):
        return True
    # Somebody who signs as "Bill" may be greeted as Bill, whatever the account says.
    return re.search(rf"\b{re.escape(bare)}\b", folded(customer.said)) is not None


def _nearly(one: str, other: str) -> bool:
    one, other = folded(one), folded(other)
    allowed = _SLIPS if len(other) > _SHORT else 1
    return one[:1] == other[:1] and _distance(one, other) <= allowed


def _distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        last, row[0] = row[0], at
        for to, its in enumerate(other, start=1):
            last, row[to] = row[to], min(row[to] + 1, row[to - 1] + 1, last + (letter != its))
    return row[-1]
