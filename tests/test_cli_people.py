"""`levelhead person`, `team`, `tenant`, `token`: what they do, print, and refuse."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from levelhead.cli.app import app
from levelhead.live.entrance import Entrance
from levelhead.live.welcome import PATH, accept
from levelhead.people.person import Role
from levelhead.people.session import Came
from levelhead.storage.library import Library

HOME = Came("192.0.2.7", "Firefox")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


def run(folder: Path, *given: str) -> Result:
    return CliRunner().invoke(app, [*given, "--data-dir", str(folder)])


def entrance(folder: Path) -> Entrance:
    return Entrance(Library.open(f"sqlite:///{folder / 'levelhead.db'}"))


def test_somebody_who_is_added_follows_the_printed_link_and_is_in(folder: Path) -> None:
    run(folder, "team", "add", "Returns")
    added = run(folder, "person", "add", "Amira", "--role", "agent", "--shown-as", "Amira Haddad", "--team", "Returns")
    at = entrance(folder)
    visit = accept(at, added.stdout.strip().partition(PATH)[2], "kettle seventeen moon", HOME).visit
    at.library.close()
    assert (visit.person.name, visit.person.shown_as) == ("amira", "Amira Haddad")
    assert run(folder, "person", "list").stdout == "amira\tAmira Haddad\tagent\tReturns\tactive\n"


def test_somebody_is_disabled_and_enabled_by_name(folder: Path) -> None:
    run(folder, "person", "add", "amira", "--role", "agent")
    assert run(folder, "person", "disable", "amira").exit_code == 0
    assert run(folder, "person", "list").stdout.endswith("disabled\n")
    assert run(folder, "person", "enable", "amira").exit_code == 0
    assert run(folder, "person", "list").stdout.endswith("active\n")


def test_a_reset_prints_a_new_link(folder: Path) -> None:
    first = run(folder, "person", "add", "amira", "--role", "agent").stdout
    again = run(folder, "person", "reset", "amira").stdout
    assert PATH in again
    assert again != first


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (("person", "disable", "nobody"), "There is nobody of this name."),
        (
            ("person", "add", "amira", "--role", "agent", "--team", "None"),
            "There is no team 'None'. There are: Our team.",
        ),
        (("person", "add", "a/b", "--role", "agent"), "name: 2 to 100 characters"),
        (("person", "list", "--tenant", "none"), "There is no tenant 'none'."),
        (("token", "add", "x", "--scope", "manage_people"), "scopes: choose from "),
        (("token", "end", "x"), "There is no token 'x'"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(folder: Path, given: tuple[str, ...], why: str) -> None:
    result = run(folder, *given)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith(why)


def test_a_team_begins_in_shadow_and_is_rolled_out(folder: Path) -> None:
    run(folder, "team", "add", "Returns")
    assert run(folder, "team", "list").stdout == "Our team\ton\nReturns\tshadow\n"
    run(folder, "team", "rollout", "Returns", "on")
    assert run(folder, "team", "list").stdout == "Our team\ton\nReturns\ton\n"


def test_a_tenant_that_is_added_has_people_of_its_own(folder: Path) -> None:
    run(folder, "tenant", "add", "Kettles Ltd", "kettles")
    run(folder, "person", "add", "alex", "--role", "admin", "--tenant", "kettles")
    assert run(folder, "tenant", "list").stdout == "default\tOur team\nkettles\tKettles Ltd\n"
    assert run(folder, "person", "list").stdout == ""
    assert run(folder, "person", "list", "--tenant", "kettles").stdout.startswith("alex\t")


def test_a_token_is_printed_once_and_opens_until_it_is_ended(folder: Path) -> None:
    secret = run(folder, "token", "add", "telephony", "--scope", "hear_turn", "--days", "30").stdout.strip()
    at = entrance(folder)
    token = at.token(secret)
    at.library.close()
    assert token is not None
    listed = run(folder, "token", "list").stdout
    assert listed.startswith("telephony\thear_turn\tuntil ")
    assert secret not in listed
    run(folder, "token", "end", "telephony")
    at = entrance(folder)
    assert at.token(secret) is None
    at.library.close()


def test_a_server_without_an_admin_says_how_to_become_one(folder: Path) -> None:
    command = [sys.executable, "-c", "from levelhead.cli import main; main()", "serve", "--port", "0", "--no-demo"]
    with subprocess.Popen([*command, "--data-dir", str(folder)], stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        told = next(line for line in server.stderr if PATH in line)
        server.send_signal(signal.SIGTERM)
        server.communicate()
    at = entrance(folder)
    visit = accept(at, told.strip().partition(PATH)[2], "kettle seventeen moon", HOME, name="alex").visit
    at.library.close()
    assert visit.person.role is Role.ADMIN


def test_bytes_that_are_no_text_are_refused_in_a_sentence(folder: Path) -> None:
    run(folder, "team", "add", "Returns")
    for given in (("person", "add", "ami\udcffra", "--role", "agent"), ("team", "add", "Nig\udcffht")):
        refused = run(folder, *given)
        assert isinstance(refused.exception, SystemExit)
        assert (refused.exit_code in (1, 2), refused.stdout) == (True, "")
        assert refused.stderr.count("\n") == 1, refused.stderr
