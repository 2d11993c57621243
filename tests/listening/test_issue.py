"""What a conversation is about: said when it is clear, and not before."""

import json
from io import BytesIO

import numpy as np
import pytest

from levelhead import models
from levelhead.conversation import Advice, Cause, Heard, Reading, Timeline, Turn
from levelhead.listening.issue import DENSE, FIRST, LAST, WIDTH, Issues, spoken_of
from levelhead.listening.issues import ISSUES
from levelhead.listening.listen import listen
from tests.people import amira, mr_doyle, the_late_refund

READER = "the-reader"
VECTOR = np.zeros(WIDTH, dtype="<f4").tobytes()
LATE, TWICE = "late delivery", "charged twice"


def weights(*, threshold: float = 0.6) -> Issues:
    """Weights that know three words of the customer: late and parcel speak for one issue, twice for the other."""
    heads = {
        "cause": {"from": 0, "labels": ["delivery", "billing"], "threshold": threshold},
        "issue": {"from": 2, "labels": [LATE, TWICE], "threshold": threshold},
    }
    words = [(0, "late"), (0, "parcel"), (0, "twice")]
    told = {"reader": READER, "words": words, "heads": heads}
    for_late = [100, -100, 100, -100]
    table = np.array([for_late, for_late, [-one for one in for_late]], dtype=np.int8)
    file = BytesIO()
    np.savez(
        file,
        settings=np.array(json.dumps(told)),
        dense=np.zeros((DENSE, 4), dtype=np.int8),
        table=table,
        scales=np.full((2, 4), 0.02, dtype=np.float32),
        rare=np.ones(3, dtype=np.float32),
        bias=np.zeros(4, dtype=np.float32),
    )
    return Issues(file.getvalue())


def read(turn: Turn, model: str = READER) -> Heard:
    return Heard(turn, Reading("en", readable=True, vector=VECTOR, model=model), Advice({}))


def test_it_is_said_when_it_is_clear() -> None:
    about = weights().about(mr_doyle("My parcel is late.", 1), VECTOR, ())
    assert about.issue is not None
    assert about.cause is not None
    assert (about.issue.name, about.cause.name) == (LATE, "delivery")
    assert 0.6 <= about.issue.p <= 1.0


def test_it_is_not_said_while_anything_could_be_meant() -> None:
    assert weights().about(mr_doyle("Hello?", 1), VECTOR, ()) == (None, None)
    assert weights(threshold=0.999).about(mr_doyle("My parcel is late.", 1), VECTOR, ()) == (None, None)


def test_the_words_of_the_house_are_not_the_customers() -> None:
    assert weights().about(mr_doyle("No.", 2), VECTOR, (read(amira("Is your parcel late?", 1)),)) == (None, None)


def test_what_was_said_before_counts_too() -> None:
    before = (read(mr_doyle("My parcel is late.", 0)), read(amira("I see.", 1)))
    issue = weights().about(mr_doyle("Well?", 2), VECTOR, before).issue
    assert issue is not None
    assert issue.name == LATE


def test_turns_that_other_weights_have_read_are_left_out() -> None:
    before = (read(mr_doyle("My parcel is late.", 0), model="another-reader"),)
    assert weights().about(mr_doyle("Well?", 2), VECTOR, before) == (None, None)


def test_of_a_conversation_all_day_long_the_beginning_and_the_end_are_looked_at() -> None:
    so_far: Timeline = tuple(read(mr_doyle(f"turn {n}", n)) for n in range(500))
    texts = [one.text for one in spoken_of(mr_doyle("now", 500), VECTOR, so_far, READER)]
    assert texts == [f"turn {n}" for n in range(FIRST)] + [f"turn {500 - n}" for n in range(LAST - 1, 0, -1)] + ["now"]


def test_the_weights_beside_the_reader_speak_of_the_causes_and_issues_that_we_name() -> None:
    issues = models.load().issues
    assert issues is not None
    assert set(issues.labels["cause"]) == set(Cause)
    assert set(issues.labels["issue"]) == set(ISSUES)


@pytest.mark.parametrize("speaker", ["customer", "agent"])
def test_only_after_the_customers_words_it_is_said(speaker: str) -> None:
    text = "My account was hacked. Someone has changed the email and the password and I can't log in."
    turn = mr_doyle(text) if speaker == "customer" else amira(text)
    reading = listen(turn, (), reader=models.load())
    assert (reading.issue is not None) == (speaker == "customer")


def test_the_same_conversation_is_always_about_the_same() -> None:
    def about() -> list[object]:
        so_far: Timeline = ()
        for turn in the_late_refund():
            so_far = (*so_far, Heard(turn, listen(turn, so_far, reader=models.load()), Advice({})))
        return [(one.reading.cause, one.reading.issue) for one in so_far]

    assert about() == about()


def test_names_are_short_and_no_cause_is_without_one() -> None:
    assert all(len(name.split()) <= 7 and name == name.strip() for name in ISSUES)
    assert {cause for causes in ISSUES.values() for cause in causes} == set(Cause)
