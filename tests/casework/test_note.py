"""A note says what was said: quotations, facts and promises, and how it ended where somebody said so."""

from dataclasses import fields, replace
from functools import partial

import anyio
import pytest

from levelhead import models, packs
from levelhead.casework.item import Kind
from levelhead.casework.note import Drafted, Outcome, drafted
from levelhead.casework.note_lines import lines_of
from levelhead.casework.note_text import Heading, as_markdown, as_text
from levelhead.casework.noted import LONGEST, NoteLine, Part
from levelhead.casework.quoting import Quote, held, spans_of
from levelhead.casework.retold import MOST, Passage
from levelhead.conversation import Turn
from levelhead.live.bus import Bus
from levelhead.live.desk import Desk
from levelhead.storage.books import Books
from tests.people import amira, mr_doyle

SPOKEN = (
    mr_doyle("Hello.", 0),
    mr_doyle("My kettle leaks and I am furious. It was order 48213.", 1),
    amira("I'm sorry that the kettle leaks. I've sent you a new one and I'll call you by five today.", 2),
    mr_doyle("Will it come in red?", 3),
)
PACK = packs.note("en-GB")
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def desk(books: Books) -> Desk:
    return Desk(books, Bus(), models.load(), packs.load)


def note(desk: Desk, *turns: Turn) -> Drafted:
    for turn in turns:
        anyio.run(partial(desk.hear, turn))
    conversation = turns[0].conversation
    return drafted(desk.books.timeline(conversation), desk.cases.of_conversation(conversation, Kind.PROMISE))


def quotes_of(said: Drafted) -> list[Quote]:
    found: list[Quote] = []
    for field in fields(said):
        value = getattr(said, field.name)
        found += [one for one in (value if isinstance(value, tuple) else (value,)) if isinstance(one, Quote)]
    told = [quote for passage in said.passages for quote in passage.quotes]
    return [*found, *told, *(pledge.words for pledge in said.promises if pledge.words)]


def words_of(said: Drafted) -> list[str]:
    return [quote.words for quote in quotes_of(said)]


@on_sqlite
def test_a_note_quotes_what_was_said_and_promised(desk: Desk) -> None:
    said = note(desk, *SPOKEN)
    assert said.passages[0] == Passage(1, True, (Quote(1, "My kettle leaks and I am furious. It was order 48213."),))
    assert said.facts == ()  # The number stands in what is quoted.
    assert [(pledge.n, pledge.due is not None) for pledge in said.promises] == [(2, True)]
    # The sentence whole: what was done stands in it as it was said.
    assert [pledge.words.words for pledge in said.promises if pledge.words] == [
        "I've sent you a new one and I'll call you by five today."
    ]
    assert said.passages[-1].quotes == (Quote(3, "Will it come in red?"),)
    assert said.outcome is Outcome.UNSAID


@on_sqlite
def test_it_says_how_it_ended_only_where_they_said_so_last_and_nothing_is_still_promised(desk: Desk) -> None:
    promised = note(desk, *SPOKEN, mr_doyle("It has come and all is solved now, thank you.", 4))
    assert (promised.outcome, promised.outcome_words) == (Outcome.UNSAID, None)
    assert "It has come and all is solved now, thank you." in words_of(promised)


@on_sqlite
def test_it_is_settled_in_their_words(desk: Desk) -> None:
    fixed = "It works now, that fixed it completely, thank you."
    said = note(
        desk, mr_doyle("My kettle leaks.", 0), amira("Please tighten the lid and try again.", 1), mr_doyle(fixed, 2)
    )
    assert (said.outcome, said.outcome_words) == (Outcome.SOLVED, Quote(2, fixed))
    assert said.passages[-1] == Passage(2, True, (Quote(2, fixed),))  # And in its place, as it was said.
    assert "Settled, in their words: “It works now" in as_text(lines_of(said, packs.note("en-GB")), packs.note("en-GB"))


@on_sqlite
def test_a_question_of_ours_stands_as_one_with_what_they_said_to_it(desk: Desk) -> None:
    said = note(
        desk,
        mr_doyle("My kettle leaks all over the kitchen.", 0),
        amira("Shall I refund you £20? I have put a new seal in the post.", 1),
        mr_doyle("No, the seal will do for now.", 2),
    )
    assert [passage.quotes for passage in said.passages if not passage.theirs] == [
        (Quote(1, "Shall I refund you £20? I have put a new seal in the post."),)
    ]
    assert said.passages[-1].quotes == (Quote(2, "No, the seal will do for now."),)


@on_sqlite
def test_what_was_only_one_of_two_ways_stands_under_no_promise(desk: Desk) -> None:
    said = note(
        desk,
        mr_doyle("My parcel is at a house that is not mine.", 0),
        amira(
            "Two ways: the driver brings it back to you now. Or if you'd rather walk up and grab it yourself I'll"
            " message you the photo of the house. Which suits?",
            1,
        ),
        mr_doyle("The driver, please.", 2),
    )
    assert said.promises == ()
    assert any("I'll message you the photo" in words for words in words_of(said))


@on_sqlite
def test_a_threat_is_named_and_not_quoted(desk: Desk) -> None:
    said = note(
        desk,
        mr_doyle("My kettle leaks all over the kitchen.", 0),
        amira("The refund takes ten days.", 1),
        mr_doyle("I know where you work and I will come there and kill you.", 2),
    )
    assert said.threats == (2,)
    assert not any(quote.n == 2 for quote in quotes_of(said))
    lines = {line.part: line.words for line in lines_of(said, packs.note("en-GB"))}
    assert lines[Part.NAMED] == "They made a threat (turn 2)."


@on_sqlite
def test_numbers_are_those_said_whole(desk: Desk) -> None:
    said = note(
        desk,
        mr_doyle("My kettle leaks all over the kitchen and I would not give a cent for it.", 0),
        amira("Thank you for that, your reference is CMP-30918 and I am with you, one moment.", 1),
        mr_doyle("I live at number 14, it was fine in March and in April and in May and then it began to drip.", 2),
        amira("It was the seal: the whole of that lot has one that shrinks. I have sent you another.", 3),
    )
    given = [fact.value for fact in said.facts]
    assert given == [] if any("CMP-30918" in words for words in words_of(said)) else ["CMP-30918"]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("My name is Mrs Okafor and I run the yard.", "My name is Mrs Okafor"),
        ("I am late with this, sorry. This is Dr. Marsh.", "This is Dr. Marsh"),
        ("Olga speaking, repairs.", "Olga speaking"),
    ],
)
@on_sqlite
def test_a_title_is_said_with_its_name(desk: Desk, said: str, name: str) -> None:
    assert [quote.words for quote in note(desk, mr_doyle("My kettle leaks.", 0), amira(said, 1)).by] == [name]


@on_sqlite
def test_who_answered_is_in_their_words(desk: Desk) -> None:
    said = note(desk, amira("Good morning, this is Amira, how can I help?", 0), mr_doyle("My kettle leaks.", 1))
    assert [quote.words for quote in said.by] == ["this is Amira"]


@on_sqlite
def test_who_answered_is_who_signed_and_everybody_who_did(desk: Desk) -> None:
    said = note(
        desk,
        mr_doyle("Where is my invoice?", 0),
        amira("Dear Mr Doyle,\n\nI have passed it on.\n\nKind regards\nWiktor Zieba\nBilling", 1),
        mr_doyle("When?", 2),
        amira("Hello, this is Leticia. I have it here.", 3),
    )
    assert [quote.words for quote in said.by] == ["Wiktor Zieba", "this is Leticia"]


@on_sqlite
def test_a_note_begins_with_a_short_head(desk: Desk) -> None:
    said = note(
        desk,
        mr_doyle("My kettle leaks.", 0),
        amira("Hello, this is Amira. The seal is worn. I'll call you by five today.", 1),
    )
    parts = [line.part for line in lines_of(said, packs.note("en-GB"))]
    assert parts[:2] == [Part.BY, Part.AHEAD]
    assert Part.THEIRS in parts[2:]


@on_sqlite
def test_what_a_turn_said_at_length_stands_in_lines_that_fit(desk: Desk) -> None:
    told = tuple(Quote(1, f"Valve {n} was put in upside down. " * 8) for n in range(4))
    lines = lines_of(Drafted(passages=(Passage(1, False, told),)), packs.note("en-GB"))
    assert len(lines) > 1
    assert max(len(line.words) for line in lines) <= LONGEST
    assert len({line.key for line in lines}) == len(lines)


@on_sqlite
def test_every_quotation_stands_in_its_turn(desk: Desk) -> None:
    long = "and then it happened all over again in the kitchen " * 8
    said = note(desk, *SPOKEN[:1], mr_doyle(long, 1), *SPOKEN[2:])
    turns = {heard.turn.n: heard.turn.text for heard in desk.books.timeline(SPOKEN[0].conversation)}
    quotes = quotes_of(said)
    assert len(quotes) > 1
    for quote in quotes:
        assert quote.words.removesuffix(" …") in turns[quote.n]
        assert len(quote.words) <= MOST + 2


@on_sqlite
def test_what_was_said_to_come_is_in_it_where_the_ledger_has_no_promise(desk: Desk) -> None:
    said = note(
        desk,
        mr_doyle("Nobody picks my parcel up and I want my money back.", 0),
        amira(
            "I can't refund what isn't back yet. The driver will bring a label and your card gets the money then.", 1
        ),
    )
    assert any("The driver will bring a label" in quote.words for quote in quotes_of(said))


@on_sqlite
def test_what_hangs_on_a_promise_is_quoted_with_it(desk: Desk) -> None:
    said = note(
        desk,
        mr_doyle("my power's gone since last night and the freezer is full", 0),
        amira("the crew is there now i'll text you when the power's back so you don't have to check", 1),
    )
    assert any("i'll text you when the power's back" in quote.words for quote in quotes_of(said))


@on_sqlite
def test_abuse_is_not_quoted_in_it(desk: Desk) -> None:
    said = note(
        desk,
        mr_doyle("Where is my refund for the kettle?", 0),
        amira("It was sent on Monday.", 1),
        mr_doyle("You stupid cow, you are a useless idiot and you are lying.", 2),
    )
    assert not any("cow" in quote.words for quote in quotes_of(said))


def test_how_well_anybody_did_has_no_place_in_it() -> None:
    assert not [field.name for field in fields(Drafted) if "fault" in field.name or "agent" in field.name]


def test_a_conversation_in_which_nothing_was_said_has_an_empty_note() -> None:
    said = drafted(())
    assert (said.passages, said.outcome, said.course) == ((), Outcome.UNSAID, ())
    assert lines_of(said, packs.note("en-GB")) == ()


def test_a_quotation_never_ends_before_its_condition() -> None:
    said = "We give you all of the money back for it and for the postage " * 3 + "unless it was opened and used."
    assert held(said, len(said) - 20) == said
    assert held(said, 80).endswith(" …")


def test_sentences_end_where_they_end() -> None:
    text = "It was 4.30 p.m. on Monday. Mr. Doyle paid £1.40!\nWhy?"
    assert [text[span.start : span.end].strip() for span in spans_of(text)] == [
        "It was 4.30 p.m. on Monday.",
        "Mr. Doyle paid £1.40!",
        "Why?",
    ]


@on_sqlite
def test_the_lines_say_by_when_and_how_it_went(desk: Desk) -> None:
    said = note(desk, *SPOKEN)
    lines = lines_of(replace(said, promises=tuple(replace(one, confirmed=True) for one in said.promises)), PACK)
    words = {line.part: line.words for line in lines}
    assert "(by " in words[Part.PROMISED]
    assert [line.words for line in lines if line.part is Part.THEIRS][-1] == "“Will it come in red?”"
    assert len({line.key for line in lines}) == len(lines)


@on_sqlite
def test_only_what_a_person_took_as_a_promise_is_called_one_and_gets_a_time(desk: Desk) -> None:
    heard = note(desk, *SPOKEN)
    confirmed = replace(heard, promises=tuple(replace(one, confirmed=True) for one in heard.promises))
    was, now = (
        {line.key: line for line in lines_of(said, PACK) if line.part in (Part.AHEAD, Part.PROMISED)}
        for said in (heard, confirmed)
    )
    assert was.keys() == now.keys() == {"promised:2:0"}  # Who had edited the line finds it again.
    assert was["promised:2:0"].part is Part.AHEAD
    assert was["promised:2:0"].words == "“I've sent you a new one and I'll call you by five today.”"
    assert now["promised:2:0"].part is Part.PROMISED
    assert now["promised:2:0"].words.startswith(was["promised:2:0"].words + " (by ")


@on_sqlite
def test_its_lines_keep_their_keys_while_turns_come(desk: Desk) -> None:
    before = {line.key for line in lines_of(note(desk, *SPOKEN), packs.note("en-GB"))}
    after = {line.key for line in lines_of(note(desk, amira("Yes, it comes in red.", 4)), packs.note("en-GB"))}
    assert {"theirs:1:0", "promised:2:0"} <= before & after


def test_it_can_be_pasted_as_text_and_as_markdown() -> None:
    lines = (
        NoteLine("ours:1:0", Part.OURS, "“I've put *two* in”", (1,)),
        NoteLine("added:0", Part.ADDED, "1. <b>Call</b> the depot"),
    )
    pack, heading = packs.note("en-GB"), Heading("Note", ("Mr Doyle",), ("Amira: rang again",))
    assert as_text(lines, pack) == "We said: “I've put *two* in”\nAlso: 1. <b>Call</b> the depot\n"
    marked = as_markdown(lines, pack, heading)
    assert "### Note\nMr Doyle" in marked
    assert "- “I've put \\*two\\* in”" in marked
    assert "- 1\\. \\<b\\>Call\\</b\\> the depot" in marked
    assert marked.endswith("> Amira: rang again\n")
