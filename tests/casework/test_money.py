"""Money is whole minor units: it is read, shared and written without a fraction."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.casework.money import LARGEST, Currency, share_of

POUNDS = Currency("GBP", "£")
YEN = Currency("JPY", "¥", 0)


@pytest.mark.parametrize(
    ("text", "minor"),
    [("£4.99", 499), ("4.9", 490), ("30", 3000), ("£1,299.99", 129999), ("GBP 12", 1200), ("0", 0), ("£ 5", 500)],
)
def test_an_amount_is_read_in_pence(text: str, minor: int) -> None:
    assert POUNDS.read(text) == minor


@pytest.mark.parametrize("text", ["$4.99", "", "four pounds", "-3", "4.999", "£", "99999999", "4.", "1e3", "٣"])
def test_what_is_no_amount_of_this_currency_is_none(text: str) -> None:
    assert POUNDS.read(text) is None


def test_a_currency_without_small_change_has_no_point() -> None:
    assert (YEN.read("¥500"), YEN.read("5.5"), YEN.written(500)) == (500, None, "¥500")


@given(st.integers(0, LARGEST))
def test_what_is_written_is_read_back(minor: int) -> None:
    assert POUNDS.read(POUNDS.written(minor)) == minor


@given(st.integers(0, LARGEST), st.integers(1, 100))
def test_a_share_is_whole_and_never_more_than_all_of_it(minor: int, percent: int) -> None:
    share = share_of(minor, percent)
    assert isinstance(share, int)
    assert 0 <= share <= minor
    assert abs(share * 100 - minor * percent) <= 50


@pytest.mark.parametrize("locale", ["de", "es"])
def test_money_is_written_as_the_language_writes_it(locale: str) -> None:
    euros = Currency("EUR", "€", 2, locale)
    assert euros.written(129990) == "1299,90\N{NO-BREAK SPACE}€"
    assert euros.written(1299990) == "12.999,90\N{NO-BREAK SPACE}€"
    assert [euros.read(text) for text in ("1.299,90", "64.90 €", "30", "1.299")] == [129990, 6490, 3000, 129900]


@given(st.integers(0, LARGEST), st.sampled_from(["de", "es"]))
def test_what_is_written_in_euros_is_read_back(minor: int, locale: str) -> None:
    euros = Currency("EUR", "€", 2, locale)
    assert euros.read(euros.written(minor)) == minor
