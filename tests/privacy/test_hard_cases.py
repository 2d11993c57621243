"""Hard cases and look-alikes, written before the rules were read."""

import re
from pathlib import Path

import pytest

from levelhead.conversation import Channel, Speaker, Turn
from levelhead.privacy.masks import SecretKind
from levelhead.privacy.redact import redact_turn

HERE = Path(__file__).parent
MARKED = re.compile(r"‹(.*?)›", re.DOTALL)
PLACEHOLDERS = re.compile("|".join(re.escape(kind.placeholder) for kind in SecretKind))
ESCAPES = re.compile(r"\\u([0-9a-f]{4})|\\n")


def conversations(name: str) -> list[str]:
    """The lines of a file of conversations, without its headings."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("# ")]


def turns_of(line: str) -> list[str]:
    """The turns of a line, as they were said."""
    return ESCAPES.sub(lambda match: chr(int(match[1], 16)) if match[1] else "\n", line).split(" | ")


def kept_of(turns: list[str]) -> list[str]:
    """What is kept of each turn."""
    kept: list[Turn] = []
    for n, text in enumerate(turns):
        speaker = Speaker.AGENT if text.startswith("A: ") else Speaker.CUSTOMER
        kept.append(redact_turn(Turn("the-late-refund", n, speaker, text.removeprefix("A: "), Channel.VOICE), kept))
    return [turn.text for turn in kept]


def words_of(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


@pytest.mark.parametrize("line", conversations("hard_cases.txt"))
def test_no_word_of_a_secret_is_left_in_the_turn_where_it_was_said(line: str) -> None:
    turns = turns_of(line)
    for marked, kept in zip(turns, kept_of([re.sub("[‹›]", "", turn) for turn in turns]), strict=True):
        secret = words_of(" ".join(MARKED.findall(marked))) - words_of(MARKED.sub(" ", marked))
        assert not secret & words_of(PLACEHOLDERS.sub(" ", kept)), kept


@pytest.mark.parametrize("line", conversations("look_alikes.txt"))
def test_what_only_looks_like_a_secret_is_kept_word_for_word(line: str) -> None:
    turns = turns_of(line)
    assert kept_of(turns) == [turn.removeprefix("A: ") for turn in turns]
