import json
from pathlib import Path

import pytest

from benchmarks.card_verdicts import Item, check_verdicts, item_of
from benchmarks.cards import OWN, conversations, main
from tests.advising.talking import Talk

ITEM = Item("c-1", 3, "ask", "Ask once", "What happened?", None, ("0 customer: hello",))
SILENCE = Item("c-1", 4, "silent", "", "", "Nothing needs saying", ())


def kept(folder: Path, *rows: tuple[Item, str]) -> Path:
    file = folder / "cards.jsonl"
    lines = [
        json.dumps(
            {"hash": item.hash, "conversation": item.conversation, "n": item.n, "verdict": verdict, "reason": "."}
        )
        for item, verdict in rows
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_every_item_judged_and_none_harmful_holds(tmp_path: Path) -> None:
    verdicts = check_verdicts((ITEM, SILENCE), kept(tmp_path, (ITEM, "needless"), (SILENCE, "useful")))
    assert verdicts.hold
    assert verdicts.silent_and_right == 1


def test_an_item_without_a_verdict_does_not_hold(tmp_path: Path) -> None:
    assert check_verdicts((ITEM, SILENCE), kept(tmp_path, (ITEM, "useful"))).unjudged == ("c-1:4",)


def test_a_verdict_on_a_sentence_that_has_changed_does_not_hold(tmp_path: Path) -> None:
    said_now = Item("c-1", 3, "ask", "Ask once", "What went wrong?", None, ())
    verdicts = check_verdicts((said_now,), kept(tmp_path, (ITEM, "useful")))
    assert verdicts.changed == ("c-1:3",)
    assert not verdicts.hold


def test_a_harmful_card_does_not_hold(tmp_path: Path) -> None:
    assert check_verdicts((ITEM,), kept(tmp_path, (ITEM, "harmful"))).harmful == ("c-1:3",)


def test_a_verdict_of_another_word_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="none of useful, needless, harmful"):
        check_verdicts((ITEM,), kept(tmp_path, (ITEM, "fine")))


def test_without_a_file_nothing_is_judged(tmp_path: Path) -> None:
    assert check_verdicts((ITEM,), tmp_path / "none.jsonl").unjudged == ("c-1:3",)


def test_an_item_shows_the_judge_the_talk_so_far() -> None:
    talk = Talk()
    talk.customer("Where is my money?", "angry", 2, "asks_question")
    item = item_of(talk.timeline)
    assert item.transcript == ("0 customer: Where is my money?",)
    assert item.kind == "acknowledge"


def test_our_own_ten_conversations_run_to_their_end(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(conversations(OWN.parent, "own")) == 10
    assert main(["--data", str(OWN.parent), "--part", "own", "--gold", "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["sentence_repeated_in_a_conversation"] == 0
    assert report["silent_share_after_calm_customer_turns"] == 1.0
