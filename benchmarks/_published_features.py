"""What a light head is given of each row: columns from an encoder, or plain words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log1p
from typing import Any

import numpy as np
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks._published import PublishedSet, Row, Talk
from benchmarks._published_encoders import Encoder, Matrix, Seen
from levelhead.conversation import Speaker

Columns = Any
"""An array or a sparse matrix, a row for each row of a part; scikit-learn has no types for either."""


@dataclass(frozen=True, slots=True)
class Features:
    """A row for each row of the set's parts, in their order; None for a part without rows."""

    train: Columns
    dev: Columns
    test: Columns


def of_encoder(of: PublishedSet, see: Encoder) -> Features:
    """Columns from what an encoder sees, each talk once."""
    talks = tuple(dict.fromkeys(row.talk for row in of.rows))
    seen = dict(zip(talks, see(talks, of.channel), strict=True))
    return Features(*(_columns(part, seen, in_talk=of.has_talks) for part in (of.train, of.dev, of.test)))


def of_words(of: PublishedSet) -> Features:
    """TF-IDF of words and pairs of words: of the turn, and in a talk also of what the other side had said before it."""
    texts = [_said_here, _said_before] if of.has_talks else [_said_here]
    fitted = [
        (TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True).fit([text(row) for row in of.train]), text)
        for text in texts
    ]
    return Features(
        *(
            hstack([words.transform([text(row) for row in part]) for words, text in fitted], format="csr")
            if part
            else None
            for part in (of.train, of.dev, of.test)
        )
    )


def _columns(part: Sequence[Row], seen: Mapping[Talk, Seen], *, in_talk: bool) -> Matrix | None:
    if not part:
        return None
    return np.stack([_with_talk(row, seen[row.talk]) if in_talk else _here(row, seen[row.talk]) for row in part])


def _here(row: Row, seen: Seen) -> Matrix:
    return np.concatenate((seen.vectors[row.at], seen.heads[row.at]))


def _with_talk(row: Row, seen: Seen) -> Matrix:
    """The turn itself, the other side's last one, the customer's turns so far, and where in the talk this is."""
    so_far = [i for i in range(row.at + 1) if row.talk[i].speaker is Speaker.CUSTOMER]
    before = row.before_at
    each = (seen.vectors, seen.heads)
    return np.concatenate(
        (
            _here(row, seen),
            *(columns[before] if before is not None else np.zeros_like(columns[0]) for columns in each),
            *(columns[so_far].mean(0) for columns in each),
            np.array([log1p(len(so_far)), float(row.closing)], dtype=np.float32),
        )
    )


def _said_here(row: Row) -> str:
    return row.said.text


def _said_before(row: Row) -> str:
    return "" if row.before_at is None else row.talk[row.before_at].text
