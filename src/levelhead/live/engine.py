"""One turn through the engine: masked, read and advised on."""

from collections.abc import Sequence
from dataclasses import replace

from levelhead.advising.pack import Pack
from levelhead.conversation import Heard, Timeline, Turn
from levelhead.listening.reader import Reader
from levelhead.live.hearing import make_of
from levelhead.privacy.redact import redact, redact_turn
from levelhead.privacy.sealed import Said, seal_turn


def hear_turn(turn: Turn, so_far: Timeline, reader: Reader | None, pack: Pack) -> Heard:
    """What is made of a turn as it came in; the same arguments give the same bits on one CPU type.

    `so_far` is every other turn heard yet, in order of `n`. Secrets are masked, and what is kept sealed is taken out,
    before anything else sees the words.
    """
    return make_of(said_after(turn, so_far).turn, so_far, reader=reader, pack=pack)


def said_after(turn: Turn, so_far: Timeline) -> Said:
    """The turn as everyone may see it: secrets masked for good, and apart from it what is kept sealed."""
    return said(turn, [heard.turn for heard in so_far if heard.turn.n < turn.n])


def said(turn: Turn, before: Sequence[Turn]) -> Said:
    """As `said_after`, after these turns."""
    return seal_turn(masked(turn, before))


def masked(turn: Turn, before: Sequence[Turn]) -> Turn:
    """The turn with every secret masked, in the words and in the customer's name; `before` as in `redact_turn`."""
    customer = redact(turn.customer).text if turn.customer else turn.customer
    return replace(redact_turn(turn, before), customer=customer)
