"""What may be done with a turn follows from what was said, and from what the tenant settled for when nothing was."""

from itertools import product

import pytest

from levelhead import packs
from levelhead.privacy.consent import NOT_KEPT, Consent, ConsentAnswer, ConsentRules, Gate, Purpose, gate, without_words
from levelhead.privacy.notices import WrongNotices, parse_notices
from tests.people import mr_doyle

GIVEN, REFUSED, WITHDRAWN, UNKNOWN = ConsentAnswer


@pytest.mark.parametrize("no", [REFUSED, WITHDRAWN])
@pytest.mark.parametrize("purpose", Purpose)
def test_a_no_holds_whatever_the_tenant_settled(purpose: Purpose, no: ConsentAnswer) -> None:
    said = Consent({purpose: no})
    assert not said.allows(purpose, ConsentRules())


@pytest.mark.parametrize("purpose", Purpose)
def test_nobody_asked_is_what_the_tenant_settled(purpose: Purpose) -> None:
    assert Consent().allows(purpose, ConsentRules())
    assert not Consent().allows(purpose, ConsentRules(unasked=frozenset()))
    assert Consent({purpose: GIVEN}).allows(purpose, ConsentRules(unasked=frozenset()))


@pytest.mark.parametrize(
    ("transcription", "analysis", "keeps_unread", "open_to"),
    [
        (GIVEN, GIVEN, False, (True, True)),
        (GIVEN, REFUSED, True, (True, False)),
        (GIVEN, REFUSED, False, (False, False)),
        (REFUSED, GIVEN, True, (False, False)),
        (WITHDRAWN, GIVEN, True, (False, False)),
        (UNKNOWN, UNKNOWN, True, (True, True)),
    ],
)
def test_words_are_kept_and_read_by_separate_consent(
    transcription: ConsentAnswer, analysis: ConsentAnswer, keeps_unread: bool, open_to: tuple[bool, bool]
) -> None:
    said = Consent({Purpose.TRANSCRIPTION: transcription, Purpose.ANALYSIS: analysis, Purpose.RECORDING: REFUSED})
    assert gate(said, ConsentRules(keeps_unread=keeps_unread)) == Gate(False, *open_to)


def test_nothing_is_ever_read_that_may_not_be_kept() -> None:
    for answers in product(ConsentAnswer, repeat=3):
        for unasked, keeps in product((frozenset(Purpose), frozenset[Purpose]()), (True, False)):
            open_to = gate(Consent(dict(zip(Purpose, answers, strict=False))), ConsentRules(unasked, keeps))
            assert open_to.keeps_words or not open_to.reads


def test_without_words_a_turn_says_only_that_somebody_spoke() -> None:
    silent = without_words(mr_doyle("I live in Leeds.", 3))
    assert (silent.text, silent.customer, silent.n, silent.at) == (NOT_KEPT, None, 3, 60.0)


@pytest.mark.parametrize("locale", ["en-GB", "en-US", "en-IE"])
def test_there_are_words_to_tell_and_to_ask_for_every_purpose(locale: str) -> None:
    notices = packs.notices(locale)
    assert set(notices.told) == set(notices.asked) == set(Purpose)
    assert all(words.endswith("?") for words in notices.asked.values())
    assert "!" not in "".join((*notices.told.values(), *notices.asked.values(), notices.rights))


def test_notices_that_leave_a_purpose_out_are_refused() -> None:
    with pytest.raises(WrongNotices, match="transcription"):
        parse_notices('version = "1"\nlocale = "en-GB"\nrights = ""\n[told]\nrecording = ""\n[asked]\n')
