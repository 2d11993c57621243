"""The benchmark of notes counts what can be computed, and verdicts only while they are of the notes of today."""

import json
from pathlib import Path

import pytest

from benchmarks.note_verdicts import Item, check_verdicts
from benchmarks.notes import chosen, drafts, item_of, measure

ITEM = Item("c-1", "Done: “I've sent it”\n", "Delivery late or lost", ("0 agent: I've sent it",))
GOOD = {"invented": 0, "missing": 0, "useful": True, "reason": "All of it is there."}


def kept(folder: Path, *rows: dict[str, object]) -> Path:
    file = folder / "notes.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return file


def row(item: Item, **other: object) -> dict[str, object]:
    return {"hash": item.hash, "conversation": item.conversation} | GOOD | other


def test_verdicts_are_counted_while_the_note_is_the_one_that_was_judged(tmp_path: Path) -> None:
    file = kept(tmp_path, row(ITEM, invented=1, useful=False))
    told = check_verdicts((ITEM,), file)
    assert (told.judged, told.invented, told.missing, told.useful) == (1, 1, 0, 0.0)
    other = Item("c-1", "Done: nothing\n", "Delivery late or lost", ())
    assert (check_verdicts((other,), file).unjudged, check_verdicts((other,), file).changed) == (("c-1",), ("c-1",))


@pytest.mark.parametrize("wrong", [{"invented": -1}, {"useful": "yes"}, {"reason": ""}, {"missing": None}])
def test_a_verdict_that_says_less_than_asked_is_refused(tmp_path: Path, wrong: dict[str, object]) -> None:
    with pytest.raises(SystemExit):
        check_verdicts((ITEM,), kept(tmp_path, row(ITEM, **wrong)))


def test_our_own_conversations_are_quoted_truly_and_keep_their_promises() -> None:
    told = tuple(drafts(chosen(None, "own")[:3]))
    result = measure(told, judged=False)
    assert [bound["holds"] for bound in result["bounds"]][:2] == [True, True]
    assert result["verdicts"] is None
    shown = item_of(told[0]).as_row()
    assert set(shown) == {"hash", "conversation", "note", "disposition_proposed", "transcript", "rubric"}
