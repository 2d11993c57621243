import http.client
import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.testing import CliRunner, Result

from levelhead import __version__, models, packs
from levelhead.cli import benching
from levelhead.cli.app import app
from levelhead.cli.serving import bound
from levelhead.live.engine import hear_turn
from levelhead.settings import Settings
from levelhead.storage.library import Library
from tests.people import the_late_refund

LEVELHEAD = (sys.executable, "-c", "from levelhead.cli import main; main()")


def run(*given: str) -> Result:
    return CliRunner().invoke(app, list(given))


def test_without_a_command_it_says_what_there_is() -> None:
    assert all(name in run().output for name in ("serve", "read", "replay", "bench", "version"))


def test_the_version_comes_with_the_name_of_the_weights() -> None:
    assert run("version").stdout == f"levelhead {__version__}\nweights {models.load().name}\n"


def test_benchmarks_are_listed_when_none_is_named() -> None:
    result = run("bench")
    assert result.exit_code == 2
    assert "speed" in result.stderr


def test_all_and_page_are_offered_but_are_no_benchmarks() -> None:
    assert "`all` runs every one of them" in run("bench").stderr
    assert set(benching.OF_ALL) & set(benching.benchmarks()) == set()


def test_the_page_is_written_from_the_figures_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "figures").mkdir()
    assert run("bench", "page", "--results", str(tmp_path / "figures")).exit_code == 0
    assert (tmp_path / "figures.md").read_text(encoding="utf-8").startswith("# Results")


def test_a_benchmark_that_is_not_there_is_said_to_be_none() -> None:
    assert run("bench", "beauty").stderr.startswith("There is no benchmark 'beauty'. The benchmarks are: ")


def test_a_benchmark_gets_its_options_and_its_status_comes_back(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "benchmarks").mkdir()
    (tmp_path / "pyproject.toml").touch()
    told = 'import sys\nif __name__ == "__main__":\n    print(*sys.argv[1:])\n    sys.exit(1)\n'
    (tmp_path / "benchmarks" / "beauty.py").write_text(told, encoding="utf-8")
    assert benching.benchmarks(tmp_path) == ("beauty",)
    assert benching.bench("beauty", Path("here"), "json", ["--more"], root=tmp_path) == 1
    assert capfd.readouterr().out == "--data here --format json --more\n"


def test_outside_a_checkout_there_are_no_benchmarks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert benching.bench("speed", None, "text", [], root=tmp_path) == 2
    assert capsys.readouterr().err.startswith("The benchmarks are not part of the installed package.")


def keep(settings: Settings, locale: str) -> str:
    """The data folder of a machine that has heard the late refund, advised by the pack of `locale`."""
    library = Library.open(settings.database_url)
    books = library.of(library.first.id)
    for turn in the_late_refund():
        with books.turn_of(turn.conversation) as book:
            book.keep(hear_turn(turn, book.timeline, models.load(), packs.load(locale)))
    library.close()
    return str(settings.data_dir)


def test_replay_says_that_everything_came_out_the_same(settings: Settings) -> None:
    result = run("replay", "--data-dir", keep(settings, "en-GB"))
    assert (result.stdout, result.exit_code) == ("12 turns heard again, 0 different\n", 0)


def test_replay_of_one_conversation_hears_only_that(settings: Settings) -> None:
    data_dir = keep(settings, "en-GB")
    assert run("replay", "the-late-refund", "--data-dir", data_dir).exit_code == 0
    unknown = run("replay", "another", "--data-dir", data_dir)
    assert (unknown.exit_code, unknown.stderr) == (2, "There is no conversation 'another' in the books.\n")


def test_replay_names_what_came_out_otherwise_and_exits_1(settings: Settings) -> None:
    result = run("replay", "--data-dir", keep(settings, "en-US"))
    assert result.exit_code == 1
    assert "the-late-refund turn 0: advice.pack" in result.stdout
    assert result.stdout.endswith("12 turns heard again, 12 different\n")


def test_replay_without_a_database_says_so(data_dir: Path) -> None:
    result = run("replay", "--data-dir", str(data_dir))
    assert result.exit_code == 2
    assert result.stderr.startswith("There is no Levelhead database at ")


class Serving(NamedTuple):
    """A server in a process of its own."""

    process: subprocess.Popen[str]
    port: int

    def get(self, path: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, body


@contextmanager
def serving(data_dir: Path) -> Iterator[Serving]:
    command = [*LEVELHEAD, "serve", "--port", "0", "--no-demo", "--data-dir", str(data_dir)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr
            told = next(line for line in process.stderr if "Levelhead is at" in line)
            found = re.search(r"http://127\.0\.0\.1:(\d+)", told)
            assert found
            yield Serving(process, int(found[1]))
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate()


def test_serve_says_where_it_is_answers_and_stops_when_told(data_dir: Path) -> None:
    with serving(data_dir) as server:
        status, body = server.get("/api/v1/health")
        assert status == 200
        assert json.loads(body)["status"] == "ok"
        assert server.get("/sign-in")[0] == 200
    assert server.process.returncode in {0, -signal.SIGTERM}
    assert (data_dir / "levelhead.db").is_file()


def test_an_answer_in_two_pieces_does_not_wait_for_word_of_the_first(settings: Settings) -> None:
    with bound(settings.model_copy(update={"port": 0})) as listening, socket.create_connection(listening.getsockname()):
        connection, _ = listening.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_second_server_on_the_same_folder_is_refused_in_one_sentence(data_dir: Path) -> None:
    with serving(data_dir):
        result = run("serve", "--port", "0", "--data-dir", str(data_dir))
    assert result.exit_code == 1
    assert "Another Levelhead" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_port_that_is_taken_is_said_plainly(data_dir: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run("serve", "--port", str(port), "--data-dir", str(data_dir))
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Cannot listen on 127.0.0.1 port {port}")


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEVELHEAD_PORT", "many")
    result = run("serve")
    assert result.exit_code == 2
    assert result.stderr.startswith("port: ")
