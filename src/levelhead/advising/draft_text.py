"""A draft as the check sees it: its sentences, plain quotes for matching, and edits that leave good English behind."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from levelhead.conversation import Span

_END = re.compile(r"[.!?…]+[\"')\]]*(?=\s|$)|\n+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|approx|etc|vs)|\b[a-z]\.[a-z]|(?<!\w)[A-Z])\.$", re.IGNORECASE
)
# Same length on both sides: offsets in the plain text are offsets in the draft.
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})


class Edit(NamedTuple):
    """Words of the draft to be replaced; an empty span is a place to add something."""

    span: Span
    words: str


@dataclass(frozen=True, slots=True)
class DraftText:
    """A draft, its words with plain quotes (`plain`), those in lower case (`low`), and its sentences."""

    text: str
    plain: str
    low: str
    sentences: tuple[Span, ...]

    @classmethod
    def of(cls, text: str) -> "DraftText":
        """The draft cut into sentences; a line break ends a sentence."""
        plain = text.translate(_PLAIN)
        return cls(text, plain, plain.lower(), tuple(_sentences(plain)))

    def sentence_at(self, at: int) -> Span:
        """The sentence that this place is in."""
        for sentence in self.sentences:
            if sentence.start <= at < sentence.end:
                return sentence
        return Span(at, at)

    def opens_sentence(self, at: int) -> bool:
        """Whether a sentence begins here (quotes and dashes before it do not count)."""
        start = self.sentence_at(at).start
        return not self.plain[start:at].strip(" \"'-–•*(")

    def words(self, span: Span) -> str:
        """The draft's own words in this span."""
        return self.text[span.start : span.end]


def fitted(words: str, draft: DraftText, at: int) -> str:
    """The words with the draft's own quotes, and a capital where they open a sentence."""
    if "’" in draft.text:
        words = words.replace("'", "’")
    if words[:1].islower() and draft.opens_sentence(at):
        return words[0].upper() + words[1:]
    return words


def added_after(draft: DraftText, sentence: Span, words: str) -> Edit:
    """Words added after a sentence, which gets a full stop where it has none."""
    kept = draft.words(sentence).rstrip(" ,;:-–")
    stop = "." if kept[-1:].isalnum() else ""
    # A lone dash leaves nothing behind, and the space before it is there already.
    space = " " if kept else ""
    return Edit(Span(sentence.start + len(kept), sentence.end), f"{stop}{space}{fitted(words, draft, sentence.start)}")


def edited(draft: DraftText, edits: Iterable[Edit]) -> str:
    """The draft with the edits made; of edits that overlap the first wins. Spaces and capitals are put right."""
    text = draft.text
    for edit in reversed(_apart(edits)):
        text = _edited(text, draft, edit)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _apart(edits: Iterable[Edit]) -> list[Edit]:
    kept: list[Edit] = []
    for edit in edits:
        if not any(_clash(edit.span, other.span) for other in kept):
            kept.append(edit)
    return sorted(kept, key=lambda edit: edit.span)


def _clash(one: Span, other: Span) -> bool:
    if one == other:
        return True
    return one.start < other.end and other.start < one.end


def _edited(text: str, draft: DraftText, edit: Edit) -> str:
    left, right = text[: edit.span.start], text[edit.span.end :]
    if edit.words:
        return left + edit.words + right
    if draft.opens_sentence(edit.span.start):
        right = re.sub(r"^[ ,;:–-]+", "", right) if left else right.lstrip(" ,;:–-")
        right = right[:1].upper() + right[1:]
        if right.startswith("\n") or not right:
            left = left.rstrip(" ")
        return left + right
    return left.rstrip(" ") + ("" if right[:1] in ".,;:!?\n" else " ") + right.lstrip(" ")


def _sentences(plain: str) -> Iterable[Span]:
    start = 0
    for end in _END.finditer(plain):
        if not end.group().isspace() and _ABBREVIATION.search(plain, max(0, end.start() - 8), end.end()):
            # "a.m." and "Mr." go on, unless the next word has a capital after a unit of time.
            continue
        stop = end.start() if end.group().isspace() else end.end()
        if plain[start:stop].strip():
            yield _trimmed(plain, start, stop)
        start = end.end()
    if plain[start:].strip():
        yield _trimmed(plain, start, len(plain))


def _trimmed(plain: str, start: int, stop: int) -> Span:
    while plain[start].isspace():
        start += 1
    while plain[stop - 1].isspace():
        stop -= 1
    return Span(start, stop)
