"""Faults that the words of a draft show by themselves, by the rules of the pack."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from levelhead.advising.draft_customer import CustomerSoFar
from levelhead.advising.draft_facts import keeps_facts
from levelhead.advising.draft_text import DraftText, Edit, added_after, fitted
from levelhead.advising.draft_wording import DraftRule, DraftWording, Scope
from levelhead.conversation import Finding, Span

_JOINT_BEFORE = re.compile(r"[,;\s]*(?:\b(?:and|so|but)\b)?[,\s]*$", re.IGNORECASE)
_JOINT_AFTER = re.compile(r"[,;]\s+(?:(?:and|so|but)\s+)?(?P<next>\w)", re.IGNORECASE)
_CALLED = re.compile(r",\s+(?:(?:Mr|Mrs|Ms|Miss|Dr)\.? )?[A-Z][\w'-]+(?=\s*[.!?]?$)")


class Mending(NamedTuple):
    """A finding and, where there is one, the edit that mends it."""

    finding: Finding
    edit: Edit | None


def by_rule(draft: DraftText, customer: CustomerSoFar, wording: DraftWording) -> Iterator[Mending]:
    """What the pack's rules find, in the pack's order; of findings of one fault on the same words only the first."""
    taken: list[tuple[str, Span]] = []
    for rule in wording.rules:
        if not any(hint in draft.low for hint in rule.hints) or not customer.meets(rule.when):
            continue
        for match, span in _matches(rule, draft):
            if any(rule.fault == fault and _overlap(span, other) for fault, other in taken):
                continue
            taken.append((rule.fault, span))
            yield _mending(rule, match, span, draft, customer, wording)


def replaced(fault: str, span: Span, draft: DraftText, reason: str, instead: str | None) -> Mending:
    """A finding on these words, mended by putting `instead` in their place."""
    finding = Finding(fault, span, draft.words(span), reason, instead)
    return Mending(finding, None if instead is None else Edit(span, instead))


def _matches(rule: DraftRule, draft: DraftText) -> Iterator[tuple[re.Match[str], Span]]:
    for match in _tries(rule, draft):
        span = Span(match.start(), match.end())
        if span.start == span.end:
            continue
        sentence = draft.sentence_at(_first_word(draft, span))
        if rule.unless is not None and rule.unless.search(draft.plain, sentence.start, sentence.end):
            continue
        rest = draft.plain[: span.start] + "\n" + draft.plain[span.end :]
        if rule.unless_draft is not None and rule.unless_draft.search(rest):
            continue
        if rule.if_draft is not None and not rule.if_draft.search(rest):
            continue
        yield match, span


def _tries(rule: DraftRule, draft: DraftText) -> Iterator[re.Match[str]]:
    if rule.scope is not Scope.SENTENCE:
        yield from rule.find.finditer(draft.plain)
        return
    for sentence in draft.sentences:
        body = draft.plain[sentence.start : sentence.end].rstrip(".!?… ")
        if match := rule.find.fullmatch(draft.plain, sentence.start, sentence.start + len(body)):
            yield match


def _mending(
    rule: DraftRule, match: re.Match[str], span: Span, draft: DraftText, customer: CustomerSoFar, wording: DraftWording
) -> Mending:
    if rule.instead is None:
        return replaced(rule.fault, span, draft, rule.reason, None)
    words = _filled(rule.instead, match, draft, customer, wording)
    sentence = draft.sentence_at(_first_word(draft, span))
    if rule.scope is Scope.AFTER:
        return _added(rule, sentence, draft, words)
    if rule.scope is Scope.SENTENCE:
        span = sentence
    instead = fitted(words, draft, _first_word(draft, span))
    if rule.scope is Scope.CLAUSE:
        span, instead = _on_its_own(span, sentence, words, draft)
    if not keeps_facts(draft, span, instead, _known(customer), frozenset(wording.jargon.plain)):
        return replaced(rule.fault, span, draft, rule.reason, None)
    return replaced(rule.fault, span, draft, rule.reason, instead)


def _filled(
    instead: str, match: re.Match[str], draft: DraftText, customer: CustomerSoFar, wording: DraftWording
) -> str:
    kept = {name: draft.text[slice(*match.span(name))] if match[name] else "" for name in match.groupdict()}
    kept = {name: "I" if words == "i" else words for name, words in kept.items()}
    filled = instead.format(**kept, trouble=customer.trouble(wording), customer=customer.name or "[name]")
    # An empty group at the front must not leave its space behind.
    return filled.lstrip()


def _on_its_own(span: Span, sentence: Span, words: str, draft: DraftText) -> tuple[Span, str]:
    """The clause as a sentence: words before it end with a full stop, words after it begin with a capital."""
    before = _JOINT_BEFORE.search(draft.plain, sentence.start, span.start)
    start = before.start() if before else span.start
    begun = bool(draft.plain[sentence.start : start].strip(" \"'-–"))
    words = f". {words[0].upper()}{words[1:]}" if begun else fitted(words, draft, span.start)
    if called := _CALLED.match(draft.plain, span.end, sentence.end):
        # "I can't do that, Mr Doyle": the name goes before the colon.
        return Span(start, called.end()), words.replace(":", f"{draft.text[span.end : called.end()]}:", 1)
    if joint := _JOINT_AFTER.match(draft.plain, span.end, sentence.end):
        return Span(start, joint.end()), f"{words}. {joint['next'].upper()}"
    return Span(start, span.end), words


def _added(rule: DraftRule, sentence: Span, draft: DraftText, words: str) -> Mending:
    edit = added_after(draft, sentence, words)
    kept = draft.words(Span(sentence.start, edit.span.start))
    return Mending(Finding(rule.fault, sentence, draft.words(sentence), rule.reason, kept + edit.words), edit)


def _first_word(draft: DraftText, span: Span) -> int:
    words = draft.plain[span.start : span.end]
    return span.start + len(words) - len(words.lstrip())


def _known(customer: CustomerSoFar) -> frozenset[str]:
    return frozenset(customer.name.lower().split()) if customer.name else frozenset()


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
