"""What the agent's side commits itself to, and what only sounds like it."""

from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.conversation import Advice, DueKind, Heard, Promise, Reading, Speaker
from levelhead.listening.promises import MOST_TIMES, promises_in
from tests.people import LONDON, amira, mr_doyle, turn


def heard(text: str, **known: object) -> tuple[Promise, ...]:
    return promises_in(amira(text, 0, **known))


def only(text: str) -> Promise:
    (promise,) = heard(text)
    return promise


def test_a_call_by_five_today_is_heard_with_who_what_and_when() -> None:
    promise = only("I'm sorry about that. I'll call you back with the engineer's slot by five today.")
    assert promise.who == "agent"
    assert promise.action == "call you back with the engineer's slot"
    assert promise.due_text == "by five today"
    assert promise.due == datetime(2025, 3, 6, 17, tzinfo=LONDON)
    assert promise.due_kind is DueKind.ABSOLUTE


def test_of_a_pasted_wall_of_times_only_the_first_are_looked_at() -> None:
    found = heard("I'll call you by noon. " * (MOST_TIMES + 40))
    assert len(found) == MOST_TIMES
    assert {promise.due_text for promise in found} == {"by noon"}


def test_the_span_is_the_due_words() -> None:
    text = "Right, we'll email you within 48 hours."
    promise = only(text)
    assert text[promise.span.start : promise.span.end] == promise.due_text == "within 48 hours"
    assert promise.due_kind is DueKind.RELATIVE


@pytest.mark.parametrize(
    ("text", "due_text"),
    [
        ("we'll have it with you by friday", "by friday"),
        ("i'm going to ring you tomorrow at eleven just to see how you are", "tomorrow at eleven"),
        ("You'll have it by noon tomorrow.", "by noon tomorrow"),
        ("You will hear from Dominic by close of business on Monday.", "by close of business on Monday"),
        ("you will hear from us in the next hour or two", "in the next hour or two"),
        ("3pm your time I'll call", "3pm your time"),
        ("Someone will call you within 24 hours.", "within 24 hours"),
        ("Let me speak to the depot and I'll text you before lunch.", "before lunch"),
        ("The engineer is booked for Thursday between 8 and 1.", "for Thursday between 8 and 1"),
        ("Refund of $412 in your card by Tuesday.", "by Tuesday"),
        ("The courier's on his way, with you by 4:50.", "by 4:50"),
        ("so by friday two o'clock you'll get your money", "by friday two o'clock"),
        ("I've asked the supplier to bring a full bottle by six tonight.", "by six tonight"),
        ("I guarantee it will be resolved before Saturday.", "before Saturday"),
        ("The 10.99 is back with you by Thursday. That everything?", "by Thursday"),
        ("You will be called before six today.", "before six today"),
        ("They'll unlock it or tell you why not within 24 hours.", "within 24 hours"),
        ("they'll release it the next working day", "the next working day"),
        ("Our closing desk's emailing it to her by half past three.", "by half past three"),
        ("there's a man bringing two heaters this morning", "this morning"),
        ("he's with you saturday between one and three", "saturday between one and three"),
        ("your car's ready two weeks from today i have the bay reserved", "two weeks from today"),
        ("Once it's paid we'll send it out by Friday.", "by Friday"),
        ("I'll call Dr. Reyes's office myself before noon today.", "before noon today"),
        ("I'll message you when she boards about nine fifteen", "about nine fifteen"),
        ("I'll text you when he's round from the sedation, by nine tonight.", "by nine tonight"),
        ("The full report will be with you and your lawyer by Friday, January 9.", "by Friday, January 9"),
        ("I'll reply by Friday 6 pm, yes or no, nobody will ask for money.", "by Friday 6 pm"),
        (
            "he's not carrying anything the lads bring it up and plug it in before lunch tomorrow",
            "before lunch tomorrow",
        ),
        ("Courier to you by eleven.", "by eleven"),
        ("it's been a mess so leave it with me till monday", "till monday"),
        ("We won't send this to collections before Monday.", "before Monday"),
        ("he's coming after you finish on tuesday at six", "on tuesday at six"),
        ("We're keeping the price until your wedding on the 24th.", "on the 24th"),
        ("I've asked Ken to hold the room for you until noon on Friday.", "until noon on Friday"),
        ("so the survey's tuesday", "tuesday"),
        ("you're down for it tuesday at nine", "tuesday at nine"),
        ("As promised the extender ships on the 19th.", "on the 19th"),
    ],
)
def test_a_commitment_in_other_words_is_heard_too(text: str, due_text: str) -> None:
    assert only(text).due_text == due_text


@pytest.mark.parametrize(
    "text",
    [
        "If it isn't there by Friday, call me.",
        "if it isn't there by friday call me",
        "I won't be able to ring you by five.",
        "I can't promise it will be there by Friday.",
        "I'll try to ring you by five.",
        "Shall I call you at five?",
        "When would you like us to call, tomorrow morning?",
        "We said we would call by five and we didn't.",
        "You were told it would come on Monday.",
        "You need to send the form by Friday.",
        "Please reply by noon tomorrow.",
        "We are open till six today.",
        "It was delivered at 3pm yesterday.",
        "Is there anything else I can help you with today?",
        "I'll put you on hold for two minutes.",
        "Give me two minutes while I check.",
        "i'm not going to promise you wednesday because i don't know it yet",
        "I'll let you get back to your day, enjoy the christening on Sunday!",
        "I should have given you a day instead of soon.",
        "Payment is due in 14 days.",
        "what's going on today",
        "The phones are ringing on a Saturday.",
        "Your brother's dropping it in Wednesday with the receipt.",
        "hold on i'll ring the nephew while you're there",
        "Or pay online and it comes tomorrow.",
        "Hopefully it'll turn up by the weekend.",
        "I'd love to tell you it'll be Monday.",
        "I was going to ring you at four and I forgot.",
        "There's no guarantee it lands before the 20th.",
        "Nobody will be able to look at it before Monday.",
        "Fingers crossed it's with you tomorrow.",
        "Our aim is to settle complaints within eight weeks.",
        "It should be with you soon.",
        "The next slot is the 22nd, shall I take it?",
        "Give me four minutes.",
        "We have two options: a van on Friday, or the full refund by tonight. Which would you like?",
    ],
)
def test_what_only_sounds_like_a_promise_is_none(text: str) -> None:
    assert heard(text) == ()


def test_a_call_on_a_condition_is_a_promise_without_a_due_time() -> None:
    promise = only("I'll call you if anything changes.")
    assert (promise.due, promise.due_text, promise.due_kind) == (None, "", DueKind.NONE)


@pytest.mark.parametrize("text", ["I'll ask them to call you.", "We'll have a specialist ring you."])
def test_word_that_somebody_else_is_asked_to_give_is_promised_too(text: str) -> None:
    assert only(text).due_kind is DueKind.NONE


def test_someone_will_be_in_touch_is_a_promise_of_nobody_at_no_time() -> None:
    promise = only("Fine, I'll log it. Someone will be in touch.")
    assert (promise.due, promise.due_kind) == (None, DueKind.NONE)
    assert promise.action == "someone will be in touch".capitalize()


def test_as_soon_as_possible_is_vague() -> None:
    promise = only("A manager will contact you as soon as possible.")
    assert (promise.due, promise.due_text, promise.due_kind) == (None, "as soon as possible", DueKind.VAGUE)


def test_two_commitments_in_one_turn_are_two_promises_in_order() -> None:
    first, second = heard("I'll post the form today. And I'll ring you on Monday at ten to go through it.")
    assert (first.due_text, second.due_text) == ("today", "on Monday at ten")


def test_the_words_that_commit_and_not_the_condition_give_the_due_time() -> None:
    assert only("i'll text you today as long as the photo is here by four").due_text == "today"


def test_a_customer_promises_nothing() -> None:
    assert promises_in(mr_doyle("I'll call you back by five today.")) == ()


def test_a_supervisor_s_promise_counts() -> None:
    assert promises_in(turn("I'll call you by five today.", speaker=Speaker.SUPERVISOR))


def test_without_a_started_at_the_promise_is_heard_but_never_due() -> None:
    (promise,) = heard("I'll call you by five today.", started_at=None)
    assert (promise.due, promise.due_text, promise.due_kind) == (None, "by five today", DueKind.ABSOLUTE)


def test_due_is_in_the_conversation_s_own_zone() -> None:
    sydney = ZoneInfo("Australia/Sydney")
    (promise,) = heard("I'll call you by five today.", started_at=datetime(2025, 6, 4, 14, 30, tzinfo=sydney))
    assert promise.due == datetime(2025, 6, 4, 17, tzinfo=sydney)
    assert promise.due.tzinfo is sydney


def test_time_counts_from_the_turn_and_not_from_the_start() -> None:
    (promise,) = heard("I'll email you within the hour.", at=1800.0)
    assert promise.due == datetime(2025, 3, 6, 12, 12, tzinfo=LONDON)


def test_what_the_reader_rules_out_is_no_promise() -> None:
    said = amira("I'll call you by five today.")
    assert promises_in(said, p_promise=0.001) == ()
    assert promises_in(said, p_promise=0.2) == promises_in(said)


def test_two_things_said_in_one_breath_are_two_promises() -> None:
    first, second = heard("It will be re-sent on Monday and reach you by 1pm on Tuesday.")
    assert (first.due_text, second.due_text) == ("on Monday", "by 1pm on Tuesday")
    assert second.action == "reach you"


def test_a_call_an_hour_before_a_visit_is_counted_from_the_end_of_its_window() -> None:
    call, visit = heard("he will pat'll ring you an hour before and he's with you saturday between one and three")
    assert visit.due == datetime(2025, 3, 8, 15, tzinfo=LONDON)
    assert call.due == datetime(2025, 3, 8, 14, tzinfo=LONDON)


def test_a_bare_time_is_a_promise_only_as_the_answer_to_when() -> None:
    answer = amira("The day after tomorrow, Thandi.", 1)
    asked = (Heard(mr_doyle("which day"), Reading("en", readable=False), Advice({})),)
    silent = (Heard(mr_doyle("fine"), Reading("en", readable=False), Advice({})),)
    assert [one.due_text for one in promises_in(answer, asked)] == ["The day after tomorrow"]
    assert promises_in(answer, silent) == ()


@pytest.mark.parametrize(
    ("text", "due_text"),
    [
        ("I'm dropping it through your door tonight on my way home, about 7.", "tonight on my way home, about 7"),
        ("i'll email you tonight before i knock off at eight", "tonight before i knock off at eight"),
    ],
)
def test_a_day_takes_the_clock_time_that_follows_a_few_words_later(text: str, due_text: str) -> None:
    promise = only(text)
    assert promise.due_text == due_text
    assert promise.due is not None
    assert promise.due.hour in (19, 20)


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Hi Anna, the refund goes back to you today.", "the refund goes back to you"),
        ("Good morning Mrs Doyle! Your parcel will reach you by noon.", "Your parcel will reach you"),
        ("lovely and your certificate goes back to you tonight", "your certificate goes back to you"),
        ("Great, and I'll call you by five today.", "call you"),
    ],
)
def test_an_action_begins_with_what_will_be_done(text: str, action: str) -> None:
    assert only(text).action == action


def test_a_slashed_date_is_read_as_the_country_writes_it() -> None:
    text = "The sofa will be delivered on 4/3."
    (british,) = heard(text, locale="en-GB")
    (american,) = heard(text, locale="en-US")
    assert british.due is None or british.due.month == 3
    assert american.due == datetime(2025, 4, 3, 17, 30, tzinfo=LONDON)


@given(st.text(max_size=300))
def test_no_turn_is_too_strange(text: str) -> None:
    heard(text)


PIECES = st.sampled_from(
    [
        "I'll call you",
        "by five today",
        "if it",
        "and",
        "we will",
        ". ",
        "within 48 hours",
        "someone'll be in touch",
        "soon",
    ]
)


@given(st.lists(PIECES, max_size=10).map(" ".join))
def test_spans_stand_in_the_text_and_never_overlap(text: str) -> None:
    found = heard(text)
    assert all(0 <= one.span.start < one.span.end <= len(text) for one in found)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))
