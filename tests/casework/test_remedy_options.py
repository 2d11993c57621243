"""Two or three options: the same for the same case, one of them grantable, and none above anyone's authority."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead import packs
from levelhead.casework.remedy_options import Authority, Case, Facts, Option, options_for
from levelhead.casework.remedy_pack import FactNeeded, Register
from levelhead.people.person import Role
from tests.casework.remedying import LOCALES, british, options

WRONGS = tuple(british().wrongs)
GRANTING = st.sampled_from((Role.AGENT, Role.SUPERVISOR))
facts = st.builds(
    Facts,
    delivered=st.none() | st.booleans(),
    days_late=st.none() | st.integers(0, 400),
    amount=st.none() | st.integers(0, 10**6),
    order=st.sampled_from(("", "48213")),
)
KEYS = sorted({option.key for wrong in british().wrongs.values() for option in wrong.options})
cases = st.builds(
    Case,
    wrong=st.sampled_from(WRONGS),
    facts=facts,
    today=st.dates(date(2026, 1, 1), date(2028, 1, 1)),
    spent=st.integers(0, 10**5),
    declined=st.frozensets(st.sampled_from(KEYS)),
    precedents=st.none() | st.dictionaries(st.sampled_from(KEYS), st.integers(1, 9)),
)


def keys(found: tuple[Option, ...]) -> list[str]:
    return [option.key for option in found]


@given(cases, GRANTING, st.sampled_from(Register), st.sampled_from(LOCALES))
def test_there_are_two_or_three_and_one_can_be_granted_at_once(
    case: Case, role: Role, register: Register, locale: str
) -> None:
    found = options_for(packs.remedies(locale), case, role, register)
    assert 2 <= len(found) <= 3
    assert any(option.authority is Authority.GRANT for option in found)
    assert len(set(keys(found))) == len(found)


@given(cases, GRANTING, st.sampled_from(Register), st.sampled_from(LOCALES))
def test_nothing_above_authority_is_ever_grantable(case: Case, role: Role, register: Register, locale: str) -> None:
    pack = packs.remedies(locale)
    for option in options_for(pack, case, role, register):
        cost = option.cost.minor if option.cost else 0
        limits, above = pack.limits[role], pack.limits[Role.SUPERVISOR]
        one = limits.kinds.get(option.kind, limits.one)
        if option.authority is Authority.GRANT:
            assert cost == 0 or (cost <= one and case.spent + cost <= limits.month)
        else:
            assert role is Role.AGENT
            assert cost > one or case.spent + cost > limits.month
            assert cost <= above.kinds.get(option.kind, above.one)
            assert case.spent + cost <= above.month


@given(cases, GRANTING, st.sampled_from(Register), st.sampled_from(LOCALES))
def test_money_is_whole_minor_units_of_the_packs_currency(
    case: Case, role: Role, register: Register, locale: str
) -> None:
    pack = packs.remedies(locale)
    for option in options_for(pack, case, role, register):
        if option.cost is not None:
            assert type(option.cost.minor) is int
            assert option.cost.minor > 0
            assert option.cost.currency == pack.currency.code


@given(cases, st.randoms())
def test_equal_cases_get_equal_options(case: Case, shuffled: object) -> None:
    again = dict(case.precedents or {})
    names = sorted(again)
    shuffled.shuffle(names)  # type: ignore[attr-defined]
    same = replace(case, precedents={name: again[name] for name in names} or None)
    pack = british()
    assert options_for(pack, case, Role.AGENT, Register.SPOKEN) == options_for(pack, same, Role.AGENT, Register.SPOKEN)


@given(cases)
def test_who_asks_and_how_it_is_said_changes_nothing_of_what_is_offered(case: Case) -> None:
    pack = british()
    mine = options_for(pack, case, Role.AGENT, Register.SPOKEN)
    theirs = options_for(pack, case, Role.SUPERVISOR, Register.WRITTEN)
    assert [(one.key, one.cost, one.law) for one in mine] == [(one.key, one.cost, one.law) for one in theirs]


@given(cases)
def test_no_sentence_has_an_empty_place(case: Case) -> None:
    for option in options_for(british(), case, Role.AGENT, Register.WRITTEN):
        assert not set("{}") & set(option.sentence)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.TRAINER, Role.ANALYST, Role.ADMIN])
def test_who_talks_to_nobody_is_offered_nothing(role: Role) -> None:
    assert options(role=role) == ()


def test_what_this_team_granted_for_the_same_wrong_comes_first_and_says_how_often() -> None:
    first, *_ = options("not_arrived", Facts(amount=4500), precedents={"postage": 3, "refund": 1})
    assert (first.key, first.precedents) == ("postage", 3)
    assert keys(options("not_arrived", Facts(amount=4500), precedents={"postage": 1, "refund": 2}))[:2] == [
        "refund",
        "postage",
    ]


def test_without_a_precedent_what_is_owed_comes_before_goodwill() -> None:
    late = Facts(delivered=False, days_late=5, amount=4500)
    first, *rest = options("not_arrived", late)
    assert first.key == "refund"
    assert first.law is not None
    assert first.law.key == "delivery"
    assert all(option.law is None for option in rest)


@pytest.mark.parametrize(
    "known",
    [
        Facts(days_late=5, amount=4500),
        Facts(delivered=True, days_late=5, amount=4500),
        Facts(delivered=False, amount=4500),
        Facts(delivered=False, days_late=0, amount=4500),
    ],
)
def test_nothing_is_said_to_be_owed_on_facts_that_nobody_gave(known: Facts) -> None:
    assert [option.law for option in options("not_arrived", known)] == [None] * 3


def test_a_law_that_is_over_owes_nothing_any_more() -> None:
    (owed,) = [option for option in options("missed_visit") if option.law]
    assert (owed.key, owed.cost and owed.cost.minor) == ("compensation", 3231)
    assert [option.law for option in options("missed_visit", today=date(2027, 4, 1))] == [None] * 3


def test_what_an_amount_hangs_on_is_asked_for_and_until_then_nothing_is_guessed() -> None:
    assert keys(options("refund_missing")) == ["chase", "credit", "confirm"]
    wrong = british().wrongs["not_arrived"]
    assert Facts(days_late=3).missing(wrong.needs) == (FactNeeded.DELIVERED, FactNeeded.AMOUNT)


def test_each_day_after_those_that_count_not_is_paid_up_to_the_most() -> None:
    def paid(days: int) -> int | None:
        found = options("outage", Facts(days_late=days), Role.SUPERVISOR)
        return next((one.cost.minor for one in found if one.key == "days" and one.cost), None)

    assert [paid(days) for days in (0, 2, 3, 10)] == [None, None, 1034, 8272]
    assert (
        options("outage", Facts(days_late=400), Role.SUPERVISOR)[0].key != "days"
    )  # Above what anybody here may grant.


def test_a_refund_above_ones_authority_is_asked_for_and_a_smaller_one_is_granted() -> None:
    def authority(amount: int, spent: int = 0) -> Authority | None:
        found = options("refund_missing", Facts(amount=amount), spent=spent)
        return next((one.authority for one in found if one.key == "send"), None)

    assert authority(10_000) is Authority.GRANT
    assert authority(10_001) is Authority.ASK
    assert authority(10_000, spent=5_001) is Authority.ASK
    assert authority(50_001) is None


def test_what_somebody_said_no_to_is_not_proposed_again() -> None:
    assert "refund" not in keys(options("damaged", Facts(amount=20_000), without=frozenset({"refund"})))


def test_what_the_customer_did_not_want_makes_room_for_the_next() -> None:
    known = Facts(amount=4_500)
    shown = keys(options("not_arrived", known))
    after = keys(options("not_arrived", known, declined=frozenset(shown[:1])))
    assert after[:2] == shown[1:]
    assert after[2] not in shown
    everything = frozenset(option.key for option in british().wrongs["not_arrived"].options)
    assert keys(options("not_arrived", known, declined=everything)) == shown


def test_the_sentence_names_the_amount_and_the_order_where_they_were_given() -> None:
    known = Facts(delivered=False, days_late=2, amount=4550, order="48213")
    first, *_ = options("not_arrived", known)
    assert first.sentence == "I can give you back the full £45.50 for order 48213. Shall I do that?"
    assert "for your order" in options("not_arrived", replace(known, order=""))[0].sentence
    assert options("not_arrived", known, register=Register.WRITTEN)[0].sentence.startswith("I can refund")
