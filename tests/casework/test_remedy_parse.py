"""A remedies pack is whole, or refused with the place of the slip and how to mend it."""

import re
from datetime import UTC, date, datetime, timedelta
from string import Formatter

import pytest

from levelhead import packs
from levelhead.advising.table import PackError
from levelhead.casework.remedy_pack import PAYS, Measure, Register
from levelhead.casework.remedy_parse import parse_remedies
from tests.casework.remedying import LOCALES, british, text

NINE = {
    "not_arrived",
    "damaged",
    "wrong_item",
    "repeat_fault",
    "missed_visit",
    "overcharge",
    "outage",
    "delay",
    "data_mistake",
}
HOLLOW = re.compile(
    r"\b(unfortunately|policy|can't|cannot|gesture of goodwill|as soon as possible|must)\b|!", re.IGNORECASE
)


@pytest.mark.parametrize("locale", LOCALES)
def test_both_packs_know_the_same_wrongs_and_the_nine_that_every_house_knows(locale: str) -> None:
    pack = packs.remedies(locale)
    assert set(pack.wrongs) >= NINE
    assert [(key, [one.key for one in wrong.options]) for key, wrong in pack.wrongs.items()] == [
        (key, [one.key for one in wrong.options]) for key, wrong in british().wrongs.items()
    ]
    assert pack.currency.code == {"en-GB": "GBP", "en-US": "USD"}[locale]


@pytest.mark.parametrize("locale", LOCALES)
def test_every_sentence_is_short_plain_and_about_what_can_be_done(locale: str) -> None:
    said = [
        option.says[how]
        for wrong in packs.remedies(locale).wrongs.values()
        for option in wrong.options
        for how in Register
    ]
    assert [sentence for sentence in said if HOLLOW.search(sentence)] == []
    assert max(len(sentence.split()) for sentence in said) <= 26


@pytest.mark.parametrize("locale", LOCALES)
def test_a_customer_is_told_an_amount_only_where_they_are_given_money(locale: str) -> None:
    for wrong in packs.remedies(locale).wrongs.values():
        for option in wrong.options:
            gives = option.kind in PAYS and option.measure is not Measure.FREE
            for how in Register:
                slots = {name for _, name, _, _ in Formatter().parse(option.says[how])}
                assert ("amount" in slots) is gives, (wrong.key, option.key)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_law_says_where_it_stands_and_since_when_and_nobody_claims_to_have_looked(locale: str) -> None:
    pack = packs.remedies(locale)
    assert all("https://" in law.source and law.checked is None for law in pack.laws.values())
    used = {rule.law for wrong in pack.wrongs.values() for rule in wrong.owed}
    assert used <= set(pack.laws)


def test_a_pack_that_nobody_has_looked_at_for_a_year_is_old() -> None:
    pack = british()
    day = datetime.combine(pack.checked, datetime.min.time(), UTC)
    assert not pack.is_old(day + timedelta(days=300))
    assert pack.is_old(day + timedelta(days=366))


def test_a_law_holds_from_its_first_day_to_its_last() -> None:
    law = british().laws["visits"]
    assert not law.holds(date(2026, 3, 31))
    assert law.holds(date(2026, 4, 1))
    assert law.holds(date(2027, 3, 31))
    assert not law.holds(date(2027, 4, 1))


@pytest.mark.parametrize(
    ("was", "now", "place", "mend"),
    [
        ('code = "GBP"', 'code = "pounds"', r"currency\.code", "GBP"),
        ("one = 3000", "one = 30.0", r"limits\.agent\.one", "whole number"),
        ("one = 3000", "one = 99999", r"limits\.supervisor\.one", "raise it"),
        ("refund = 50000", "refund = 5", r"limits\.supervisor\.kinds\.refund", "raise it"),
        ("voice = 3", "voice = 0", r"requests\.voice", "whole number"),
        ('law = "visits"', 'law = "visit"', r"wrongs\.missed_visit\.owed\.visits\.law", r"laws\.visit"),
        ('options = ["compensation"]', 'options = ["compnsation"]', r"owed\.visits\.options", "compensation"),
        ('kind = "visit"', 'kind = "vist"', r"options\.next\.kind", "visit"),
        ("per_day = 200\ncap = 3000", "per_day = 200", r"delay\.options\.credit\.cap", "most"),
        ("share = 25", "share = 101", r"damaged\.options\.keep\.share", "100"),
        ("share = 25", "share = 25\nfixed = 3", r"damaged\.options\.keep", "exactly one"),
        ("free = true", "free = false", r"options\.\w+\.free", "amount"),
        ("I can give you back the full {amount} for {order}.", "I'll pay.", r"refund\.spoken", "amount"),
        ("I'll correct it everywhere now", "{name}, it is done", r"correct\.written", "{order}"),
        ("I'll correct it everywhere now", "I'll {correct it", r"correct\.written", "close it"),
        ('issues = ["wrong or fake item"]', 'issues = ["wrong item"]', r"wrong_item\.issues", "wrong or fake item"),
        ('causes = ["billing"]', 'causes = ["bill"]', r"overcharge\.causes", "billing"),
        ('starts = "2015-10-01"', 'starts = "October"', r"laws\.delivery\.starts", "2026-11-22"),
        ('ends = "2027-03-31"', 'ends = "2020-03-31"', r"laws\.visits\.ends", "later day"),
        ("month_days = 30", "month_days = 7", r"limits\.month_days", "28"),
        ('name = "Damaged"', 'nmae = "Damaged"', r"wrongs\.damaged\.name", "add it"),
        ('name = "Damaged"', 'name = "Damaged"\ncolour = "red"', r"wrongs\.damaged", "name"),
    ],
)
def test_a_slip_is_named_with_its_place_and_its_mend(was: str, now: str, place: str, mend: str) -> None:
    whole = text()
    assert was in whole
    with pytest.raises(PackError, match=rf"{place}.*{mend}"):
        parse_remedies(whole.replace(was, now, 1))


def test_a_wrong_with_one_free_option_alone_is_refused() -> None:
    only = re.sub(r"(?s)\[wrongs\.data_mistake\.options\.confirm\].*?\n\n", "", text())
    with pytest.raises(PackError, match=r"wrongs\.data_mistake\.options.*two are needed"):
        parse_remedies(only)


def test_what_is_no_toml_is_said_to_be_none() -> None:
    with pytest.raises(PackError, match="not TOML"):
        parse_remedies("remedies")
