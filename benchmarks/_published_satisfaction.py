"""Satisfaction after each user turn: USS, with the valid and test part of ASAP (Ye et al. 2023).

A row of ASAP is a talk from its beginning (at most the last sixteen exchanges) up to a user turn, with the label of
that turn: 0 where the mean of the raters is below 3, 1 where it is 3, 2 above. A last user turn `OVERALL` asks for the
talk as a whole. The training part isn't in the copy at hand: it is made by the same rule from the talks of USS that
share nothing with a row of valid or test.
"""

import ast
import gzip
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks._published import BENCH_ONLY, Published, PublishedSet, Row, Talk
from benchmarks._published_scores import accuracy_and_f1
from levelhead.conversation import Channel, Speaker
from levelhead.listening.context import Said

ASAP = "Ye et al. 2023 (ASAP)"
USDA = "Deng et al. 2022 (USDA), as printed there"
SETS = {"MWOZ": (0.581, 0.529), "SGD": (0.648, 0.625), "ReDial": (0.660, None)}
"""Three-class accuracy of ASAP and of USDA on the same test."""
OVERALL = "OVERALL"
FIRST_USER_TURN = 4
"""ASAP's rows begin with the fourth exchange."""
SO_SO = 3
TALKS = 300
"""Talks of a set that the heads learn from, so that the whole run stays below ten minutes."""


class Rated(NamedTuple):
    """A line of USS; the mean of its raters, None for a system turn."""

    said: Said
    mean: float | None


def satisfaction(data: Path, most: int = TALKS) -> Iterator[PublishedSet]:
    """The three English sets of the published table."""
    for name, (asap, usda) in SETS.items():
        dev, test = (_rows_of(data / f"asap/{part}_{name.lower()}.txt.gz") for part in ("valid", "test"))
        with gzip.open(data / f"uss/{name}.txt.gz", "rt", encoding="utf-8") as lines:
            known = without(rated_talks(lines), (*dev, *test))
        learnt = known[:most]
        yield PublishedSet(
            name=f"USS {name}",
            use=BENCH_ONLY,
            channel=Channel.CHAT,
            train=tuple(row for talk in learnt for row in labelled(talk)),
            dev=dev,
            test=test,
            score=accuracy_and_f1,
            chosen_by="accuracy",
            beside=(
                Published("ASAP", {"accuracy": asap}, ASAP),
                *([Published("USDA", {"accuracy": usda}, USDA)] if usda else []),
            ),
            capped=f"{len(learnt)} of {len(known)} training talks" if len(learnt) < len(known) else "",
            notes="training part rebuilt from USS",
        )


def rated_talks(lines: Iterable[str]) -> list[tuple[Rated, ...]]:
    """The talks of a file of USS, in order; an empty line ends one."""
    talks: list[tuple[Rated, ...]] = []
    now: list[Rated] = []
    for line in (*lines, "\n"):
        if line.strip():
            now.append(_rated(line))
        elif now:
            talks.append(tuple(now))
            now = []
    return talks


def labelled(rated: Sequence[Rated]) -> Iterator[Row]:
    """A talk's rows: each user turn from the fourth on, and the talk as a whole."""
    talk = tuple(one.said for one in rated if one.said.text != OVERALL)
    users = [i for i, one in enumerate(talk) if one.speaker is Speaker.CUSTOMER]
    means = [one.mean for one in rated if one.said.speaker is Speaker.CUSTOMER and one.said.text != OVERALL]
    for at, mean in list(zip(users, means, strict=True))[FIRST_USER_TURN - 1 :]:
        yield Row(talk, at, label_of(mean))
    overall = next((one.mean for one in rated if one.said.text == OVERALL), None)
    if overall is not None and len(users) >= FIRST_USER_TURN:
        yield Row(talk, users[-1], label_of(overall), closing=True)


def label_of(mean: float | None) -> str:
    """0 below three, 1 at three, 2 above."""
    if mean is None:
        raise ValueError("a user turn of USS has no rating")
    return "0" if mean < SO_SO else "1" if mean == SO_SO else "2"


def row_of(line: str) -> Row:
    """A line of ASAP: exchanges `user|||system`, their acts (not used), the label."""
    exchanges, _, label = line.rstrip("\n").split("\t")
    talk: list[Said] = []
    for one in ast.literal_eval(exchanges):
        user, system = one.split("|||")
        if user.strip():
            talk.append(Said(Speaker.CUSTOMER, user.strip()))
        if system.strip():
            talk.append(Said(Speaker.BOT, system.strip()))
    closing = talk[-1].text == OVERALL
    said = tuple(talk[:-1] if closing else talk)
    at = max(i for i, turn in enumerate(said) if turn.speaker is Speaker.CUSTOMER)
    return Row(said, at, label, closing)


def sharing(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The same rows on the longest talk that each one's talk begins, so that a talk is read once for all its rows."""
    longest: dict[Talk, Talk] = {}
    for row in sorted(rows, key=lambda row: -len(row.talk)):
        if row.talk not in longest:
            longest |= {row.talk[:n]: row.talk for n in range(1, len(row.talk) + 1) if row.talk[:n] not in longest}
    return tuple(Row(longest[row.talk], row.at, row.label, row.closing) for row in rows)


def without(talks: Sequence[tuple[Rated, ...]], rows: Iterable[Row]) -> list[tuple[Rated, ...]]:
    """The talks that no row was cut from: of each row's talk, those that share the most of its turns are left out.

    ASAP joins some neighbouring turns of ReDial with dots, so a turn is compared piece by piece.
    """
    holding: dict[str, set[int]] = {}
    for i, talk in enumerate(talks):
        for one in talk:
            for piece in _pieces(one.said.text):
                holding.setdefault(piece, set()).add(i)
    out: set[int] = set()
    for cut in {row.talk for row in rows}:
        pieces = {piece for said in cut for piece in _pieces(said.text)}
        shared = Counter(i for piece in pieces for i in holding.get(piece, ()))
        out |= {i for i, count in shared.items() if count == max(shared.values())}
    return [talk for i, talk in enumerate(talks) if i not in out]


def _rows_of(path: Path) -> tuple[Row, ...]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return sharing([row_of(line) for line in lines])


def _rated(line: str) -> Rated:
    who, text, _, ratings = line.rstrip("\n").split("\t")
    user = who == "USER"
    each = [int(one) for one in ratings.split(",")] if ratings else []
    return Rated(
        Said(Speaker.CUSTOMER if user else Speaker.BOT, text.strip()),
        sum(each) / len(each) if user and each else None,
    )


def _pieces(text: str) -> list[str]:
    pieces = (" ".join(piece.lower().split()).strip(". ") for piece in text.split("..."))
    return [piece for piece in pieces if piece]
