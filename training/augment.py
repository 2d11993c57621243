"""The same words as other people would type or a recogniser would write them."""

import random
import re

SENTENCE = re.compile(r"(^|[.!?]\s+)([a-z])")


def said_otherwise(text: str, draw: random.Random) -> str:
    """One random variant of `text`, often the text itself; labels stay true for every variant."""
    roll = draw.random()
    if roll < 0.22:
        text = _spoken(text)
    elif roll < 0.30:
        text = _tidied(text)
    elif roll < 0.33:
        text = text.upper()
    elif roll < 0.40:
        text = text.replace("'", "").replace("’", "")
    if draw.random() < 0.10:
        text = _mistyped(text, draw)
    return text


def _spoken(text: str) -> str:
    """As a recogniser writes it: no case, no marks but the apostrophe."""
    return " ".join(re.sub(r"[^\w\s'£$€%*\[\]]", " ", text.lower()).split())


def _tidied(text: str) -> str:
    """With the capitals and the full stop that a careful writer adds."""
    text = SENTENCE.sub(lambda m: m[1] + m[2].upper(), text.strip())
    text = re.sub(r"\bi\b", "I", text)
    return text if not text or text[-1] in ".!?…" else text + "."


def _mistyped(text: str, draw: random.Random) -> str:
    letters = list(text)
    for _ in range(max(1, len(letters) // 60)):
        i = draw.randrange(max(1, len(letters) - 1))
        if len(letters) > 3 and letters[i].isalpha():
            roll = draw.random()
            if roll < 0.4:
                letters[i] = ""
            elif roll < 0.7 and i + 1 < len(letters):
                letters[i], letters[i + 1] = letters[i + 1], letters[i]
            else:
                letters[i] *= 2
    return "".join(letters)
