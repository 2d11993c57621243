"""The note pack is read whole or refused with the place and the mend; dispositions hold in their time."""

from datetime import date
from importlib.resources import files

import pytest

from levelhead import packs
from levelhead.advising.table import PackError
from levelhead.casework.note import Drafted, Outcome
from levelhead.casework.note_pack import parse_note_pack
from levelhead.listening.issues import ISSUES

TODAY = date(2026, 11, 22)
TEXT = files("levelhead.packs").joinpath("note.en-GB.toml").read_text(encoding="utf-8")
NOTHING = Drafted()


def about(issue: str | None, cause: str | None = None, outcome: Outcome = Outcome.SOLVED) -> Drafted:
    return Drafted(issue, cause, outcome=outcome)


@pytest.mark.parametrize("locale", ["en-GB", "en-US"])
def test_every_issue_has_a_disposition_that_proposes_it(locale: str) -> None:
    pack = packs.note(locale)
    assert pack.locale == locale
    assert not [issue for issue in ISSUES if pack.proposed(about(issue), TODAY) == pack.otherwise]


def test_the_issue_says_more_than_the_cause() -> None:
    pack = packs.note("en-GB")
    assert pack.proposed(about("account of someone who died", "billing"), TODAY) == "BEREAVEMENT"
    assert pack.proposed(about(None, "billing"), TODAY) == "BILLING"
    assert pack.proposed(NOTHING, TODAY) == "OTHER"


def test_a_code_that_is_over_is_proposed_no_longer_and_keeps_its_name() -> None:
    ended = TEXT.replace('[disposition.FRAUD]\nname = "Fraud or misuse"\nsince = "2026-01-01"', (
        '[disposition.FRAUD]\nname = "Fraud or misuse"\nsince = "2026-01-01"\nuntil = "2026-06-01"'))  # fmt: skip
    pack = parse_note_pack(ended)
    assert pack.proposed(about("fraud or scam"), TODAY) == "OTHER"
    assert pack.proposed(about("fraud or scam"), date(2026, 5, 31)) == "FRAUD"
    assert "FRAUD" not in [one.code for one in pack.choices(TODAY)]
    assert pack.named("FRAUD") == "Fraud or misuse"


@pytest.mark.parametrize(
    ("was", "instead", "named"),
    [
        ('quote = "“{words}”"', 'quote = "“words”"', "phrase.quote"),
        ('since = "2026-01-01"\nissues = ["late', 'since = "soon"\nissues = ["late', "disposition.DELIVERY.since"),
        ('"late delivery"', '"late parcel"', "disposition.DELIVERY.issues"),
        ('otherwise = "OTHER"', 'otherwise = "NOTHING"', "otherwise"),
        ('angry = "angry"\n', "", "feeling.angry"),
        ('version = "2026.3"', 'version = "2026.3"\nmood = "x"', "mood"),
    ],
)
def test_a_slip_is_named_with_its_mend(was: str, instead: str, named: str) -> None:
    assert was in TEXT
    with pytest.raises(PackError) as refused:
        parse_note_pack(TEXT.replace(was, instead, 1))
    assert named in str(refused.value)
