"""How often the draft check finds what annotators marked, and how often it interrupts a reply that is fine.

    python -m benchmarks.drafts --data DIR [--slices abcdghjkm] [--format json]

Agent turns of the written corpus are taken as drafts, each with the turns before it. Customer emotions come from the
corpus, so that the check is measured by itself and not the reader. Turns that carry a fault label count for recall;
turns without one for false alarms. Exits 1 above MOST_ALARMS findings of the patterns in 100 clean turns.
"""

import argparse
import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks._asked import parser
from levelhead.advising.draft import check_wording
from levelhead.advising.draft_pack import DraftWording
from levelhead.conversation import (
    Abuse,
    Advice,
    Channel,
    Cue,
    CustomerReading,
    DraftCheck,
    Emotion,
    Fact,
    Heard,
    Reading,
    Speaker,
    Timeline,
    Turn,
)
from levelhead.listening.facts import facts_in
from levelhead.packs import load

MOST_ALARMS = 8.0  # Findings in 100 turns without a fault: more, and nobody reads them any longer.
MOST_MILLISECONDS = 3.0  # For a draft of 150 words, the median.
TUNING = "abcdghjkm"
# Findings about what a draft lacks or how it sounds have no label in the corpus: counted apart.
UNLABELLED = frozenset(
    {"unanswered_question", "no_next_step", "wrong_name", "register", "shouting", "apologise_generic"}
)


class Draft(NamedTuple):
    """An agent turn taken as a draft."""

    where: str
    text: str
    faults: frozenset[str]
    written: bool
    locale: str
    so_far: Timeline


def main() -> int:
    arguments = _arguments()
    results = [
        (draft, check_wording(draft.text, draft.so_far, load(draft.locale).draft))
        for name in arguments.slices
        for draft in drafts_in(arguments.data / "corpus" / f"slice_{name}.jsonl")
    ]
    report = {**_report(results), "ms_150_words": _milliseconds(load("en-GB").draft)}
    print(json.dumps(report, indent=None if arguments.format == "json" else 2))
    alarms, slow = report["alarms_per_100_clean"]["all"], report["ms_150_words"] > MOST_MILLISECONDS
    return int(alarms > MOST_ALARMS or slow)


def drafts_in(path: Path) -> Iterator[Draft]:
    """Every agent turn of the file, with the turns before it."""
    for line in path.read_text(encoding="utf-8").splitlines():
        conversation = json.loads(line)
        so_far: Timeline = ()
        for row in conversation["turns"]:
            turn = _turn(conversation, row)
            if turn.speaker is Speaker.AGENT:
                written = turn.channel in (Channel.CHAT, Channel.EMAIL, Channel.SOCIAL)
                yield Draft(
                    f"{turn.conversation}:{turn.n}", turn.text, frozenset(row["faults"]), written, turn.locale, so_far
                )
            so_far = (*so_far, Heard(turn, _reading(turn, row), Advice(steps={})))


def _turn(conversation: dict[str, Any], row: dict[str, Any]) -> Turn:
    return Turn(
        conversation=conversation["id"],
        n=row["n"],
        speaker=Speaker(row["speaker"]),
        text=row["text"],
        channel=Channel(conversation["channel"]),
        locale=conversation["locale"],
        customer=conversation["customer"]["name"],
    )


def _reading(turn: Turn, row: dict[str, Any]) -> Reading:
    facts: tuple[Fact, ...] = facts_in(turn.text, turn.speaker, turn.locale)
    if turn.speaker is not Speaker.CUSTOMER:
        return Reading(language="en", readable=True, facts=facts)
    emotion, cues = Emotion(row["emotion"]), tuple(row["cues"])
    of_customer = CustomerReading(
        emotion=emotion,
        emotion_p={label: float(label is emotion) for label in Emotion},
        intensity=row["intensity"],
        cues={cue: float(cue in cues) for cue in Cue},
        abuse=Abuse(row["abuse"]),
        abuse_p={label: float(label == row["abuse"]) for label in Abuse},
    )
    return Reading(language="en", readable=True, of_customer=of_customer, fired=cues, facts=facts)


def _report(results: list[tuple[Draft, DraftCheck]]) -> dict[str, Any]:
    clean = [check for draft, check in results if not draft.faults]
    alarms = Counter(finding.fault for check in clean for finding in check.findings)
    labelled, found, written, found_written = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    named = 0
    for draft, check in results:
        kinds = {finding.fault for finding in check.findings}
        labelled.update(draft.faults)
        # "Sorry for any inconvenience" has its own name in the check; the annotators called it scripted.
        right = draft.faults & (kinds | ({"scripted"} if "apologise_generic" in kinds else set()))
        found.update(right)
        if draft.written:
            written.update(draft.faults)
            found_written.update(right)
        named += bool(draft.faults and kinds)
    faulty = sum(bool(draft.faults) for draft, _ in results)
    per_100 = {fault: round(100 * count / len(clean), 2) for fault, count in alarms.most_common()}
    return {
        "clean_turns": len(clean),
        "faulty_turns": faulty,
        "alarms_per_100_clean": {
            "all": round(100 * alarms.total() / len(clean), 2),
            "labelled_kinds": round(sum(per for fault, per in per_100.items() if fault not in UNLABELLED), 2),
            **per_100,
        },
        "any_finding_on_faulty": round(named / faulty, 3),
        "recall": {fault: round(found[fault] / count, 3) for fault, count in labelled.most_common()},
        "recall_written": {fault: round(found_written[fault] / count, 3) for fault, count in written.most_common()},
    }


def _milliseconds(wording: DraftWording) -> float:
    """Median time for a draft of 150 words, faults and all, after a conversation of one turn."""
    sentence = (
        "Hi Maya, I looked at order 48213 this morning and the driver has it in Leeds with the other two boxes. "
        "I understand this is frustrating but we will call you shortly about the £30. "
    )
    text = " ".join((sentence * 6).split()[:150])
    spent = []
    for _ in range(200):
        began = time.perf_counter()
        check_wording(text, (), wording)
        spent.append(1000 * (time.perf_counter() - began))
    return round(statistics.median(spent), 2)


def _arguments() -> argparse.Namespace:
    ask = parser("drafts", __doc__, needs_data=True)
    ask.add_argument("--slices", default=TUNING, help="letters of the slices")
    return ask.parse_args()


if __name__ == "__main__":
    sys.exit(main())
