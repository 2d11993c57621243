"""Commands beside a Levelhead that runs on the same database: what it notices at once, and what has to wait."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple

import httpx
import pytest
from sqlalchemy import Connection
from typer.testing import CliRunner, Result

from benchmarks._killed import Where, served, set_up
from levelhead.channels.webhook_envelope import new_secret
from levelhead.cli.app import app
from levelhead.live.events import Kind
from levelhead.live.unlocking import vault_of
from levelhead.people.permission import Action
from levelhead.people.person import Role
from levelhead.settings import load
from levelhead.storage.accounts import LastAdmin, People, new_person
from levelhead.storage.books import utc_now
from levelhead.storage.columns import new_id
from levelhead.storage.database import Access, open_database
from levelhead.storage.library import Library
from levelhead.storage.outbox import Told, laid_out
from levelhead.storage.refusals import AlreadyOpen
from levelhead.storage.tokens import NotAToken, Tokens
from tests.postgresql import PostgreSQL
from tests.receiving import Receiver, receiving

ENVIRONMENT = {"LEVELHEAD_WEBHOOK_NETWORKS": "127.0.0.0/8"}
WITHIN_S = 60.0
A_MOMENT_S = 0.5
"""Long enough for whoever does not wait."""
OUT_OF_PATIENCE = timedelta(days=4)


class Running(NamedTuple):
    """A `levelhead serve` in a process of its own, and the commands beside it."""

    where: Where
    port: int
    token: str
    receiver: Receiver

    def run(self, *given: str) -> Result:
        """A command on the same database."""
        here = ("--database", self.where.url, "--data-dir", str(self.where.folder))
        return CliRunner().invoke(app, [*given, *here], env=ENVIRONMENT)

    def done(self, *given: str) -> str:
        """What a command printed that has to go well."""
        result = self.run(*given)
        assert result.exit_code == 0, (result.stderr, result.exception)
        return result.stdout.strip()

    def ask(self, method: str, path: str, token: str | None = None, json: object = None) -> httpx.Response:
        """A request to the server, as a program."""
        headers = {"authorization": f"Bearer {token or self.token}"}
        url = f"http://127.0.0.1:{self.port}{path}"
        return httpx.request(method, url, headers=headers, json=json, timeout=WITHIN_S)

    def hear(self, conversation: str, n: int, token: str | None = None, **known: object) -> httpx.Response:
        """A customer's turn."""
        turn = {"n": n, "speaker": "customer", "text": "I am furious, where is my refund?", "channel": "chat", **known}
        return self.ask("POST", f"/api/v1/conversations/{conversation}/turns", token, turn)


def until(enough: Callable[[], object]) -> None:
    """Until it is so."""
    end = time.monotonic() + WITHIN_S
    while not enough():
        assert time.monotonic() < end, "it never came"


@pytest.fixture
def running(database_url: str, tmp_path: Path) -> Iterator[Running]:
    where = Where(database_url, tmp_path)
    with receiving(new_secret()) as receiver:
        token = set_up(where, receiver)
        with served(where, ENVIRONMENT) as (server, port):
            yield Running(where, port, token, receiver)
            server.terminate()
            server.wait()


def test_the_running_server_notices_teams_tokens_people_and_tenants_at_once(running: Running) -> None:
    running.done("team", "add", "Returns", "--rollout", "on")
    token = running.done("token", "add", "chat", "--team", "Returns", "--scope", "hear_turn")
    assert running.hear("c-1", 0, token).json()[0]["readable"] is True
    running.done("team", "rollout", "Returns", "off")
    assert running.hear("c-1", 1, token).json()[0]["readable"] is False
    running.done("token", "end", "chat")
    assert running.hear("c-1", 2, token).status_code == 401

    link = running.done("person", "add", "amira", "--role", "agent", "--team", "Returns")
    path = httpx.URL(link).path
    assert running.ask("GET", path).status_code == 200
    running.done("person", "disable", "amira")
    assert running.ask("GET", path).status_code in (404, 410)

    running.done("tenant", "add", "Kettles Ltd", "kettles")
    theirs = running.done("token", "add", "chat", "--tenant", "kettles", "--scope", "hear_turn")
    assert running.hear("c-1", 0, theirs).status_code == 200


def test_a_dead_event_that_a_command_sends_again_is_taken_up_by_the_running_outbox(running: Running) -> None:
    running.receiver.answers.append((503, {}))
    known = load(database=running.where.url, data_dir=running.where.folder)
    old = Told(new_id(), Kind.SUPERVISOR_ASKED.value, "c-1", utc_now() - OUT_OF_PATIENCE, "{}")
    beside = Library.open(known.database_url, Access.BESIDE, vault=vault_of(known))
    with closing(beside), beside.shelf(beside.first.id).writing() as connection:
        laid_out([old])(connection)
    until(lambda: running.done("outbox", "list", "--state", "dead"))
    running.done("outbox", "resend")
    running.receiver.wait_for(lambda: len(running.receiver.asked) == 2)
    until(lambda: running.done("outbox", "list", "--state", "sent"))


def test_a_destination_that_a_command_adds_is_told_of_the_next_turn(running: Running) -> None:
    first = running.done("outbox", "destinations").split("\t", maxsplit=1)[0]
    running.done("outbox", "switch", first, "--off")
    with receiving("") as other:
        other.secret = running.done("outbox", "add", other.url).split("\t")[1]
        running.hear("c-1", 0)
        other.wait_for(lambda: "turn.heard" in other.kinds)
    assert running.receiver.asked == []


def test_the_audit_stays_whole_while_server_and_commands_both_write_to_it(running: Running) -> None:
    enough, statuses = Event(), list[int]()

    def speak() -> None:
        while not enough.is_set():
            statuses.append(running.hear("c-1", len(statuses)).status_code)

    speaking = Thread(target=speak)
    speaking.start()
    try:
        for number in range(12):
            running.done("person", "add", f"agent.{number}", "--role", "agent")
            running.done("person", "disable", f"agent.{number}")
    finally:
        enough.set()
        speaking.join()
    assert set(statuses) == {200}
    until(lambda: "more wait" not in running.run("audit", "verify").stderr)
    verified = running.run("audit", "verify")
    assert verified.exit_code == 0
    assert "as it was sealed" in verified.stderr
    assert "agent.11" in running.done("person", "list")


@pytest.mark.parametrize(
    "given",
    [("keys", "rotate"), ("customer", "erase", "018f3c1e-0000-7000-8000-000000000000"), ("retention", "run")],
    ids=" ".join,
)
def test_what_the_running_server_would_not_notice_is_refused_in_a_sentence(
    running: Running, given: tuple[str, ...]
) -> None:
    refused = running.run(*given)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "This needs it stopped: stop it, then try again." in refused.stderr
    assert running.hear("c-1", 0).status_code == 200


def test_a_restore_beside_a_running_server_is_refused_and_everything_stays(
    running: Running, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner: tuple[str, ...] = ()
    if running.where.url.startswith("postgresql"):
        server: PostgreSQL = request.getfixturevalue("postgresql")
        monkeypatch.setenv("PATH", str(server.bin), prepend=":")
        owner = ("--owner", server.owner(httpx.URL(running.where.url).path.removeprefix("/")))
    running.hear("c-1", 0)
    copy = str(tmp_path / "copy")
    assert running.run("backup", copy, *owner).exit_code == 0
    for given in (("restore", copy, "--replace"), ("migrate",)):
        refused = running.run(*given, *owner)
        assert (refused.exit_code, "This needs it stopped" in refused.stderr) == (1, True), refused.stderr
    assert running.hear("c-1", 1).status_code == 200


def test_a_command_waits_its_turn_while_another_must_not_be_disturbed(database_url: str) -> None:
    with closing(open_database(database_url, Access.ALONE)):
        for access in (Access.BESIDE, Access.SERVE):
            with pytest.raises(AlreadyOpen):
                open_database(database_url, access)
    with closing(open_database(database_url, Access.BESIDE)), closing(open_database(database_url, Access.BESIDE)):
        with pytest.raises(AlreadyOpen, match="still at work"):
            open_database(database_url, Access.ALONE)
        open_database(database_url, Access.SERVE).close()


def test_of_two_admins_who_disable_each_other_from_two_processes_one_is_left(database_url: str) -> None:
    server, beside = Library.open(database_url), Library.open(database_url, Access.BESIDE)
    here, there = (People(library.shelf(library.first.id)) for library in (server, beside))
    ada, bob = (here.add(new_person(server.first.id, name, name, Role.ADMIN)) for name in ("ada", "bob"))
    refused, over = list[LastAdmin](), Event()

    def disable_bob() -> None:
        try:
            there.disable(bob.id)
        except LastAdmin as only:
            refused.append(only)
        over.set()

    other = Thread(target=disable_bob)

    def meanwhile(_connection: Connection) -> None:
        other.start()
        assert not over.wait(A_MOMENT_S), "it did not wait"

    here.disable(ada.id, also=[meanwhile])
    other.join()
    beside.close()
    server.close()
    assert len(refused) == 1


def test_a_name_that_another_process_is_giving_a_token_is_taken(database_url: str) -> None:
    server, beside = Library.open(database_url), Library.open(database_url, Access.BESIDE)
    here, there = (Tokens(library.shelf(library.first.id)) for library in (server, beside))
    refused, over = list[NotAToken](), Event()

    def make() -> None:
        try:
            there.add("chat", [Action.HEAR_TURN], timedelta(days=1))
        except NotAToken as taken:
            refused.append(taken)
        over.set()

    other = Thread(target=make)

    def meanwhile(_connection: Connection) -> None:
        other.start()
        assert not over.wait(A_MOMENT_S), "it did not wait"

    here.add("chat", [Action.HEAR_TURN], timedelta(days=1), also=[meanwhile])
    other.join()
    beside.close()
    server.close()
    assert len(refused) == 1
