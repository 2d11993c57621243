"""A conversation is retold in the sentences that tell most, and never without those that decide it."""

from functools import partial
from itertools import cycle

import anyio
import pytest

from levelhead import models, packs
from levelhead.casework.retold import Passage, retold, trimmed
from levelhead.casework.sentences import parts_of
from levelhead.conversation import Channel, Speaker, Turn
from levelhead.live.bus import Bus
from levelhead.live.desk import Desk
from levelhead.storage.books import Books
from tests.people import amira, mr_doyle

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

PUMP = (
    mr_doyle("Hello, it's Pat Doyle. The pump in our cellar stopped on Sunday and the water is rising.", 0),
    amira("Hello Mr Doyle, thank you for calling. How are you today?", 1),
    mr_doyle("Wet. My mother sleeps down there, so I need it running before tonight.", 2),
    amira("I understand. I looked at it from here: the float is stuck because a valve was fitted upside down.", 3),
    amira("I can send Olga with a new valve at three, or lend you a pump from our yard. Which suits?", 4),
    mr_doyle("Olga at three, please.", 5),
    amira("Done. She has the job, number VK-30417, and you will not be charged for it.", 6),
    mr_doyle("She has been and it runs again, thank you.", 7),
)


@pytest.fixture
def told(books: Books) -> list[Passage]:
    return heard(books, *PUMP)


def heard(books: Books, *turns: Turn) -> list[Passage]:
    desk = Desk(books, Bus(), models.load(), packs.load)
    for turn in turns:
        anyio.run(partial(desk.hear, turn))
    return list(retold(books.timeline(turns[0].conversation)))


def words_of(told: list[Passage], n: int) -> str:
    return " ".join(quote.words for passage in told if passage.n == n for quote in passage.quotes)


@on_sqlite
def test_what_they_came_with_what_was_found_what_they_chose_and_how_it_ended_are_told(told: list[Passage]) -> None:
    assert "The pump in our cellar stopped on Sunday" in words_of(told, 0)
    assert "a valve was fitted upside down" in words_of(told, 3)
    assert "Olga at three" in words_of(told, 5)
    assert "VK-30417" in words_of(told, 6)
    assert "it runs again" in words_of(told, 7)


@on_sqlite
def test_it_is_told_turn_for_turn_and_without_courtesies(told: list[Passage]) -> None:
    turns = [passage.n for passage in told]
    assert turns == sorted(turns)
    assert [passage.theirs for passage in told] == [n in (0, 2, 5, 7) for n in turns]
    assert "How are you" not in words_of(told, 1)


@on_sqlite
def test_what_we_say_at_the_end_that_will_be_done_is_told(books: Books) -> None:
    told = heard(
        books,
        mr_doyle("The sign at your yard sent me to the wrong gate.", 0),
        amira("It is an old one, sorry about that.", 1),
        mr_doyle("Then take it down.", 2),
        amira("You are right. I'm having that sign repainted. You'll get a new key for the gate as well.", 3),
    )
    assert "I'm having that sign repainted. You'll get a new key" in words_of(told, 3)


@on_sqlite
def test_what_there_was_to_choose_from_stands_above_what_they_chose(books: Books) -> None:
    told = heard(
        books,
        mr_doyle("The dress came in the wrong size and the ball is on Saturday.", 0),
        amira(
            "Two ways. 1: the same one in our shop at the harbour, free. 2: your money back today, and you buy"
            " another elsewhere.",
            1,
        ),
        mr_doyle("The first. I can be there by four.", 2),
        amira("Done, it hangs behind the counter under your name.", 3),
        mr_doyle("Is there parking?", 4),
        amira("Yes, in the yard.", 5),
    )
    assert "the same one in our shop at the harbour" in words_of(told, 1)
    assert "your money back today" in words_of(told, 1)
    assert "The first." in words_of(told, 2)
    assert "it hangs behind the counter" in words_of(told, 3)


@on_sqlite
def test_where_a_number_was_given_stands_what_it_is_of(books: Books) -> None:
    told = heard(
        books,
        mr_doyle("My claim with the insurer is D-4471-9 and they say that you hold it up.", 0),
        amira("I rang them: two of the papers never reached us. I have sent them on myself.", 1),
        mr_doyle("And the cellar is wet, and the stairs too, and my wife fell on Monday.", 2),
    )
    assert "My claim with the insurer is D-4471-9" in words_of(told, 0)


@on_sqlite
def test_a_longer_conversation_is_retold_in_more_words(books: Books) -> None:
    def words(turns: int, name: str) -> int:
        said = [
            Turn(name, n, side, _about(f"{'abcdefgh'[n // 8]}{'klmnopqr'[n % 8]}"), Channel.CHAT, "en-GB")
            for n, side in zip(range(turns), cycle((Speaker.CUSTOMER, Speaker.AGENT)), strict=False)
        ]
        return sum(len(quote.words.split()) for one in heard(books, *said) for quote in one.quotes)

    short, long = words(14, "short"), words(40, "long")
    assert short < long <= 460


def _about(name: str) -> str:
    return f"The {name}pump at {name}gate stopped because its {name}valve was put in upside down by {name}works."


@on_sqlite
def test_of_an_insult_nothing_is_told(books: Books) -> None:
    told = heard(
        books,
        mr_doyle("Where is the valve that I ordered from you?", 0),
        amira("It is still at our yard, Mr Doyle.", 1),
        mr_doyle("You are a stupid useless idiot.", 2),
    )
    assert words_of(told, 2) == ""


def test_speech_without_stops_is_cut_where_a_thought_begins() -> None:
    said = (
        "right so the valve was put in upside down by the last man i've ordered you another one from the yard and "
        "olga will bring it this afternoon if the road is open"
    )
    assert [said[span.start : span.end] for span in parts_of(said)] == [
        "right so the valve was put in upside down by the last man",
        "i've ordered you another one from the yard and",
        "olga will bring it this afternoon if the road is open",
    ]


def test_no_sentence_ends_at_an_initial() -> None:
    said = "It was signed for by P. Doyle at the gate. Is that you?"
    assert [said[span.start : span.end] for span in parts_of(said)] == [
        "It was signed for by P. Doyle at the gate.",
        "Is that you?",
    ]


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Hi Mr Doyle, the valve is here and", "the valve is here"),
        ("okay so it is in the yard, but", "it is in the yard"),
        ("Hi-vis is worn in the yard.", "Hi-vis is worn in the yard."),
    ],
)
def test_greetings_and_loose_ends_come_off(said: str, left: str) -> None:
    assert trimmed(said) == left


@on_sqlite
def test_what_we_agreed_to_in_a_word_stands_below_what_they_wanted(books: Books) -> None:
    told = heard(
        books,
        mr_doyle("The pump at the mill stopped on Monday and nobody came.", 0),
        amira("I am sorry about that. The yard has it.", 1),
        mr_doyle("Please don't send a man, I'd like my address taken out.", 2),
        amira("Sure, done!", 3),
    )
    assert words_of(told, 2) == "Please don't send a man, I'd like my address taken out."
    assert words_of(told, 3) == "Sure, done!"  # By itself it would be a courtesy, and left out.
