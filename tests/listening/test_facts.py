"""Facts are the very words, and what is no fact is left alone."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.conversation import FactKind, Speaker
from levelhead.listening.facts import facts_in


def of(kind: FactKind, text: str, locale: str = "en-GB", speaker: Speaker = Speaker.CUSTOMER) -> list[str]:
    return [fact.value for fact in facts_in(text, speaker, locale) if fact.kind is kind]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("order 113-88204, a bag of rice", "113-88204"),
        ("My order number is TKX-0098812", "TKX-0098812"),
        ("order no: 4471 please", "4471"),
        ("Order #88213?", "88213"),
        ("the order number is four four seven one", "4471"),
    ],
)
def test_an_order_number_is_what_is_called_one(text: str, value: str) -> None:
    assert of(FactKind.ORDER_NUMBER, text) == [value]


@pytest.mark.parametrize("text", ["I ordered 3 pizzas", "order 2 of them", "in order 2024 style", "an order of £4500"])
def test_a_count_is_no_order_number(text: str) -> None:
    assert of(FactKind.ORDER_NUMBER, text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("policy RT-118-4402", "RT-118-4402"),
        ("my claim number is HC/20714", "HC/20714"),
        ("acct 4410 2236 thanks", "4410 2236"),
        ("it's in CMP-30918", "CMP-30918"),
        ("case number is five five six one", "5561"),
        ("sent to the Visa ending 0931", "0931"),
        ("the account ending two zero four", "204"),
        ("the flight ID is 446", "446"),
        ("Sorry, but the flight with id '427' is not available", "427"),
        ("offer number 4418920", "4418920"),
        ("CD 882 190 447", "CD 882 190 447"),
    ],
)
def test_a_reference_is_named_or_looks_like_one(text: str, value: str) -> None:
    assert of(FactKind.REFERENCE, text) == [value]


@pytest.mark.parametrize(
    "text", ["my phone number is 07700 900123", "it was flight 3 hours late", "ending 20% of them", "R 3 918 was taken"]
)
def test_a_number_to_call_a_count_or_money_is_no_reference(text: str) -> None:
    assert of(FactKind.REFERENCE, text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("you charged me £15 twice", "£15"),
        ("I paid $1,299.99", "$1299.99"),
        ("it was 20 pounds", "£20"),
        ("it was one fifty quid", "one fifty quid"),
        ("two hundred and fourteen pounds", "£214"),
        ("thirty eight hundred dollars", "$3800"),
        ("45 quid gone", "£45"),
        ("seventy-four quid a month", "£74"),
        ("Rs 2,000 was taken", "Rs 2000"),
        ("Rs. 21,36,540 closed it", "Rs 2136540"),
        ("VAT (EUR 412,00)", "€412.00"),
        ("thirty eight hundred bucks", "$3800"),
        ("a hundred and eighty four euro", "€184"),
        ("four thousand rand before I even see it", "R4000"),
        ("only 80p left", "80p"),
        ("to pay 48.17 for a box", "48.17"),
        ("the bill says eleven ninety nine", "eleven ninety nine"),
        ("total interest is R3 918.44", "R3918.44"),
    ],
)
def test_an_amount_is_read_with_its_currency(text: str, value: str) -> None:
    assert of(FactKind.AMOUNT, text, "en-US" if "$" in value else "en-GB") == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("since 12 May it's dead", "12 May"),
        ("on the fourteenth of july", "the fourteenth of july"),
        ("july seventeen it's on your paper", "july seventeen"),
        ("you said 04/03/2025", "04/03/2025"),
        ("it was due last Tuesday", "last Tuesday"),
        ("three weeks ago", "three weeks ago"),
        ("I need it by tomorrow", "tomorrow"),
        ("until the 14th so you have time", "the 14th"),
        ("check out the 14th?", "the 14th"),
        ("by 10am on Thursday 14 August", "Thursday 14 August"),
        ("it was fine until thurs", "thurs"),
    ],
)
def test_a_date_is_kept_in_its_words(text: str, value: str) -> None:
    assert of(FactKind.DATE, text) == [value]


@pytest.mark.parametrize(
    "text", ["it may be 3 of them", "march up there", "part 1/2", "sat down in the sun", "the 3rd call"]
)
def test_a_word_that_only_sounds_like_a_date_is_none(text: str) -> None:
    assert of(FactKind.DATE, text) == []


def test_today_counts_from_the_customer_and_not_in_a_greeting() -> None:
    assert of(FactKind.DATE, "I need it today") == ["today"]
    assert of(FactKind.DATE, "How can I help you today?", speaker=Speaker.AGENT) == []
    assert of(FactKind.DATE, "That's all I needed today.") == []
    assert of(FactKind.DATE, "I will request it today.", speaker=Speaker.AGENT) == ["today"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("it said 10:42", "10:42"),
        ("before 5pm please", "5pm"),
        ("at half past nine", "half past nine"),
        ("four in the morning chip", "four in the morning"),
        ("nine a m at my house", "nine a m"),
        ("by eleven o'clock", "eleven o'clock"),
        ("doors are at 7 im on the train", "7"),
        ("he's there til nine i'm putting a hold on it", "nine"),
        ("scanned at five fifty two this morning", "five fifty two"),
        ("a text by seven thirty saying whether it worked", "seven thirty"),
        ("they close at 4. Or pay online", "4"),
    ],
)
def test_a_time_of_day_is_kept_in_its_words(text: str, value: str) -> None:
    assert of(FactKind.TIME, text) == [value]


@pytest.mark.parametrize("text", ["at one shop", "by two of them", "at 5% off", "before one more week", "at 4.5 stars"])
def test_a_count_is_no_time_of_day(text: str) -> None:
    assert of(FactKind.TIME, text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("deliver to LS6 2AB", "LS6 2AB"),
        ("my postcode is ls6 2ab", "ls6 2ab"),
        ("I live in Leeds", "Leeds"),
        ("i am calling from croydon about a bill", "croydon"),
        ("forty one banksia parade just past the school", "forty one banksia parade"),
        ("it's 14 Acacia Close", "14 Acacia Close"),
        ("I went to the Murfreesboro store", "Murfreesboro store"),
        ("We'd like to host it at the West Bay Venue", "West Bay Venue"),
        ("the counter on jfk boulevard tonight", "jfk boulevard"),
        ("i fly out of houston", "houston"),
        ("Is it warmer in Chicago?", "Chicago"),
    ],
)
def test_a_place_is_kept(text: str, value: str) -> None:
    assert of(FactKind.PLACE, text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "in May",
        "in English please",
        "the store is shut",
        "two lanes in the road",
        "in the app",
        "see our Help Center",
        "on the street",
        "in Urdu",
    ],
)
def test_what_is_no_place_is_left_alone(text: str) -> None:
    assert of(FactKind.PLACE, text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("My name is Maya Osei and I'm waiting", "Maya Osei"),
        ("my name is denise kowalczyk k o w a l c z y k", "denise kowalczyk"),
        ("hello this is Tom in faults", "Tom"),
        ("this is farzana speaking", "farzana"),
        ("I'm Tyler Jones.", "Tyler Jones"),
        ("Please reply.\n\nKind regards,\nHelen Marsh", "Helen Marsh"),
        ("Hi Zanele, Nomsa here.", "Nomsa"),
        ("customer accounts dean speaking", "dean"),
        ("thanks for calling cascadia air this is ramon how can I help", "ramon"),
        ("I'm Angela.", "Angela"),
        ("I've attached it.\n\nLindiwe", "Lindiwe"),
        ("Tomorrow 6pm. ^Rosa", "Rosa"),
    ],
)
def test_a_name_is_what_someone_gives_as_theirs(text: str, value: str) -> None:
    assert of(FactKind.NAME, text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "this is ridiculous",
        "This is Ridiculous",
        "I'm British",
        "it's Friday",
        "I'm so fed up",
        "THIS IS OUTRAGEOUS",
        "my name is on the account",
        "Kind regards,\nCustomer Support Team",
        "her name's Inez",
        "my friend John is coming",
        "We're here to help",
        "More here: <url>",
        "I'm Deaf.",
        "All done.\n\nOperations Manager",
    ],
)
def test_what_is_no_name_is_left_alone(text: str) -> None:
    assert of(FactKind.NAME, text) == []


@pytest.mark.parametrize("text", ["her name's Inez", "the manager's Inez", "Ask for Inez."])
def test_a_colleague_named_by_our_side_is_a_name_and_whom_the_customer_names_is_not_theirs(text: str) -> None:
    assert of(FactKind.NAME, text, speaker=Speaker.AGENT) == ["Inez"]
    assert of(FactKind.NAME, text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("I've restarted it twice", "restarted it twice"),
        ("I've called three times", "called three times"),
        ("already reset the router and nothing", "already reset the router"),
        ("Tried it on another computer, same", "Tried it on another computer"),
        ("i've rung twice already", "rung twice"),
        ("I've called you guys five times", "called you guys five times"),
        ("I looked under Documents", "looked under Documents"),
        ("I have uploaded this already on 28 July", "uploaded this already"),
    ],
)
def test_what_was_tried_is_kept(text: str, value: str) -> None:
    assert of(FactKind.TRIED, text) == [value]


@pytest.mark.parametrize(
    "text",
    ["have you tried it?", "if I restarted it would it help", "I tried to be nice", "he called me a liar", "I called"],
)
def test_what_was_not_tried_is_left_alone(text: str) -> None:
    assert of(FactKind.TRIED, text) == []


def test_an_agent_has_tried_nothing() -> None:
    assert of(FactKind.TRIED, "I've restarted it twice", speaker=Speaker.AGENT) == []


def test_a_placeholder_is_never_part_of_a_fact() -> None:
    text = "my name is [password], order [card number], I'm at [one-time code] 5pm"
    assert [fact.value for fact in facts_in(text, Speaker.CUSTOMER, "en-GB")] == ["5pm"]


words = st.sampled_from(
    re.findall(
        r"\S+|\n",
        "my name is Maya order 4471 £15 20 pounds in Leeds on 12 May at 5pm LS6 2AB I've restarted it twice . , ? \n "
        "today policy HC/20714 [card number] 👍 four four seven one quid this is",
    )
)


@given(st.lists(words, max_size=25).map(" ".join), st.sampled_from(Speaker))
def test_spans_are_the_words_in_order_and_never_overlap(text: str, speaker: Speaker) -> None:
    facts = facts_in(text, speaker, "en-GB")
    assert all(0 <= fact.span.start < fact.span.end <= len(text) for fact in facts)
    assert all(left.span.end <= right.span.start for left, right in pairwise(facts))
    for fact in facts:
        words_of = text[fact.span.start : fact.span.end]
        assert "card number" not in words_of
        if fact.kind not in (FactKind.AMOUNT, FactKind.ORDER_NUMBER, FactKind.REFERENCE):
            assert fact.value == words_of
