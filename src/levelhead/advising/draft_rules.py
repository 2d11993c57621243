"""Faults that the words of a draft show by themselves: the pack's rules, its inside words, and capitals."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from levelhead.advising.draft_customer import CustomerSoFar
from levelhead.advising.draft_facts import keeps_facts
from levelhead.advising.draft_pack import DraftRule, DraftWording, Scope
from levelhead.advising.draft_text import DraftText, Edit, added_after, fitted
from levelhead.conversation import Finding, Span

_CAPITALS = re.compile(r"(?<![\w^*>~-])[A-Z]{2,6}s?(?![\w-])(?!/)")
_SHOUT = re.compile(r"\b[A-Z][A-Z']+(?:[ ,]+(?:[A-Z][A-Z']+|I|A))+\b")
_NEXT_TO_CAPITALS = re.compile(r"\b[A-Z]{2,6} $")
_CAPITALS_NEXT = re.compile(r" [A-Z]{2,6}\b")
_SHOUTED_WORDS = 2
_LONG = 3


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


def by_jargon(draft: DraftText, customer: CustomerSoFar, wording: DraftWording) -> Iterator[Mending]:
    """Inside words with a plain one, and capitals that neither everybody nor this customer knows."""
    jargon, seen = wording.jargon, set[str]()
    for match in jargon.find_plain.finditer(draft.plain):
        word = match["word"]
        if word.lower() in seen or _said(word, customer):
            continue
        seen.add(word.lower())
        plain = jargon.plain[word.lower()]
        reason = jargon.reason.format(word=word, plain=f"“{plain}”")
        yield replaced("jargon", Span(*match.span()), draft, reason, _in_plain_words(match, plain, draft))
    if not _written_in_capitals(draft):
        yield from _unknown_capitals(draft, customer, wording, seen)


def by_shouting(draft: DraftText, customer: CustomerSoFar, wording: DraftWording) -> Iterator[Mending]:
    """Words in capitals where they are not a name for something."""
    known = wording.jargon.known | wording.shouting_keep
    for match in _SHOUT.finditer(draft.plain):
        words = [word for word in re.findall(r"[A-Z']+", match.group()) if len(word) >= _LONG]
        if len(words) < _SHOUTED_WORDS or all(word in known for word in words):
            continue
        span = Span(match.start(), match.end())
        quiet = re.sub(r"[A-Z']+", lambda word: _quiet(word.group(), customer, known), match.group())
        yield replaced("shouting", span, draft, wording.shouting, fitted(quiet, draft, span.start))


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
    groups = {
        name: draft.text[slice(*match.span(name))] if match.span(name)[0] >= 0 else "" for name in match.groupdict()
    }
    # An empty group at the front must not leave its space behind.
    words = rule.instead.format(
        **groups, trouble=customer.trouble(wording), customer=customer.name or "[name]"
    ).lstrip()
    sentence = draft.sentence_at(_first_word(draft, span))
    if rule.scope is Scope.AFTER:
        return _added(rule, sentence, draft, words)
    if rule.scope is Scope.SENTENCE:
        span = sentence
    instead = fitted(words, draft, _first_word(draft, span))
    if not keeps_facts(draft, span, instead, _known(customer), frozenset(wording.jargon.plain)):
        return replaced(rule.fault, span, draft, rule.reason, None)
    return replaced(rule.fault, span, draft, rule.reason, instead)


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


def _said(word: str, customer: CustomerSoFar) -> bool:
    return re.search(rf"\b{re.escape(word)}\b", customer.said, re.IGNORECASE) is not None


def _in_plain_words(match: re.Match[str], plain: str, draft: DraftText) -> str | None:
    # "the RMA SOP" can't be said word by word.
    if _NEXT_TO_CAPITALS.search(draft.plain[: match.start()]) or _CAPITALS_NEXT.match(draft.plain, match.end()):
        return None
    if match["article"]:
        plain = ("an " if plain[0] in "aeiou" else "a ") + plain
    return fitted(plain, draft, match.start())


def _unknown_capitals(
    draft: DraftText, customer: CustomerSoFar, wording: DraftWording, seen: set[str]
) -> Iterator[Mending]:
    for match in _CAPITALS.finditer(draft.plain):
        word = match.group()
        bare = word.removesuffix("s")
        if bare in wording.jargon.known or word.lower() in seen or bare in wording.shouting_keep:
            continue
        if _said(word, customer) or _said(bare, customer) or _is_explained(match, draft):
            continue
        seen.add(word.lower())
        reason = wording.jargon.unknown.format(word=word)
        yield replaced("jargon", Span(match.start(), match.end()), draft, reason, None)


def _is_explained(match: re.Match[str], draft: DraftText) -> bool:
    # "plan of action (POA)", a part of a reference ("HB-30917", "CO 22"), initials under a letter, a code to type.
    around = draft.plain[max(0, match.start() - 2) : match.start()], draft.plain[match.end() : match.end() + 2]
    return (
        "(" in around[0]
        or around[0].endswith(("-", "#", "/", '"', "'", "&", "@"))
        or bool(re.match(r"[\s-]?\d|[&/]", around[1]))
    )


def _written_in_capitals(draft: DraftText) -> bool:
    letters = [letter for letter in draft.text if letter.isalpha()]
    return bool(letters) and sum(letter.isupper() for letter in letters) > len(letters) / 2


def _quiet(word: str, customer: CustomerSoFar, known: frozenset[str]) -> str:
    if word in known or word == "I":
        return word
    low = word.lower()
    if low in {"i'm", "i'll", "i've", "i'd"} or low in (name.lower() for name in customer.names) or low in _DAYS:
        return low.capitalize()
    return low


_DAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
