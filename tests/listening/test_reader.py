"""The shipped weights, as they run."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from levelhead import models
from levelhead.conversation import Advice, Channel, Heard, Reading, Speaker, Turn
from levelhead.listening.reader import LONGEST, WIDTH


def said(text: str, n: int = 0, speaker: Speaker = Speaker.CUSTOMER) -> Turn:
    return Turn("a-call", n, speaker, text, Channel.VOICE)


def heard(turn: Turn, vector: bytes) -> Heard:
    return Heard(turn, Reading("en", readable=True, vector=vector, model=models.load().name), Advice({}))


def test_one_file_of_at_most_25_megabytes() -> None:
    assert (models.FOLDER / "reader.onnx").stat().st_size <= 25_000_000


def test_every_label_of_the_guide_gets_a_probability() -> None:
    reader = models.load()
    sight = reader.read(said("Where is my parcel?"), ())
    assert {name: len(p) for name, p in sight.p.items()} == {name: len(h.labels) for name, h in reader.heads.items()}
    for name, p in sight.p.items():
        assert all(0 <= one <= 1 for one in p)
        if reader.heads[name].one_of:
            assert sum(p) == pytest.approx(1.0)


def test_the_same_turn_gives_the_same_bits() -> None:
    reader = models.load()
    before = said("Sorry about that. Which order is it?", 0, Speaker.AGENT)
    so_far = (heard(before, reader.read(before, ()).vector),)
    first, again = (reader.read(said("I told you twice already", 1), so_far) for _ in range(2))
    assert first.p == again.p
    assert first.vector == again.vector
    assert np.array_equal(first.evidence, again.evidence)


def test_what_was_said_before_changes_the_reading() -> None:
    reader = models.load()
    asked = said("Shall I refund it or send a new one?", 0, Speaker.AGENT)
    alone = reader.read(said("the first one please", 1), ())
    after = reader.read(said("the first one please", 1), (heard(asked, reader.read(asked, ()).vector),))
    accepts = reader.heads["cues"].labels.index("accepts_offer")
    assert after.p["cues"][accepts] > alone.p["cues"][accepts]


def test_vectors_of_other_weights_are_not_mistaken_for_context() -> None:
    reader = models.load()
    asked = said("Shall I refund it or send a new one?", 0, Speaker.AGENT)
    old = Heard(asked, Reading("en", readable=True, vector=reader.read(asked, ()).vector, model="older"), Advice({}))
    new = heard(asked, reader.read(asked, ()).vector)
    unread = Heard(asked, Reading("en", readable=False), Advice({}))
    answer = said("the first one please", 1)
    assert reader.read(answer, (old,)).p == reader.read(answer, (unread,)).p != reader.read(answer, (new,)).p


def test_evidence_has_a_share_for_each_word() -> None:
    sight = models.load().read(said("I don't want another £20 voucher."), ())
    text = "I don't want another £20 voucher."
    words = [text[start:end] for start, end in sight.words]
    assert words == ["I", "don't", "want", "another", "£20", "voucher."]
    assert sight.evidence.shape[1] == len(words)


def test_a_very_long_mail_is_read_at_both_ends() -> None:
    text = "I am furious about this. " + "The boiler man said one thing and then another. " * 200 + "Refund me."
    sight = models.load().read(said(text), ())
    assert len(sight.words) <= LONGEST
    assert text[slice(*sight.words[0])] == "I"
    assert text[slice(*sight.words[-1])] == "me."


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    sight = models.load().read(said(text), ())
    assert len(sight.vector) == WIDTH * 4
    assert all(0 <= start < end <= len(text) for start, end in sight.words)


def test_several_turns_at_once_read_nearly_as_one_by_one() -> None:
    reader = models.load()
    turns = [said("It still doesn't work and I have called three times."), said("thanks, that's fixed it"), said("ok")]
    for one, together in zip(
        (reader.read(turn, ()) for turn in turns), reader.read_batch([(t, ()) for t in turns]), strict=True
    ):
        for head in one.p:
            assert together.p[head] == pytest.approx(one.p[head], abs=0.12)


def test_missing_weights_are_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(models.ModelMissing, match="is not in"):
        models.load(tmp_path)


def test_broken_weights_are_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "reader.onnx").write_bytes(b"not a network")
    (tmp_path / "tokenizer.json").write_bytes((models.FOLDER / "tokenizer.json").read_bytes())
    (tmp_path / "reader.json").write_text(json.dumps({"name": "x", "heads": {}}))
    with pytest.raises(models.ModelMissing, match="can't be used"):
        models.load(tmp_path)


def test_reading_never_imports_torch() -> None:
    code = "import sys; from levelhead import models; models.load(); print('torch' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
        == "False"
    )
