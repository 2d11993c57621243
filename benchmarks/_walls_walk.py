"""One walk: every route, with every thing that its address can name, by one walker; what came of it against the table."""

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine
from starlette.testclient import TestClient

from benchmarks._walls_world import CAME, Thing, World
from levelhead.live.entrance import Entrance
from levelhead.people.api_token import ApiToken
from levelhead.people.permission import PERMISSIONS, SCOPES, Action
from levelhead.people.person import Person, Relation
from levelhead.storage import tables
from levelhead.web.forms import HEADER
from levelhead.web.gate import Guarded

# What a request may touch whatever it is let through to: that somebody came, and what stopped them.
_OF_COMING_IN = frozenset({"session", "sign_in_failure", "audit", "audit_seal", "audit_waiting", "outbox"})
_SHUT = frozenset({401, 403, 404})
_SAFE = frozenset({"GET", "HEAD"})
_ROW = {"n": 7, "speaker": "customer", "text": "And another thing.", "channel": "chat"}
_BODIES = {"turns": _ROW, "draft": {"text": "I can't."}}
_ANSWER = {"answer": "used"}
_BEGINS = {("POST", Action.HEAR_TURN), ("POST", Action.CHECK_DRAFT), ("PUT", Action.RECORD_CONSENT)}
"""What may be done to a conversation that is not there yet."""
_BEFORE_TAKING = {Action.READ_CONVERSATION, Action.SEE_BRIEF}
_STAND_INS = "/account"
"""Where somebody who is away names a colleague of their own team."""
_FORM = {
    "text": "Customer: and another thing.",
    "speaker": "customer",
    "answer": "used",
    "name": "somebody.new",
    "shown_as": "Somebody New",
    "role": "admin",
    "rollout": "off",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something outside the table: who did what, and what came of it."""

    who: str
    did: str
    came_of_it: str


@dataclass(frozen=True, slots=True)
class Step:
    """One request: a route, a method, and the thing that its address names."""

    route: Guarded
    method: str
    path: str
    thing: Thing | None


def steps(route: Guarded, world: World) -> Iterator[Step]:
    """Every way to ask this route in this world."""
    named = re.findall(r"{(\w+)(?::\w+)?}", route.path)
    kinds = {thing.kind for thing in world.things}
    about = next((name for name in named if name in kinds), None)
    things = [thing for thing in world.things if thing.kind == about] if about else [None]
    for method in sorted((route.methods or set()) - {"HEAD"}):
        for thing in things:
            yield Step(route, method, _path(route.path, about, thing), thing)


def is_only_read(route: Guarded) -> bool:
    """Whether nothing can be asked of this route that would change something."""
    return (route.methods or set()) <= _SAFE


class Rows:
    """The rows of the two organisations of a world, as they were when somebody last looked."""

    def __init__(self, engine: Engine, world: World) -> None:
        self._engine = engine
        self._world = world
        self._seen = _rows(engine, world)

    def look(self) -> None:
        """Take them as they are now."""
        self._seen = _rows(self._engine, self._world)

    def changed(self) -> list[tuple[str, str]]:
        """The tenant and the name of each table that is not as it was, but for those of coming in."""
        before, self._seen = self._seen, _rows(self._engine, self._world)
        both = before.keys() | self._seen.keys()
        return [at for at in both if before.get(at) != self._seen.get(at) and at[1] not in _OF_COMING_IN]


def findings(
    step: Step,
    world: World,
    client: TestClient,
    entrance: Entrance,
    rows: Rows,
    during: Callable[[], AbstractContextManager[None]],
) -> Iterator[Finding]:
    """Ask, with whatever is changed `during` the request, and tell what the table does not allow of what came of it."""
    who, did = _name(world.walker), f"{step.method} {step.route.path} {_relation(step.thing)}"
    headers = _come_in(world, client, entrance)
    if isinstance(world.walker, ApiToken):
        rows.look()  # That a token was used is noted in a table that requests may write to as well.
    with during():
        answer = client.request(step.method, step.path, headers=headers, **_body(step))
    allowed = _allowed(world.walker, step)
    is_sent_on = answer.is_redirect and (step.method in _SAFE or "/sign-in" in answer.headers["location"])
    is_in = answer.status_code not in _SHUT and not is_sent_on
    if is_in and not allowed:
        yield Finding(who, did, f"answered {answer.status_code}")
    for thing in world.things:
        if thing.word and thing.word in answer.text and not _sees(world.walker, thing, step):
            yield Finding(who, did, f"read the words of {_relation(thing)}")
    for tenant, name in rows.changed():
        if tenant != str(world.tenants[0]) or not allowed or step.method in _SAFE:
            yield Finding(who, did, f"wrote {name} of {'its own' if tenant == str(world.tenants[0]) else 'the other'}")


def _allowed(walker: Person | ApiToken, step: Step) -> bool:
    """What the table says, read here without the code that reads it there."""
    action, thing = step.route.ask.action, step.thing
    if action is None:
        return True
    if isinstance(walker, ApiToken) and not step.route.ask.programs:
        return False
    relation = _asked_of(action) if thing is None else thing.relation
    if relation is None and step.path.startswith("/api/") and (step.method, action) in _BEGINS:
        # An id means something within one organisation only: in the walker's own, this begins a conversation of theirs.
        relation = Relation.OWN
    if _reaches(walker, action, relation):
        return True
    opens = action in _BEFORE_TAKING and thing is not None and thing.free
    return opens and _reaches(walker, Action.TAKE_CONVERSATION, relation)


def _asked_of(action: Action) -> Relation:
    """What a route without a thing is about: the whole organisation, where something of it is changed; else one's own."""
    managed = {Action.MANAGE_PEOPLE, Action.MANAGE_TEAMS, Action.MANAGE_DELIVERIES, Action.MANAGE_TOKENS}
    return Relation.TENANT if action in managed | {Action.SEE_OPERATION, Action.READ_AUDIT} else Relation.OWN


def _reaches(walker: Person | ApiToken, action: Action, relation: Relation | None) -> bool:
    order = (Relation.OWN, Relation.TEAM, Relation.TENANT)
    if isinstance(walker, ApiToken):
        reach = (Relation.TEAM if walker.team else Relation.TENANT) if action in SCOPES & set(walker.scopes) else None
    else:
        reach = PERMISSIONS[walker.role, action]
    return reach is not None and relation is not None and order.index(relation) <= order.index(reach)


def _sees(walker: Person | ApiToken, thing: Thing, step: Step) -> bool:
    if step.path.startswith(_STAND_INS) and thing.near:
        return _reaches(walker, Action.SAY_AWAY, Relation.OWN)
    if thing.kind == "conversation":
        takes = thing.free and _reaches(walker, Action.TAKE_CONVERSATION, thing.relation)
        return takes or _reaches(walker, Action.READ_CONVERSATION, thing.relation)
    near = Relation.TEAM if thing.near else thing.relation
    return thing.relation is Relation.OWN or _reaches(walker, Action.SEE_PEOPLE, near)


def _come_in(world: World, client: TestClient, entrance: Entrance) -> dict[str, str]:
    client.cookies.clear()
    if isinstance(world.walker, ApiToken):
        entrance.token(world.secret)  # That it was used is noted once a minute, and so not by the request.
        return {"authorization": f"Bearer {world.secret}"}
    entered = entrance.enter(world.walker, CAME)
    client.cookies.set("levelhead", entered.cookie)
    return {HEADER: entered.visit.csrf}


def _body(step: Step) -> dict[str, Any]:
    if step.method in _SAFE:
        return {}
    if step.path.startswith("/api/"):
        return {"json": _BODIES.get(step.path.rsplit("/", 1)[-1], _ANSWER)}
    return {"data": _FORM}


def _path(route: str, about: str | None, thing: Thing | None) -> str:
    def named(match: re.Match[str]) -> str:
        return thing.id if thing and match[1] == about else str(uuid4())

    return re.sub(r"{(\w+)(?::\w+)?}", named, route)


def _rows(engine: Engine, world: World) -> dict[tuple[str, str], str]:
    """A digest of each table's rows of each of the two organisations, past every filter and wall."""
    found: dict[tuple[str, str], str] = {}
    written = {form: str(tenant) for tenant in world.tenants for form in (str(tenant), tenant.hex)}
    those = ", ".join(f"'{form}'" for form in written)
    with engine.connect() as connection:
        for name in (name for name, table in tables.metadata.tables.items() if "tenant" in table.c):
            query = f'SELECT * FROM "{name}" WHERE CAST(tenant AS TEXT) IN ({those})'
            theirs: dict[str, list[str]] = {str(tenant): [] for tenant in world.tenants}
            for row in connection.exec_driver_sql(query).mappings():
                theirs[written[str(row["tenant"])]].append(repr(dict(row)))
            for tenant, rows in theirs.items():
                found[tenant, name] = hashlib.sha256("".join(sorted(rows)).encode()).hexdigest()
    return found


def _relation(thing: Thing | None) -> str:
    if thing is None:
        return "(no thing)"
    related = f"in {thing.relation}" if thing.relation else "of another organisation"
    return f"{'free ' if thing.free else ''}{thing.kind} {related}"


def _name(walker: Person | ApiToken) -> str:
    if isinstance(walker, Person):
        return walker.role.value
    return "program of a team" if walker.team else "program of the tenant"
