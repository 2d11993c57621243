"""Chooses the past conversations of the demo out of the written corpus: `python -m training.demo_past --data DIR`.

Only conversations of the training part are taken, so that nothing is shown that anything is measured on; only such as
can be moved to another week without talking nonsense (no date is named by our side); and of those a share by the hash
of their id, so that the same corpus always gives the same file. Some customers come back: a conversation in which
nobody is named becomes a later contact of somebody who was there before. No label of the corpus comes along: the
demo reads everything itself.
"""

import argparse
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from training.corpus import WRITTEN_TRAIN

Talk = dict[str, Any]

FILE: Final = Path(__file__).parent.parent / "src" / "levelhead" / "demo" / "past.jsonl"
MOST, MOST_TURNS, MOST_SPOKEN, WEEKS, OPENS, CLOSES = 125, 13, 20, 3, 8, 20
LONGEST: Final = timedelta(days=5)
"""From the first turn to the last: a longer one would begin before the three weeks."""
AT_HOME: Final = ("en-GB", "en-IE")
"""Where the demo's team is: of these all are taken."""
ALWAYS: Final = frozenset({"payments-us-001", "food-us-003", "retail-us-005"})
"""In these a contact ends for abuse: without one there would be no restriction to look at."""
_DATES: Final = re.compile(
    r"\b(january|february|march|april|june|july|august|september|october|november|december"
    r"|jan|feb|sept|oct|nov|dec)\b|\b\d{1,2}(st|nd|rd|th)\b|\b\d{1,2}/\d{1,2}\b"
    r"|\bthe (fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\w+teenth|twentieth|twenty[- ]\w+)\b",
    re.IGNORECASE,
)


def main() -> None:
    """Write the file anew."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, required=True, help="folder that holds corpus/")
    arguments.add_argument("--out", type=Path, default=FILE)
    given = arguments.parse_args()
    chosen = _chosen(list(_read(given.data / "corpus")))
    lines = [json.dumps(_line(talk), ensure_ascii=False, separators=(",", ":")) for talk in _coming_back(chosen)]
    given.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} conversations, {sum(len(talk['turns']) for talk in chosen)} turns in {given.out}")


def _read(corpus: Path) -> Iterator[Talk]:
    for name in WRITTEN_TRAIN:
        for line in (corpus / f"slice_{name}.jsonl").read_text(encoding="utf-8").splitlines():
            talk = json.loads(line)
            if talk["source"] == "synthetic":
                yield talk


def _chosen(talks: list[Talk]) -> list[Talk]:
    possible = [talk for talk in talks if _may_move(talk)]
    possible.sort(key=lambda talk: (talk["id"] not in ALWAYS, talk["locale"] not in AT_HOME, _hash(talk["id"])))
    return possible[:MOST]


def _may_move(talk: Talk) -> bool:
    ours = " ".join(turn["text"] for turn in talk["turns"] if turn["speaker"] != "customer")
    most = MOST_SPOKEN if talk["channel"] == "voice" else MOST_TURNS
    is_short = len(talk["turns"]) <= most or talk["id"] in ALWAYS
    lasts = timedelta(seconds=talk["turns"][-1]["at"])
    return talk["locale"].startswith("en-") and is_short and lasts <= LONGEST and not _DATES.search(ours)


def _coming_back(talks: list[Talk]) -> list[Talk]:
    """Each with its week (2 is the first) and its customer; who comes back does so in a later week."""
    waiting: dict[str, list[Talk]] = defaultdict(list)
    for talk in sorted(talks, key=lambda talk: _hash("back" + talk["id"])):
        talk["person"], talk["week"] = talk["customer"]["name"], int(_hash("week" + talk["id"]), 16) % WEEKS
        there = waiting[talk["locale"]]
        if not _is_named(talk) and there:
            before = there.pop(0)
            talk["person"], talk["week"] = before["person"], before["week"] - 1
        if talk["week"] > 0 and not talk["person"].startswith("@") and "_" not in talk["person"]:
            there.append(talk)
    return sorted(talks, key=lambda talk: talk["id"])


def _is_named(talk: Talk) -> bool:
    said = " ".join(turn["text"] for turn in talk["turns"]).casefold()
    name = re.findall(r"[\w'-]{3,}", talk["customer"]["name"].casefold())
    return any(re.search(rf"\b{re.escape(word)}\b", said) for word in name) or bool(
        re.search(r"\b(mr|mrs|ms|miss|sir|madam|ma'am)\b", said)
    )


def _line(talk: Talk) -> Talk:
    began = datetime.fromisoformat(talk["started_at"])
    told = {"id": talk["id"], "channel": talk["channel"], "locale": talk["locale"], "customer": talk["person"]}
    told |= {"week": talk["week"], "day": began.weekday(), "time": _while_open(began)}
    turns = [[turn["speaker"][0], turn["at"], turn["text"]] for turn in talk["turns"]]
    return told | {"turns": turns}


def _while_open(began: datetime) -> str:
    """When it begins: somebody of the team is there from eight to eight."""
    hour = began.hour if OPENS <= began.hour < CLOSES - 1 else OPENS + began.hour % (CLOSES - OPENS - 1)
    return f"{hour:02}:{began.minute:02}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


if __name__ == "__main__":
    main()
