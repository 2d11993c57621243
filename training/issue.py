"""What a conversation is about: `python -m training.issue --data DIR [--reader FOLDER] [--out FOLDER]` writes issue.npz.

Two softmax models (cause, issue) over the reader's turn vectors and the words said, fitted at several points of each
conversation. Temperature and threshold come from five folds by conversation. Under three minutes on one core.

Causes are the annotators' (`outcome.cause`); issues are in `labels/issues.jsonl`, given by reading. The one-line brief
and topic of a conversation, where there is one, are a further example of its words.
"""

import argparse
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from levelhead import models
from levelhead.conversation import Cause, Turn
from levelhead.listening.context import side
from levelhead.listening.issue import DENSE, FIRST, LAST, WIDTH, Issues, Spoken, dense_of, strengths_of
from levelhead.listening.issues import ISSUES
from levelhead.listening.reader import Reader
from training.corpus import LABELS, Talk, of_the_corpus, talks
from training.issue_fit import Floats, Inputs, Ints, Ridge, Weights, fit, softmax, temperature, threshold_of
from training.issue_words import Words, meanings_of, words_of

FOLDS = 5
AT = (1, 2, 3, 5)
"""Points to learn from, in customer turns; beside them the end."""
BRIEF = 0.7
"""How much a conversation's brief counts beside the conversation itself."""
MOST_BYTES = 1_000_000
BATCH = 16
HEADS: Mapping[str, tuple[str, ...]] = {"cause": tuple(Cause), "issue": tuple(ISSUES)}
RIDGES: Mapping[str, Ridge] = {"cause": Ridge(dense=0.6, words=0.15), "issue": Ridge(dense=0.1, words=0.03)}
"""The few broad causes are held down more than the many narrow issues: the least log loss over the folds."""


class Lessons(NamedTuple):
    """What there is to learn from: the conversations at their points, and what was told of each in a line.

    `talk[i]` is the conversation of example i, `weight[i]` its share of that conversation, `fold[t]` the fold of t.
    `judged[i]` is `weight[i]` where the corpus holds the conversation, else 0: what was written to learn from is easier
    than what will be met, and a threshold that leans on it would speak too soon.
    """

    points: Inputs
    told: Inputs
    talk: Ints
    weight: Floats
    judged: Floats
    fold: Ints


def main() -> None:
    """Fit, calibrate, write, and print the figures of the folds as JSON."""
    ask = argparse.ArgumentParser(prog="python -m training.issue", description=main.__doc__)
    ask.add_argument("--data", type=Path, required=True, help="folder that holds corpus/ and data/")
    ask.add_argument("--reader", type=Path, default=models.FOLDER, help="folder of the reader's weights")
    ask.add_argument("--out", type=Path, help="where issue.npz goes; beside the reader where not said")
    told = ask.parse_args()
    reader = models.load(told.reader)
    corpus, issues = labelled(told.data)
    words = words_of(corpus)
    meanings = meanings_of(words, told.reader / "tokenizer.json")
    lessons = lessons_of(corpus, vectors(reader, corpus), words, meanings)
    gold = {"cause": [talk.raw["outcome"]["cause"] for talk in corpus], "issue": [issues[talk.id] for talk in corpus]}
    fitted, heads, figures = {}, {}, {}
    for name, labels in HEADS.items():
        y = np.array([labels.index(one) for one in gold[name]])
        weights, threshold, figures[name] = learn(lessons, y, len(labels), RIDGES[name])
        fitted[name] = _folded(weights, meanings)
        heads[name] = {"labels": labels, "threshold": threshold}
    path = (told.out or told.reader) / "issue.npz"
    write(path, reader.name, words, fitted, heads)
    seen = {"conversations": len(corpus), "words": len(words.row), "meanings": meanings.shape[1]}
    print(json.dumps({**seen, "bytes": path.stat().st_size, **figures}))


def labelled(data: Path) -> tuple[list[Talk], Mapping[str, str]]:
    """The training conversations that have an issue, and the issue of each."""
    lines = (LABELS / "issues.jsonl").read_text(encoding="utf-8").splitlines()
    issues = {row["id"]: row["issue"] for row in map(json.loads, lines)}
    return [talk for talk in talks(data, "train") if talk.id in issues and "outcome" in talk.raw], issues


def vectors(reader: Reader, corpus: Sequence[Talk]) -> list[list[NDArray[np.float32]]]:
    """The reader's vector of every turn. A turn's own vector does not depend on the turns before it."""
    turns = [
        (t, i, Turn(talk.id, i, talk.speakers[i], talk.texts[i], talk.channel))
        for t, talk in enumerate(corpus)
        for i in range(len(talk.texts))
    ]
    turns.sort(key=lambda one: len(one[2].text))
    out: list[list[Any]] = [[None] * len(talk.texts) for talk in corpus]
    for start in range(0, len(turns), BATCH):
        batch = turns[start : start + BATCH]
        for (t, i, _), sight in zip(batch, reader.read_batch([(turn, ()) for _, _, turn in batch]), strict=True):
            out[t][i] = np.frombuffer(sight.vector, dtype="<f4")
    return out


def lessons_of(
    corpus: Sequence[Talk],
    seen: Sequence[Sequence[NDArray[np.float32]]],
    words: Words,
    meanings: NDArray[np.float32],
) -> Lessons:
    """Every conversation at the customer turns of `AT` and at the last one."""
    ends = [points(talk) for talk in corpus]
    turns = [spoken(talk, seen[t], end) for t, talk in enumerate(corpus) for end in ends[t]]
    weight = np.array([1.0 / len(one) for one in ends for _ in one])
    unseen = np.zeros(WIDTH, dtype=np.float32)
    return Lessons(
        points=inputs_of(turns, words, meanings),
        told=inputs_of([[Spoken(0, _told(talk), unseen)] for talk in corpus], words, meanings),
        talk=np.repeat(np.arange(len(corpus)), [len(one) for one in ends]),
        weight=weight,
        judged=weight * np.repeat([of_the_corpus(talk) for talk in corpus], [len(one) for one in ends]),
        fold=np.array([fold_of(talk) for talk in corpus]),
    )


def points(talk: Talk) -> list[int]:
    """The turn numbers of the customer turns to learn from."""
    customer = [i for i, speaker in enumerate(talk.speakers) if side(speaker) == 0]
    return sorted({customer[count - 1] for count in AT if count <= len(customer)} | set(customer[-1:]))


def spoken(talk: Talk, seen: Sequence[NDArray[np.float32]], end: int) -> list[Spoken]:
    """The turns that are looked at after turn `end`, as `levelhead.listening.issue` takes them."""
    said = [Spoken(side(talk.speakers[i]), talk.texts[i], seen[i]) for i in range(end + 1)]
    return said if len(said) <= FIRST + LAST else said[:FIRST] + said[-LAST:]


def inputs_of(examples: Sequence[Sequence[Spoken]], words: Words, meanings: NDArray[np.float32]) -> Inputs:
    """What the model sees of each example; the words of one have unit length together."""
    rows, columns, values = [], [], []
    for row, turns in enumerate(examples):
        known = [(words.row[key], s) for key, s in strengths_of(turns).items() if key in words.row]
        strength = np.array([s * words.rare[column] for column, s in known])
        rows += [row] * len(known)
        columns += [column for column, _ in known]
        values += list(strength / (np.linalg.norm(strength) or 1.0))
    shape = (len(examples), len(words.row))
    said = sparse.csr_matrix((np.array(values, dtype=np.float32), (rows, columns)), shape=shape)
    return Inputs(np.hstack([np.stack([dense_of(turns) for turns in examples]), said @ meanings]), said)


def learn(lessons: Lessons, y: Ints, classes: int, ridge: Ridge) -> tuple[Weights, float, dict[str, float]]:
    """Calibrated weights, the threshold, and the figures over the folds. `y[t]` is the label of conversation t."""
    unseen = np.zeros((len(lessons.talk), classes))
    for fold in range(FOLDS):
        rows = np.flatnonzero(lessons.fold[lessons.talk] == fold)
        weights = _fit_on(lessons, y, np.flatnonzero(lessons.fold != fold), classes, ridge)
        unseen[rows] = weights.logits(lessons.points.at(rows))
    target = y[lessons.talk]
    factor = temperature(unseen, target, lessons.weight)
    threshold, figures = threshold_of(softmax(unseen * factor), target, lessons.judged)
    last = _fit_on(lessons, y, np.arange(len(y)), classes, ridge)
    return Weights(*(part * factor for part in last)), threshold, figures


def write(path: Path, reader: str, words: Words, fitted: Mapping[str, Weights], heads: Mapping[str, Any]) -> None:
    """Both heads side by side, a byte a weight with a scale for each label. Stops where the file is too large."""
    dense = np.hstack([one.dense for one in fitted.values()])
    table = np.hstack([one.words for one in fitted.values()])
    scales = [np.abs(part).max(0) / 127 for part in (dense, table)]
    told, start = {}, 0
    for name, head in heads.items():
        told[name] = {"from": start, **head}
        start += len(head["labels"])
    np.savez_compressed(
        path,
        settings=np.array(json.dumps({"reader": reader, "words": list(words.row), "heads": told})),
        dense=np.rint(dense / scales[0]).astype(np.int8),
        table=np.rint(table / scales[1]).astype(np.int8),
        scales=np.stack(scales).astype(np.float32),
        rare=words.rare.astype(np.float32),
        bias=np.hstack([one.bias for one in fitted.values()]).astype(np.float32),
    )
    Issues(path.read_bytes())
    if path.stat().st_size > MOST_BYTES:
        raise SystemExit(f"{path} has {path.stat().st_size} bytes, more than {MOST_BYTES}")


def fold_of(talk: Talk) -> int:
    """The fold of a conversation, by hash of its id."""
    return int(hashlib.sha256(f"issue {talk.id}".encode()).hexdigest(), 16) % FOLDS


def _fit_on(lessons: Lessons, y: Ints, talk: Ints, classes: int, ridge: Ridge) -> Weights:
    """Weights from these conversations: their points, and what was told of each in a line."""
    rows = np.flatnonzero(np.isin(lessons.talk, talk))
    inputs = lessons.points.at(rows).and_also(lessons.told.at(talk))
    weight = np.concatenate([lessons.weight[rows], np.full(len(talk), BRIEF)])
    return fit(inputs, np.concatenate([y[lessons.talk[rows]], y[talk]]), weight, classes, ridge)


def _folded(weights: Weights, meanings: NDArray[np.float32]) -> Weights:
    """The same with the weights of the meanings put into those of the words."""
    return Weights(weights.dense[:DENSE], weights.words + meanings @ weights.dense[DENSE:], weights.bias)


def _told(talk: Talk) -> str:
    return f"{talk.raw.get('brief') or ''} {talk.raw['outcome'].get('topic') or ''}"


if __name__ == "__main__":
    main()
