"""Mails of exactly 300 words, made of the validation mails: a long one is rare, and its time should rest on many."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from levelhead.conversation import Channel, Speaker, Turn

WORDS = 300


def long_mails(turns: Iterable[Turn]) -> Iterator[Turn]:
    """From each mail on, that mail and the ones after it of the same side, round to the first again, cut at 300 words.

    Nothing where a side wrote no mail.
    """
    mails = [turn for turn in turns if turn.channel is Channel.EMAIL]
    for side in Speaker:
        said = [turn for turn in mails if turn.speaker is side]
        for start, turn in enumerate(said):
            words = list(_words(said[start:] + said[:start]))
            yield replace(turn, n=0, at=None, text=" ".join(words[:WORDS]))


def _words(mails: list[Turn]) -> Iterator[str]:
    """The words of the mails in turn, over and over until there are enough."""
    count = 0
    while count < WORDS:
        for mail in mails:
            words = mail.text.split()
            count += max(1, len(words))
            yield from words
