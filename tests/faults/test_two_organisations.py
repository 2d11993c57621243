"""docs/operate.md as somebody follows it: an empty database, the commands, browsers, two organisations at work."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from sqlalchemy import make_url

from tests.databases import KINDS
from tests.postgresql import PostgreSQL

RUN = "from levelhead.cli import main; main()"
PASSWORD = "four kettles in the rain"
FIRST, SECOND = "the first zebra", "the second walrus"
TOKEN = re.compile(r"[\w-]{20,}")
"""Ids, digests and form tokens, in which any short name may stand by chance."""


@dataclass(frozen=True, slots=True)
class Site:
    """A Levelhead that runs: its address, the link for the first admin, and every browser that is open."""

    url: str
    link: str
    browsers: ExitStack

    def browser(self) -> httpx.Client:
        """A browser in which nobody is signed in."""
        return self.browsers.enter_context(httpx.Client(base_url=self.url, timeout=120))


class Machine:
    """Where Levelhead is installed: its settings stand in the environment, and everything is a command."""

    def __init__(self, folder: Path, database: str | None) -> None:
        self.environment = os.environ | {"LEVELHEAD_DATA_DIR": str(folder), "LEVELHEAD_DEMO": "false"}
        self.environment |= {"LEVELHEAD_PORT": "0"} | ({"LEVELHEAD_DATABASE": database} if database else {})

    def command(self, *given: str) -> str:
        """What the command prints; it has to succeed."""
        done = subprocess.run(
            [sys.executable, "-c", RUN, *given], capture_output=True, text=True, env=self.environment, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextmanager
    def serving(self) -> Iterator[Site]:
        """The server, until the block ends; then it is asked to stop, and has to do so in peace."""
        command = [sys.executable, "-c", RUN, "serve"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=self.environment) as server:
            assert server.stderr is not None
            try:
                link = next(line for line in server.stderr if "/welcome/" in line).split()[-1]
                with ExitStack() as browsers:
                    yield Site(link.partition("/welcome/")[0], link, browsers)
            finally:
                server.terminate()
                server.stderr.read()
                assert server.wait() in {0, -signal.SIGTERM}


@pytest.fixture(params=KINDS)
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Machine]:
    """With an empty database; the tables and the role of PostgreSQL are made by `levelhead migrate`."""
    if request.param == "sqlite":
        yield Machine(tmp_path, None)
        return
    server: PostgreSQL = request.getfixturevalue("postgresql")
    name = server.empty()
    role = make_url(server.application(name)).set(username=f"app_of_{name}", password="a-long-password")
    prepared = Machine(tmp_path, role.render_as_string(hide_password=False))
    prepared.command("migrate", "--owner", server.owner(name))
    yield prepared
    server.drop(name)


def test_two_organisations_work_side_by_side_and_see_nothing_of_each_other(machine: Machine) -> None:
    with machine.serving() as site:
        ada = welcomed(site, site.link, name="ada", shown_as="Ada One")
        assert "organisation" not in site.browser().get("/sign-in").text
        machine.command("tenant", "add", "Kettles Ltd", "kettles")
        kim = welcomed(site, machine.command("person", "add", "kim", "--role", "admin", "--tenant", "kettles"))
        bea, tom = colleague(site, ada, "bea", "Bea One"), colleague(site, kim, "tom", "Tom Two")
        one, two = said(bea, FIRST), said(tom, SECOND)
        assert FIRST in bea.get(one).text
        assert SECOND in tom.get(two).text
        assert (bea.get(two).status_code, tom.get(one).status_code) == (404, 404)
        for there, words in ((bea, (SECOND, "Tom Two", "kim")), (kim, ("Bea One", "ada", FIRST))):
            seen = "".join(there.get(path).text for path in ("/", "/people", "/account", "/api/v1/conversations"))
            assert not [word for word in words if re.search(rf"\b{word}\b", TOKEN.sub("", seen))]
        assert [signed_in(site, "tom", where) for where in ("kettles", "default", "", "nowhere")] == [
            303,
            401,
            401,
            401,
        ]
        assert signed_in(site, "bea", "default") == 303
    assert machine.command("tenant", "list") == "default\tOur team\nkettles\tKettles Ltd\n"
    assert not re.search(r"\bbea\b", machine.command("person", "list", "--tenant", "kettles"))


def sent(there: httpx.Client, path: str, to: str | None = None, **fields: str) -> httpx.Response:
    """Open a page, fill in its form as it stands, and send it."""
    token = re.search(r'name="csrf" value="([^"]+)"', there.get(path).text)
    assert token
    return there.post(to or path, data=fields | {"csrf": token[1]})


def welcomed(site: Site, link: str, **fields: str) -> httpx.Client:
    """The browser of somebody who has followed a link and chosen a password."""
    there = site.browser()
    path = "/welcome/" + link.strip().partition("/welcome/")[2]
    assert sent(there, path, password=PASSWORD, again=PASSWORD, **fields).status_code == 303
    return there


def colleague(site: Site, admin: httpx.Client, name: str, shown_as: str) -> httpx.Client:
    """The browser of a new agent, whom this admin has let in."""
    team = re.search(r'name="team" value="([^"]+)"', admin.get("/people").text)
    assert team
    page = sent(admin, "/people", name=name, shown_as=shown_as, role="agent", team=team[1]).text
    link = re.search(r"/welcome/[\w-]+", page)
    assert link
    return welcomed(site, link[0])


def said(there: httpx.Client, words: str) -> str:
    """A conversation in which a customer says these words; the address of its page."""
    return str(sent(there, "/try", text=f"Customer: I ask for {words}.").headers["location"])


def signed_in(site: Site, name: str, organisation: str) -> int:
    """What the sign-in page answers."""
    return sent(site.browser(), "/sign-in", name=name, password=PASSWORD, organisation=organisation).status_code
