"""A draft of a pack is tried on past conversations: what would have changed, in the pack's own words alone."""

from datetime import UTC, datetime

import pytest

from levelhead import packs
from levelhead.casework.boundary import Rung
from levelhead.conversation import Abuse
from levelhead.live.trying_out import Tried, speaks, try_out
from levelhead.live.what_if import Ground, Words, otherwise
from levelhead.packs.checking import NotUsable, check
from levelhead.packs.kinds import PackKind
from levelhead.packs.sentences import reworded
from levelhead.people.sight import EVERYTHING, Sight
from levelhead.people.team import Rollout
from levelhead.storage.books import Books
from levelhead.storage.teams import Teams
from tests.advising.talking import Talk

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
BRITISH = "en-GB"


def angry() -> Talk:
    talk = Talk()
    talk.agent("Hello, you're through to Amira.", "greet")
    talk.customer(
        "You have kept me waiting for three weeks, and now you lot are useless idiots.", "angry", 3, abuse="insult"
    )
    talk.agent("Calm down.", "dismissive")
    talk.customer("Nobody ever calls me back. I want to make a complaint.", "angry", 3)
    return talk


def reworded_card(talk: Talk) -> tuple[str, str]:
    """A text in which the first card that this conversation raised says something else; what it said, and says."""
    card = next(heard.advice.card for heard in talk.timeline if heard.advice.card)
    path = ("phrases", *card.phrase.split(".", 1), "say")
    was = next(phrase.say for phrase in talk.pack.phrases if phrase.name == card.phrase)
    return reworded(BRITISH, packs.text_of(BRITISH), {path: "Something else entirely."}), was


def test_a_card_that_would_say_something_else_is_told_with_its_turn() -> None:
    talk = angry()
    text, was = reworded_card(talk)
    ground = Ground(talk.pack, NOW.date())
    (turn,) = otherwise(PackKind.CARDS, talk.pack, check(BRITISH, text), talk.timeline, ground)
    assert turn.before is not None
    assert turn.after is not None
    assert (turn.before.says, turn.after.says) == ((was,), ("Something else entirely.",))
    assert otherwise(PackKind.CARDS, talk.pack, talk.pack, talk.timeline, ground) == ()


def test_a_boundary_that_would_be_worded_otherwise_is_told() -> None:
    talk, was = angry(), packs.boundary(BRITISH)
    said = was.say(Rung.NAMING, talk.timeline[1].turn.channel, Abuse.INSULT)
    now = check("boundary.en-GB", packs.text_of("boundary.en-GB").replace(said, "Please leave the names out."))
    (turn,) = otherwise(PackKind.BOUNDARY, was, now, talk.timeline, Ground(talk.pack, NOW.date()))
    assert (turn.n, turn.before) == (1, Words("naming", (said,)))
    assert turn.after == Words("naming", ("Please leave the names out.",))


def test_a_question_about_a_complaint_that_would_not_be_asked_is_told() -> None:
    talk, text = angry(), packs.text_of("complaints.heard")
    deaf = check("complaints.heard", text.replace("never = [", 'never = ["make a complaint", ', 1))
    (turn,) = otherwise(PackKind.HEARD, packs.complaint_ear(), deaf, talk.timeline, Ground(talk.pack, NOW.date()))
    assert (turn.n, turn.before, turn.after) == (3, Words("asks"), None)


def keep(books: Books, talk: Talk, team: str) -> None:
    of = Teams(books.shelf).add(team, Rollout.ON).id
    with books.turn_of(talk.timeline[0].turn.conversation, of) as book:
        for heard in talk.timeline:
            book.keep(heard)


def tried(books: Books, text: str, sight: Sight = EVERYTHING, seconds: float = 0.0) -> Tried:
    ticks = iter(range(1000))
    return try_out(books, BRITISH, packs.text_of(BRITISH), text, sight, NOW, lambda: next(ticks) * seconds)


def test_past_conversations_in_sight_are_tried_and_only_read(books: Books) -> None:
    talk = angry()
    keep(books, talk, "returns")
    text, was = reworded_card(talk)
    kept = books.timeline(talk.timeline[0].turn.conversation)
    found = tried(books, text)
    assert (found.conversations, found.turns, found.all_of_them) == (1, 1, True)
    told = {one.words.says: (one.before, one.after) for one in found.counted}
    assert told == {(was,): (1, 0), ("Something else entirely.",): (0, 1)}
    assert found.differing[0].conversation == talk.timeline[0].turn.conversation
    assert "kept me waiting" not in repr(found), "the customer's words stay where they are"
    assert books.timeline(talk.timeline[0].turn.conversation) == kept
    assert tried(books, text, Sight()).conversations == 0, "what somebody does not see, they try nothing on"
    assert tried(books, packs.text_of(BRITISH)).turns == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_it_ends_in_time_and_says_so(books: Books) -> None:
    keep(books, angry(), "returns")
    assert (tried(books, packs.text_of(BRITISH), seconds=9).all_of_them) is False
    with pytest.raises(NotUsable):
        tried(books, "name = 1")


def test_packs_that_speak_in_letters_are_compared_as_texts() -> None:
    assert [speaks(one) for one in (BRITISH, "remedies.en-GB", "help.en-GB", "complaints.fca")] == [
        True,
        True,
        False,
        False,
    ]
