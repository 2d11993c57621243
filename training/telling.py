"""Fit the weights of casework.telling: `python -m training.telling --data DIR`.

`labels/telling.jsonl` names, for conversations of the training part that were chosen by hash, the places that somebody
would quote in a note for whoever has the conversation next: `[turn, start, end]`, chosen by reading the whole of it.
Each side has a logistic regression of its own. Written to src/levelhead/casework/telling_weights.py; the area under
the curve and the average precision of held-out conversations are printed.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.model_selection import GroupKFold

from benchmarks.notes import heard
from levelhead.casework.sentences import Sentence, sentences_of
from levelhead.casework.telling import features_of
from training.corpus import LABELS, talks

WEIGHTS: Final = Path("src/levelhead/casework/telling_weights.py")
_HEAD = '''"""The weights of casework.telling. Written by `python -m training.telling`; not to be edited by hand."""

from collections.abc import Mapping
from typing import Final
'''
_FREEDOM = 0.3
"""How far weights may go: chosen on held-out conversations."""
_SMALLEST, _FOLDS = 0.02, 6

Row = tuple[dict[str, float], bool, str]


def main(argv: Sequence[str] | None = None) -> None:
    """Fit both sides and write their weights."""
    ask = argparse.ArgumentParser(prog="python -m training.telling", description=__doc__)
    ask.add_argument("--data", type=Path, required=True, help="the folder that holds corpus/")
    data = ask.parse_args(argv).data
    rows = tuple(_rows(data))
    parts = [_HEAD]
    for name, theirs in (("OF_THEIRS", True), ("OF_OURS", False)):
        side = [row for is_theirs, row in rows if is_theirs is theirs]
        print(f"{name}: {len(side)} sentences, " + _held_out(side))
        parts.append(_written(name, side))
    WEIGHTS.write_text("\n".join(parts), encoding="utf-8")


def _rows(data: Path) -> Iterator[tuple[bool, Row]]:
    lines = (LABELS / "telling.jsonl").read_text(encoding="utf-8").splitlines()
    chosen = {row["id"]: row["tells"] for row in map(json.loads, lines)}
    for talk, timeline, _ in heard([talk for talk in talks(data, "train") if talk.id in chosen]):
        found = sentences_of(timeline)
        for one, features in zip(found, features_of(found), strict=True):
            yield one.theirs, (features, _tells(one, chosen[talk.id]), talk.id)


def _tells(one: Sentence, places: Sequence[tuple[int, int, int]]) -> bool:
    """Whether at least half of it was chosen."""
    start, end = one.span
    those = [(begin, stop) for n, begin, stop in places if n == one.heard.turn.n]
    return sum(max(0, min(end, stop) - max(start, begin)) for begin, stop in those) >= (end - start) / 2


def _fitted(rows: Sequence[Row]) -> tuple[DictVectorizer, LogisticRegression]:
    names = DictVectorizer()
    model = LogisticRegression(C=_FREEDOM, max_iter=3000, fit_intercept=False)
    model.fit(names.fit_transform([features for features, _, _ in rows]), [tells for _, tells, _ in rows])
    return names, model


def _held_out(rows: Sequence[Row]) -> str:
    tells, talks_of = np.array([row[1] for row in rows]), [row[2] for row in rows]
    sure = np.zeros(len(rows))
    for train, test in GroupKFold(_FOLDS).split(rows, tells, talks_of):
        names, model = _fitted([rows[i] for i in train])
        sure[test] = model.predict_proba(names.transform([rows[i][0] for i in test]))[:, 1]
    area, precision = roc_auc_score(tells, sure), average_precision_score(tells, sure)
    return f"held out: area under the curve {area:.3f}, average precision {precision:.3f}"


def _written(name: str, rows: Sequence[Row]) -> str:
    names, model = _fitted(rows)
    weights = zip(names.get_feature_names_out(), model.coef_[0], strict=True)
    lines = [f'    "{feature}": {weight:.3f},' for feature, weight in sorted(weights) if abs(weight) >= _SMALLEST]
    return "\n".join([f"{name}: Final[Mapping[str, float]] = {{", *lines, "}", ""])


if __name__ == "__main__":
    main()
