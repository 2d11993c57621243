"""Everybody who calls in `benchmarks.api`, and the things that their calls can name."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.request import Request, urlopen
from uuid import UUID

from benchmarks._killed import WITHIN_S, Where
from levelhead.live.entrance import Entrance
from levelhead.people.permission import SCOPES
from levelhead.people.person import Person, Role
from levelhead.people.session import Came
from levelhead.people.team import Rollout
from levelhead.storage.accounts import People, new_person
from levelhead.storage.database import Shelf
from levelhead.storage.library import Library
from levelhead.storage.teams import Teams
from levelhead.storage.tokens import Tokens
from levelhead.web.cookies import Cookie
from levelhead.web.forms import HEADER

VISITORS = 60
"""People of each role who come to pages: some forms end every session of whoever sends them."""
NOWHERE = "https://levelhead.invalid/hooks"
"""A receiver that there never is (RFC 2606, 2), so that nobody is sent anything."""
_CAME = Came("192.0.2.1", "benchmarks.api")
_SAID = (
    ("customer", "I am furious. You promised me a refund by Friday, and I want to speak to your manager."),
    ("agent", "Unfortunately I can't do anything. I will email you by five tomorrow."),
    ("customer", "This is the third time I have written and nothing ever happens."),
)


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who calls: the headers that open Levelhead for them, and those of others like them, for pages."""

    name: str
    headers: dict[str, str]
    visitors: tuple[dict[str, str], ...]

    @property
    def is_browser(self) -> bool:
        """Whether they come with a cookie."""
        return "cookie" in self.headers


@dataclass(frozen=True, slots=True)
class World:
    """Who calls, and by the name of a parameter what it can name; things are made once the server runs."""

    callers: tuple[Caller, ...]
    things: dict[str, tuple[str, ...]]

    def made_at(self, url: str) -> "World":
        """With conversations, their cards and a destination, made over the API of the server there."""
        by_name = {caller.name: caller.headers for caller in self.callers}
        agent, admin = by_name[Role.AGENT.value], by_name[Role.ADMIN.value]
        rows: list[dict[str, Any]] = []
        for headers, name in ((agent, "talk-1"), (by_name["program of a team"], "talk-2")):
            for n, (speaker, text) in enumerate(_SAID):
                row = {"n": n, "speaker": speaker, "text": text, "channel": "chat"}
                _sent(f"{url}/api/v1/conversations/{name}/turns", row, headers)
            rows += _sent(f"{url}/api/v1/conversations/{name}", None, headers)["turns"]
        kept = _sent(f"{url}/api/v1/destinations", {"url": NOWHERE, "kinds": []}, admin)
        cards = tuple(row["card_id"] for row in rows if row["card_id"])
        made = {"conversation": ("talk-1", "talk-2"), "card": cards, "destination": (kept["id"],)}
        return World(self.callers, self.things | made)


def world_at(where: Where) -> World:
    """A team at work, written into the database before the server starts."""
    with closing(where.opened()) as library:
        shelf = library.shelf(library.first.id)
        team = Teams(shelf).add("Returns", Rollout.ON).id
        browsers = [_browsers(library, shelf, role, team) for role in Role]
        colleague = _person(shelf, Role.AGENT, team, "colleague")
        session = Entrance(library).enter(colleague, _CAME).visit.session
        things: dict[str, tuple[str, ...]] = {
            "person": (str(colleague.id),),
            "session": (str(session),),
            "team": (str(team),),
        }
        return World((*browsers, *_programs(shelf, team), Caller("nobody", {}, ({},))), things)


def _person(shelf: Shelf, role: Role, team: UUID, name: str) -> Person:
    return People(shelf).add(new_person(shelf.tenant, name, name, role, [team]))


def _browsers(library: Library, shelf: Shelf, role: Role, team: UUID) -> Caller:
    people = (_person(shelf, role, team, f"{role.value}.{number}") for number in range(VISITORS + 1))
    entered = [Entrance(library).enter(person, _CAME) for person in people]
    first, *others = ({"cookie": f"{Cookie.SESSION}={one.cookie}", HEADER: one.visit.csrf} for one in entered)
    return Caller(role.value, first, tuple(others))


def _programs(shelf: Shelf, team: UUID) -> Iterator[Caller]:
    for name, reach in (("program of a team", team), ("program of the tenant", None)):
        secret = Tokens(shelf).add(name, SCOPES, timedelta(days=1), team=reach).secret
        headers = {"authorization": f"Bearer {secret}"}
        yield Caller(name, headers, (headers,))


def _sent(url: str, value: object, headers: dict[str, str]) -> Any:  # noqa: ANN401 - whatever JSON comes back
    body = None if value is None else json.dumps(value).encode()
    with urlopen(Request(url, body, headers | {"content-type": "application/json"}), timeout=WITHIN_S) as answer:
        return json.load(answer)
