"""One turn through the engine: masked, read and advised on."""

from collections.abc import Sequence
from dataclasses import replace

from levelhead.advising.pack import Pack
from levelhead.conversation import Heard, Timeline, Turn
from levelhead.listening.reader import Reader
from levelhead.live.hearing import make_of
from levelhead.privacy.redact import redact, redact_turn


def hear_turn(turn: Turn, so_far: Timeline, reader: Reader | None, pack: Pack) -> Heard:
    """What is made of a turn as it came in; the same arguments give the same bits on one CPU type.

    `so_far` is every other turn heard yet, in order of `n`. Secrets are masked before anything else sees the words.
    """
    before = [heard.turn for heard in so_far if heard.turn.n < turn.n]
    return make_of(masked(turn, before), so_far, reader=reader, pack=pack)


def masked(turn: Turn, before: Sequence[Turn]) -> Turn:
    """The turn with every secret masked, in the words and in the customer's name; `before` as in `redact_turn`."""
    customer = redact(turn.customer).text if turn.customer else turn.customer
    return replace(redact_turn(turn, before), customer=customer)
