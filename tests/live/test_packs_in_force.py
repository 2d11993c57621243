"""An edition of a pack counts from the next turn on, in every process, and past turns are heard again with theirs."""

import anyio
import pytest

from levelhead import packs
from levelhead.casework.edition import BUILT_IN
from levelhead.live.bus import Bus
from levelhead.live.desk import Desk
from levelhead.live.packs_in_force import packs_of
from levelhead.live.replay import replay
from levelhead.packs.sentences import reworded
from levelhead.storage.books import Books
from levelhead.storage.editions import Editions
from levelhead.storage.library import Library
from tests.people import mr_doyle

PATH = ("phrases", "close", "listed_below", "say")
SAID = "As promised, every action is listed below with its date."


def put_in_force(books: Books, pack: str, text: str) -> int:
    editions = Editions(books.shelf)
    known = editions.of(pack)
    made = editions.write(pack, text, "", after=known[0].number if known else BUILT_IN)
    return editions.put_in_force(pack, made.number).number


def edited() -> str:
    return reworded("en-GB", packs.text_of("en-GB"), {PATH: SAID})


def desk_over(books: Books) -> Desk:
    return Desk(books, Bus(), None, packs_of(books.shelf).load)


def test_the_next_turn_is_advised_under_the_edition_and_names_it(books: Books) -> None:
    desk = desk_over(books)

    def heard(n: int, locale: str = "en-GB") -> str:
        turn = mr_doyle(f"Hello {n}?", n, conversation=f"talk-{locale}", locale=locale)
        return anyio.run(desk.hear, turn).advice.pack

    assert heard(0) == "en-GB 2026.1"
    put_in_force(books, "en-GB", edited())
    assert heard(1) == "en-GB 2026.1/1"
    assert SAID in {phrase.say for phrase in desk.packs.load("en-AU").phrases}, "who falls back to it has it too"
    assert heard(0, "en-US") == "en-US 2026.1", "and no other locale"
    assert desk_over(books).packs.load("en-GB").label == "en-GB 2026.1/1", "another process has it, as after a restart"
    Editions(books.shelf).go_back("en-GB", BUILT_IN, packs.text_of("en-GB"), "", after=1)
    assert heard(2) == "en-GB 2026.1"
    assert [again.differences for again in replay(books, None, packs.load)] == [()] * 4


def test_what_is_laid_in_the_pack_has_editions_of_its_own(books: Books, library: Library) -> None:
    known = packs_of(books.shelf)
    put_in_force(books, "help.en-GB", packs.text_of("help.en-GB").replace("voice = 3", "voice = 4"))
    put_in_force(
        books, "draft.en-GB", packs.text_of("draft.en-GB").replace("open with what you can.", "say what you can.")
    )
    assert known.help_pack("en-GB").version.endswith("/1")
    assert known.help_pack("en-US").version == packs.help_pack("en-US").version
    assert known.load("en-GB").label == "en-GB 2026.1", "the draft check says nothing in an advice"
    assert any("say what you can" in rule.reason for rule in known.load("en-GB").draft.rules)
    other = library.add_tenant("Other", "other")
    assert packs_of(library.shelf(other.id)).help_pack("en-GB") is packs.help_pack("en-GB")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_edition_that_this_version_cannot_read_stops_nobody(books: Books) -> None:
    put_in_force(books, "note.en-GB", 'locale = "en-GB"\n')
    assert packs_of(books.shelf).note("en-GB") is packs.note("en-GB")
