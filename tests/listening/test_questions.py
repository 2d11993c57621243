"""Questions are heard with and without question marks, and stay open until something answers them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.conversation import Advice, Channel, Heard, Reading, Speaker, Timeline, Turn
from levelhead.listening.questions import open_questions, questions_in


def texts(text: str) -> list[str]:
    return [question.text for question in questions_in(text)]


def talk(*spoken: str) -> Timeline:
    """A conversation that the customer begins; the agent has every second turn."""
    heard = []
    for n, text in enumerate(spoken):
        speaker = Speaker.AGENT if n % 2 else Speaker.CUSTOMER
        turn = Turn("the-late-refund", n, speaker, text, Channel.CHAT)
        found = questions_in(text) if speaker is Speaker.CUSTOMER else ()
        heard.append(Heard(turn, Reading("en", readable=True, questions=found), Advice({})))
    return tuple(heard)


def still_open(*spoken: str) -> list[str]:
    return [question.text for _, question in open_questions(talk(*spoken))]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("When will it arrive?", "When will it arrive?"),
        ("it was due tuesday, when will it arrive", "when will it arrive"),
        ("can you tell me when it ships", "can you tell me when it ships"),
        ("hi, any update on this", "any update on this"),
        ("ok so where is it", "where is it"),
        ("it is 35 mins. nothing has come. where is it", "where is it"),
        ("I want to know who's robbing my data.", "I want to know who's robbing my data"),
        ("So you'll send it out tomorrow?", "So you'll send it out tomorrow?"),
        ("and i've a wedding so how much is it to change", "how much is it to change"),
        ("no no the invoice says walnut can you do that yes or no", "can you do that yes or no"),
        ("whats the status", "whats the status"),
        ("When?", "When?"),
        ("theres a bucket on the bed. when", "when"),
        ("@northline what happens to the driver", "what happens to the driver"),
        ("it has my old name on it does that matter", "does that matter"),
        ("and who gives the prior approval", "who gives the prior approval"),
    ],
)
def test_a_question_is_heard_in_its_own_words(text: str, question: str) -> None:
    assert texts(text) == [question]


def test_two_questions_in_a_turn_are_two() -> None:
    assert texts("Where is my parcel? And who do I complain to?") == ["Where is my parcel?", "who do I complain to?"]
    assert texts("so where is it right now is it lost") == ["where is it right now", "is it lost"]
    assert texts("is it money or is it credit") == ["is it money or is it credit"]


@pytest.mark.parametrize(
    "text",
    [
        "are you kidding me?",
        "Do you think I'm stupid?",
        "hi, how are you?",
        "it's been weeks, you know?",
        "Hello??",
        "Educated??",
        "What is wrong with you???",
        "is this a joke?",
        "how many times do I have to say it?",
        "What kind of company is this?",
        "well you did not help with that at all did you?",
        "wtf?",
    ],
)
def test_what_wants_no_answer_is_no_question(text: str) -> None:
    assert texts(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "that's what I said",
        "I'll pay when it comes",
        "did that. still broken",
        "what I want is my money back",
        "I don't know when it broke",
        "let me know if you need anything from me",
        "it is the worst service",
    ],
)
def test_a_statement_is_no_question(text: str) -> None:
    assert texts(text) == []


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("what time will the engineer come?", "He'll be with you between 8 and 10am."),
        ("when will it arrive", "It should reach you on Friday."),
        ("how long will it take?", "About ten minutes."),
        ("how much is the fee?", "There's no charge for that."),
        ("where is my parcel?", "It's at the Leeds depot."),
        ("can you refund me?", "I've refunded the £20."),
        ("will it be fixed?", "Yes, by tonight."),
        ("why was I charged twice?", "The first payment failed and was taken again by mistake."),
        ("how do i cancel", "Go to settings and tap Cancel."),
        ("when is it coming?", "I don't have a date yet, I'm sorry."),
    ],
)
def test_an_answer_of_the_right_kind_closes_a_question(question: str, answer: str) -> None:
    assert still_open(question, answer) == []


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("what time will the engineer come?", "I completely understand your frustration."),
        ("what time will the engineer come?", "The engineer will come as soon as possible."),
        ("how much is the fee?", "Let me look into the fee."),
        ("when will it arrive?", "Could you give me the order number?"),
        ("can you refund me?", "Thank you for your patience."),
        ("why was I charged twice?", "Can you confirm your postcode?"),
        ("will he be excited?", "I am sorry, I don't quite understand what you mean."),
        ("any idea what's going on?", "Please let us know which platform you are on."),
    ],
)
def test_a_reply_beside_the_point_leaves_it_open(question: str, answer: str) -> None:
    assert still_open(question, answer) == [question]


def test_an_answer_may_come_turns_later() -> None:
    assert still_open("when will it arrive?", "Let me check.", "ok", "Thursday before noon.") == []


def test_what_a_reply_passed_over_stays_open_until_words_to_the_point() -> None:
    asked, passed_over = "when will the tarp come?", "I sincerely apologise and we are here with you at every step."
    beside = "I can see that it has been given to our builders."
    assert still_open(asked, passed_over, "ok", beside) == [asked]
    assert still_open(asked, passed_over, "ok", beside, "so", "Within two hours.") == []


def test_that_nothing_is_known_yet_is_an_answer() -> None:
    assert still_open("what is the status of BA0257?", "We have no info about this as yet.") == []


def test_a_question_asked_twice_counts_once_where_it_was_asked_last() -> None:
    found = open_questions(talk("when will my parcel arrive?", "One moment.", "so when will my parcel arrive?"))
    assert [(n, question.text) for n, question in found] == [(2, "when will my parcel arrive?")]


def test_nothing_is_open_once_the_customer_says_that_it_is_solved() -> None:
    asked, _, solved = talk("when will it arrive?", "Let me check.", "oh it just came, all sorted thanks")
    done = Heard(solved.turn, Reading("en", readable=True, fired=("confirms_resolved",)), Advice({}))
    assert open_questions((asked, done)) == ()


def test_the_question_of_a_turn_that_cannot_be_read_is_not_guessed() -> None:
    turn = Turn("t", 0, Speaker.CUSTOMER, "¿cuándo llega mi paquete por favor?", Channel.CHAT)
    assert open_questions((Heard(turn, Reading("es", readable=False), Advice({})),)) == ()


words = st.sampled_from(
    (
        "when",
        "will",
        "it",
        "arrive",
        "?",
        "can",
        "you",
        "and",
        "i",
        "want",
        ",",
        "how",
        "much",
        "is",
        "the",
        "fee",
        ".",
        "\n",
        "so",
        "where",
        "👍",
    )
)


@given(st.lists(words, max_size=25).map(" ".join))
def test_spans_are_the_words_in_order_and_never_overlap(text: str) -> None:
    end = 0
    for question in questions_in(text):
        assert text[question.span.start : question.span.end] == question.text
        assert question.text.strip() == question.text != ""
        assert question.span.start >= end
        end = question.span.end
