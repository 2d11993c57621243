"""The conversations as they were read by weights that had not seen them: what the outlook is measured on."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from levelhead import models, packs
from levelhead.channels.turns import turns_of_conversation
from levelhead.conversation import Heard, Timeline, Turn
from levelhead.listening.outlook import Moment, moment
from levelhead.live.engine import hear_turn
from training.corpus import Talk, talks
from training.lived import READINGS, Lived, kept_readings, lived, lived_of, own_ids

UNSEEN = "by weights that had not seen the conversation; slice_e by the shipped weights, which had not seen it either"
SEEN = "by the shipped weights, which learnt from all but slice_e: the figures are too good (readings/written.npz is not there)"


@dataclass(frozen=True, slots=True)
class Read:
    """The written conversations with their readings; `told` says by which weights. `validation` holds slice_e's ids."""

    lived: tuple[Lived, ...]
    talks: tuple[Talk, ...]
    validation: frozenset[str]
    told: str


def readings(data: Path, path: Path = READINGS) -> Read:
    """Every written conversation, read; the shipped reader stands in where the kept readings are not there."""
    train = [talk for talk in talks(data, "train") if not talk.real]
    validation = [talk for talk in talks(data, "validation") if not talk.real]
    kept = kept_readings(path)
    if kept is None:
        ours = own_ids()
        before = [live(talk) for talk in train if talk.id not in ours]
    else:
        before = lived(train, kept, models.load().heads)
    by_id = {talk.id: talk for talk in (*train, *validation)}
    read = (*before, *(live(talk) for talk in validation))
    return Read(
        lived=read,
        talks=tuple(by_id[one.id] for one in read),
        validation=frozenset(talk.id for talk in validation),
        told=SEEN if kept is None else UNSEEN,
    )


def live(talk: Talk) -> Lived:
    """A conversation as the shipped reader hears it, turn by turn."""
    return lived_of(talk, moments(heard(turns_of_conversation(talk.raw))))


def heard(turns: Sequence[Turn]) -> Timeline:
    """The turns as they run live."""
    so_far: tuple[Heard, ...] = ()
    for turn in turns:
        so_far = (*so_far, hear_turn(turn, so_far, models.load(), packs.load(turn.locale)))
    return so_far


def moments(timeline: Timeline) -> list[Moment]:
    """The readings as the outlook needs them."""
    return [moment(one.reading) for one in timeline]
