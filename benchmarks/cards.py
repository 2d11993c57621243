"""What cards come, turn by turn: `python -m benchmarks.cards --data DIR --part judged [--gold] [--format json]`.

Runs conversations through the advice and prints every turn with its card or why it was quiet, counts per kind, the
share of silent turns, and how alike the sentences are. Parts: train, validation, own (ten written for this purpose) and
judged (own, and ten of validation chosen by hash). `--gold` reads from the labels, else the shipped reader reads.
`--render N` prints N cards for reading aloud, `--emit-items` the items for a judge; with --part judged the verdicts
kept in benchmarks/verdicts/cards.jsonl are checked, and exit status 1 says that one is missing, stale or harmful.
"""

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks._asked import parser
from benchmarks.card_verdicts import Item, Verdicts, check_verdicts, item_of
from benchmarks.gold_readings import gold_turns
from levelhead import packs
from levelhead.advising.advise import advise
from levelhead.advising.likeness import likeness
from levelhead.channels.turns import turns_of_conversation
from levelhead.conversation import Heard, Timeline
from levelhead.listening.reader import Reader
from training.corpus import talks

OWN = Path(__file__).with_name("own_conversations.jsonl")
VERDICTS = Path(__file__).parent / "verdicts" / "cards.jsonl"
# Ten of validation by the smallest hash of their id: six written ones, four real ones, which are mostly two posts long.
JUDGED_WRITTEN, JUDGED_REAL = 6, 4
ALIKE = 0.5
Talk = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """One conversation with what was made of it."""

    talk: Talk
    timeline: Timeline


def main(argv: Sequence[str] | None = None) -> int:
    """Print what was asked for; 1 where a sentence is too like another or a verdict does not hold."""
    args = _arguments(argv)
    told = [Told(talk, timeline) for talk, timeline in _heard(conversations(args.data, args.part), gold=args.gold)]
    if args.emit_items:
        for item in items(told):
            print(json.dumps(item.as_row(), ensure_ascii=False))
        return 0
    if args.render:
        _render(told, args.render)
        return 0
    verdicts = check_verdicts(tuple(items(told)), VERDICTS) if args.part == "judged" else None
    report = summary(told, verdicts)
    if args.format == "json":
        print(json.dumps(report, indent=1, ensure_ascii=False))
    else:
        _print_conversations(told)
        _print_summary(report)
    return 0 if report["holds"] else 1


def conversations(data: Path, part: str) -> list[Talk]:
    """The labelled conversations of a part, as they stand in the corpus."""
    own = [json.loads(line) for line in OWN.read_text(encoding="utf-8").splitlines()]
    if part == "own":
        return own
    found = talks(data, "train" if part == "train" else "validation")
    if part == "judged":
        by_hash = sorted(found, key=lambda talk: hashlib.sha256(talk.id.encode()).hexdigest())
        written = [talk.raw for talk in by_hash if not talk.real][:JUDGED_WRITTEN]
        return own + written + [talk.raw for talk in by_hash if talk.real][:JUDGED_REAL]
    return [talk.raw for talk in found]


def items(told: Iterable[Told]) -> Iterator[Item]:
    """Every card, and every silent turn where somebody could have expected one."""
    for one in told:
        for place, heard in enumerate(one.timeline):
            if heard.advice.card is not None or _worth_judging(heard):
                yield item_of(one.timeline[: place + 1])


def summary(told: Sequence[Told], verdicts: Verdicts | None = None) -> dict[str, Any]:
    """Counts, the share of silence, and how alike the sentences are."""
    turns = [heard for one in told for heard in one.timeline]
    cards = [heard.advice.card for heard in turns if heard.advice.card is not None]
    calm = [heard for heard in turns if heard.reading.of_customer and not heard.reading.of_customer.intensity]
    repeated = sum(_repeats(one.timeline) for one in told)
    alike = _most_alike()
    holds = alike <= ALIKE and not repeated and (verdicts is None or verdicts.hold)
    return {
        "conversations": len(told),
        "without_a_card": sum(all(heard.advice.card is None for heard in one.timeline) for one in told),
        "turns": len(turns),
        "cards": len(cards),
        "silent_share": round(1 - len(cards) / max(len(turns), 1), 3),
        "silent_share_after_calm_customer_turns": round(
            sum(heard.advice.card is None for heard in calm) / max(len(calm), 1), 3
        ),
        "kinds": dict(Counter(str(card.kind) for card in cards).most_common()),
        "rules": dict(Counter(card.rule for card in cards).most_common()),
        "closed": dict(Counter(heard.advice.closed for heard in turns if heard.advice.closed).most_common()),
        "quiet": dict(Counter(_plain(heard.advice.quiet_because) for heard in turns if not heard.advice.card)),
        "sentence_repeated_in_a_conversation": repeated,
        "most_alike_of_a_kind": alike,
        "verdicts": verdicts.as_row() if verdicts else None,
        "holds": holds,
    }


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    ask = parser("cards", __doc__, needs_data=True)
    ask.add_argument("--part", choices=("train", "validation", "own", "judged"), default="judged")
    ask.add_argument("--gold", action="store_true", help="read from the labels instead of the shipped weights")
    ask.add_argument("--render", type=int, default=0, metavar="N", help="print N cards for reading aloud")
    ask.add_argument("--emit-items", action="store_true", help="one JSON line per item to judge")
    return ask.parse_args(argv)


def _heard(found: Sequence[Talk], *, gold: bool) -> Iterator[tuple[Talk, Timeline]]:
    for talk in found:
        yield talk, _by_labels(talk) if gold else _by_reader(talk)


def _by_labels(talk: Talk) -> Timeline:
    pack = packs.load(talk["locale"])
    so_far: Timeline = ()
    for line in gold_turns(talk):
        so_far = (*so_far, Heard(line.turn, line.reading, advise(line.turn, line.reading, so_far, pack)))
    return so_far


def _by_reader(talk: Talk) -> Timeline:
    # Only here: judging the labels' cards needs no weights.
    from levelhead import models  # noqa: PLC0415
    from levelhead.live.engine import hear_turn  # noqa: PLC0415

    reader, pack = _shipped(models.load), packs.load(talk["locale"])
    so_far: Timeline = ()
    for turn in turns_of_conversation(talk):
        so_far = (*so_far, hear_turn(turn, so_far, reader, pack))
    return so_far


@cache
def _shipped(load: Callable[[], Reader]) -> Reader:
    return load()


def _worth_judging(heard: Heard) -> bool:
    """A silent turn where the customer is clearly upset or says something weighty, or the agent slipped."""
    mood, agent = heard.reading.of_customer, heard.reading.of_agent
    if mood is not None:
        weighty = {
            "asks_supervisor",
            "vulnerable",
            "self_harm",
            "threatens_exposure",
            "rejects_offer",
            "still_unresolved",
        }
        return (mood.intensity >= 2 and mood.emotion != "satisfied") or bool(weighty & set(heard.reading.fired))
    return agent is not None and any(str(fault) in heard.reading.fired for fault in agent.faults)


def _repeats(timeline: Timeline) -> int:
    said = Counter(heard.advice.card.say for heard in timeline if heard.advice.card)
    return sum(count - 1 for count in said.values())


def _most_alike() -> float:
    pairs = (
        likeness(one.say, other.say)
        for locale in ("en-GB", "en-US")
        for one, other in combinations(packs.load(locale).phrases, 2)
        if one.kind is other.kind
    )
    return round(max(pairs), 3)


def _plain(reason: str | None) -> str:
    return "".join("N" if letter.isdigit() else letter for letter in reason or "").replace("NN", "N").replace("NN", "N")


def _print_conversations(told: Iterable[Told]) -> None:
    for one in told:
        print(f"\n=== {one.talk['id']} ({one.talk['channel']}, {one.talk['locale']}): {one.talk.get('brief', '')}")
        for heard in one.timeline:
            print(_line(heard))
            for line in _advice_lines(heard):
                print(f"      {line}")


def _line(heard: Heard) -> str:
    at = "" if heard.turn.at is None else f" {heard.turn.at:g}s"
    mood = heard.reading.of_customer
    strength = f" {mood.intensity}" if mood else ""
    return f"{heard.turn.n:>3}{at} {heard.turn.speaker}: {heard.turn.text}\n      [{' '.join(heard.reading.fired)}{strength}]"


def _advice_lines(heard: Heard) -> Iterator[str]:
    advice = heard.advice
    if advice.closed:
        yield f"(card {advice.closed})"
    if advice.card is None:
        yield f"- quiet: {advice.quiet_because}"
        return
    yield f"# {advice.card.kind.upper()}: {advice.card.title}"
    yield f"# “{advice.card.say}”"
    for reason in advice.card.because:
        yield f"#  because turn {reason.turn}, {reason.rule}: {reason.words}"


def _print_summary(report: Mapping[str, Any]) -> None:
    print()
    for name, value in report.items():
        print(f"{name:>40}: {json.dumps(value, ensure_ascii=False)}")


def _render(told: Sequence[Told], count: int) -> None:
    """Cards spread over all conversations by hash, each with the few turns before it."""
    places = [(one, i) for one in told for i, heard in enumerate(one.timeline) if heard.advice.card]
    places.sort(key=lambda place: hashlib.sha256(f"{place[0].talk['id']}:{place[1]}".encode()).hexdigest())
    for one, i in places[:count]:
        print(f"\n--- {one.talk['id']} ({one.talk['channel']})")
        for heard in one.timeline[max(0, i - 2) : i + 1]:
            print(f"{heard.turn.speaker}: {heard.turn.text}")
        for line in _advice_lines(one.timeline[i]):
            print(f"   {line}")


if __name__ == "__main__":
    sys.exit(main())
