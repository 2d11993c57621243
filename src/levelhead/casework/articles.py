"""The team's own articles and policies: Markdown, found by the words of the issue at hand, quoted with their source."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from levelhead.casework.quoting import cut, sentences

MOST: Final = 2
"""Articles that are shown at a time."""
_K1, _B = 1.2, 0.75
"""The usual parameters of BM25 (Robertson and Zaragoza 2009, table 3.1)."""
_FEWEST_WORDS: Final = 2
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_HEADING: Final = re.compile(r"^#{1,6}\s+(.*?)\s*#*$", re.MULTILINE)
_MARKS: Final = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*_`>#|]+")
_COMMON: Final = (
    "about all and any are back been but can could did for from had has have here him his how its just more not "
    "now our out she that the their them then there they this was were what when where which who will with would "
    "you your"
)
_SAID_BY_ALL: Final = frozenset(_COMMON.split())


@dataclass(frozen=True, slots=True)
class Article:
    """An article as it was written; `source` says where it comes from: a path in the folder, or an address."""

    title: str
    source: str
    body: str


@dataclass(frozen=True, slots=True)
class Found:
    """A passage of an article, in its own words, and the words that led to it."""

    title: str
    source: str
    quote: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Section:
    article: Article
    heading: str
    text: str
    words: Counter[str]


def article_of(body: str, source: str, title: str = "") -> Article:
    """The article of a Markdown text; its first heading is its title where none is given, else the source."""
    heading = _HEADING.search(body)
    return Article(title or (_plain(heading.group(1)) if heading else "") or source, source, body)


def found_in(articles: Iterable[Article], said: str) -> tuple[Found, ...]:
    """The passages that fit these words best, one an article, the best first; none where only a word or so fits."""
    sections = [section for article in articles for section in _sections(article)]
    wanted = Counter(_words(said))
    if not sections or not wanted:
        return ()
    scores = _scores(sections, wanted)
    best: dict[str, tuple[float, _Section]] = {}
    for score, section in zip(scores, sections, strict=True):
        shared = [word for word in wanted if word in section.words]
        if len(shared) >= _FEWEST_WORDS and score > best.get(section.article.source, (0.0, section))[0]:
            best[section.article.source] = (score, section)
    chosen = sorted(best.values(), key=lambda one: (-one[0], one[1].article.source))[:MOST]
    return tuple(_found(section, wanted) for _, section in chosen)


def _found(section: _Section, wanted: Counter[str]) -> Found:
    said = max(sentences(section.text), key=lambda one: (len(set(_words(one)) & set(wanted)), -len(one)))
    shared = sorted((word for word in wanted if word in section.words), key=lambda word: (-len(word), word))
    return Found(section.article.title, section.article.source, cut(" ".join(said.split())), tuple(shared[:5]))


def _sections(article: Article) -> list[_Section]:
    """By headings: a passage is quoted with the words around it, and not with those of another matter."""
    places = [0, *(match.start() for match in _HEADING.finditer(article.body)), len(article.body)]
    found = []
    for start, end in pairwise(places):
        part = article.body[start:end]
        heading = _HEADING.match(part)
        text = _plain(part[heading.end() :] if heading else part)
        if text:
            title = heading.group(1) if heading else ""
            found.append(_Section(article, title, text, Counter(_words(f"{article.title} {title} {text}"))))
    return found


def _scores(sections: Sequence[_Section], wanted: Counter[str]) -> list[float]:
    """BM25 of each section; a word that the customer said twice counts no more than once."""
    average = sum(section.words.total() for section in sections) / len(sections)
    rarity = {}
    for word in wanted:
        having = sum(word in section.words for section in sections)
        rarity[word] = math.log(1 + (len(sections) - having + 0.5) / (having + 0.5))
    return [
        sum(
            rarity[word] * count * (_K1 + 1) / (count + _K1 * (1 - _B + _B * section.words.total() / average))
            for word in wanted
            if (count := section.words[word])
        )
        for section in sections
    ]


def _plain(text: str) -> str:
    """The words of a Markdown text without its marks."""
    return _MARKS.sub(lambda match: match.group(1) or "", text).strip()


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.casefold()) if word not in _SAID_BY_ALL]
