"""Articles are found by the words of the issue and quoted in their own, with their source."""

from hypothesis import given
from hypothesis import strategies as st

from levelhead.casework.articles import MOST, article_of, found_in
from levelhead.casework.quoting import sentences

MISSED = article_of(
    "# Missed visits\n\nWhen an engineer misses a visit, book the next free slot and credit £30. Ring before noon.\n\n"
    "## Leaks\n\nA leaking **washing machine** is an emergency: the visit is within one working day.\n",
    "missed-visits.md",
)
BILLS = article_of("# Bills\n\nA wrong bill is corrected within five days.", "bills.md")


def test_the_passage_that_fits_is_quoted_with_title_and_source() -> None:
    (found,) = found_in([BILLS, MISSED], "My washing machine is leaking and nobody came")
    assert (found.title, found.source) == ("Missed visits", "missed-visits.md")
    assert found.quote == "A leaking washing machine is an emergency: the visit is within one working day."
    assert found.words == ("leaking", "machine", "washing")


def test_another_passage_for_another_matter() -> None:
    (found,) = found_in([BILLS, MISSED], "The engineer misses his visit again")
    assert found.quote.startswith("When an engineer misses a visit")


def test_one_word_is_not_enough_and_nothing_finds_nothing() -> None:
    assert found_in([BILLS, MISSED], "the washing") == ()
    assert found_in([], "My washing machine is leaking") == ()
    assert found_in([BILLS], "") == ()


def test_an_article_without_heading_is_called_by_its_source() -> None:
    assert article_of("Just words.", "a.md").title == "a.md"


@given(st.lists(st.text(max_size=200), max_size=4), st.text(max_size=100))
def test_whatever_is_written_what_is_quoted_stands_there(bodies: list[str], said: str) -> None:
    articles = [article_of(body, f"{place}.md") for place, body in enumerate(bodies)]
    found = found_in(articles, said)
    assert len(found) <= MOST
    for one in found:
        assert one.source in {article.source for article in articles}
        assert one.words
    assert sentences("") == ("",)
