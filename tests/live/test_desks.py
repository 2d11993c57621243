"""Every tenant has a desk of its own: what one hears, no other keeps or tells."""

from dataclasses import replace

import anyio

from levelhead import packs
from levelhead.live.bus import EVERYTHING, Bus, TurnHeard
from levelhead.live.desk import Desk
from levelhead.live.desks import Desks
from levelhead.storage.library import Library
from tests.people import mr_doyle

HELLO = mr_doyle("Hello?")


def test_two_tenants_hear_conversations_of_one_name_without_knowing_it(library: Library) -> None:
    desks = Desks(library, lambda books, reader: Desk(books, Bus(), reader, packs.load), None)
    ours, theirs = desks.of(library.first.id), desks.of(library.add_tenant("Kettles Ltd", "kettles").id)
    assert desks.of(library.first.id) is ours

    async def hear() -> list[object]:
        with theirs.bus.subscribe(EVERYTHING) as watch:
            await ours.hear(HELLO)
            await theirs.hear(replace(HELLO, text="Good morning"))
            desks.close()
            return [happened async for happened in watch]

    (told,) = anyio.run(hear)
    assert isinstance(told, TurnHeard)
    assert told.heard.turn.text == "Good morning"
    assert [heard.turn.text for heard in ours.books.timeline(HELLO.conversation)] == ["Hello?"]
