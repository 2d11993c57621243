"""Real words: how well `ends_dissatisfied`, as it is shown live, ranks real conversations. What stands for the truth is weak.

`guessed`: csat of the real validation conversations as an annotator guessed it (not for training, and no bound is held
against it). `annoyed`: STAR dialogues whose assistant answered that the user became aggressive or annoyed, as many beside
them who didn't. `unhappy`: STAR dialogues in which the assistant was told to turn the wish down, as many beside them of the
happy flow. STAR users act a part; its dialogues are chosen by hash of the id, less those that the reader has learnt labels of.
"""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import roc_auc_score

from benchmarks._outlook_readings import heard, moments
from benchmarks._reliability import calibration_error, reliability
from levelhead import models
from levelhead.channels.turns import turns_of_conversation
from levelhead.conversation import Channel, Turn
from levelhead.listening.outlook import Moment, bucket_of, heat, outlook_of
from training.corpus import labelled_star, said_in, star, talks
from training.outlook_fit import POSITIONS

OF_EACH = 80
ANNOYED = "Did the user become aggressive or annoyed"
Foretold = tuple[int, float, float]
"""Of one conversation at one position: the position, the forecast and the heat of that turn."""


def real_part(data: Path) -> dict[str, list[dict[str, Any]]]:
    """A row for each kind of truth and position."""
    real = [talk for talk in talks(data, "validation") if talk.real]
    guessed = [
        (_foretold(moments(heard(turns_of_conversation(t.raw)))), float(t.raw["outcome"]["csat"] <= 2)) for t in real
    ]
    seen = {talk.id for talk in labelled_star(data)}
    rows = [row for row in star(data) if f"star-{row['id']:04d}" not in seen]
    return {
        "guessed": _figures(guessed, calibrated=True),
        "annoyed": _figures(_pairs(rows, _annoyed), calibrated=False),
        "unhappy": _figures(_pairs(rows, lambda row: not row["happy"]), calibrated=False),
    }


def _annoyed(row: dict[str, Any]) -> bool | None:
    answers: list[bool] = [answer for question, answer in row["wiz_q"] or () if question.startswith(ANNOYED)]
    return answers[0] if answers else None


def _pairs(
    rows: Sequence[dict[str, Any]], truth: Callable[[dict[str, Any]], bool | None]
) -> list[tuple[list[Foretold], float]]:
    """`OF_EACH` dialogues of which it is true and as many of which it isn't."""
    in_order = sorted(rows, key=lambda row: hashlib.sha256(f"outlook {row['id']}".encode()).digest())
    chosen = [row for want in (True, False) for row in [r for r in in_order if truth(r) is want][:OF_EACH]]
    return [(_foretold(moments(heard(_turns(row)))), float(bool(truth(row)))) for row in chosen]


def _turns(row: dict[str, Any]) -> list[Turn]:
    return [
        Turn(f"star-{row['id']:04d}", n, speaker, text, Channel.CHAT, "en-US")
        for n, (speaker, text) in enumerate(said_in(row))
    ]


def _foretold(lived: Sequence[Moment]) -> list[Foretold]:
    """The latest forecast at each position."""
    latest: dict[int, Foretold] = {}
    customer = 0
    for n, one in enumerate(lived):
        if one.of_customer is None:
            continue
        customer += 1
        outlook = outlook_of(lived[: n + 1], models.load().outlook)
        if outlook and outlook.ends_dissatisfied is not None:
            bucket = bucket_of(customer)
            latest[bucket] = (bucket, outlook.ends_dissatisfied, heat(one.of_customer))
    return list(latest.values())


def _figures(told: Sequence[tuple[list[Foretold], float]], *, calibrated: bool) -> list[dict[str, Any]]:
    figures = []
    for bucket, position in enumerate(POSITIONS):
        here = [(p, now, y) for foretold, y in told for at, p, now in foretold if at == bucket]
        if len({y for _, _, y in here}) == 2:
            p, now, y = (np.array(column) for column in zip(*here, strict=True))
            figures.append({"position": position, "conversations": len(y), **_scores(p, now, y, calibrated=calibrated)})
    return figures


def _scores(p: Any, now: Any, y: Any, *, calibrated: bool) -> dict[str, Any]:  # noqa: ANN401 - arrays
    figure: dict[str, Any] = {
        "base_rate": round(float(y.mean()), 3),
        "auc_model": round(float(roc_auc_score(y, p)), 3),
        "auc_angry_as_now": round(float(roc_auc_score(y, now)), 3),
    }
    if calibrated:
        figure |= {
            "error_model": round(float(((p - y) ** 2).mean()), 4),
            "ece": round(calibration_error(reliability(p, y)), 4),
        }
    return figure
