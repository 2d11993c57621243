"""Packs on the command line: a file is read as the desk would read it."""

from pathlib import Path

from typer.testing import CliRunner

from levelhead import packs
from levelhead.cli.app import app

HELP = "help.en-GB"


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["packs", *arguments])
    return done.exit_code, done.output


def test_a_file_that_can_be_its_pack_is_said_to_be(tmp_path: Path) -> None:
    file = tmp_path / f"{HELP}.toml"
    status, text = run("show", HELP)
    assert (status, text) == (0, packs.text_of(HELP))
    file.write_text(text, encoding="utf-8")
    assert run("check", str(file)) == (0, f"{file} can be {HELP}.\n")


def test_a_slip_is_named_with_its_line_and_its_mend(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text(packs.text_of(HELP).replace("voice = 3", "voice = 0", 1), encoding="utf-8")
    status, told = run("check", str(file), "--as", HELP)
    line = (
        packs.text_of(HELP)
        .split("\n")
        .index(next(row for row in packs.text_of(HELP).split("\n") if "voice = 3" in row))
    )
    assert status == 2
    assert f"line {line + 1}, limits.voice: 0 does not fit; write a whole number from 1 to" in told


def test_a_name_that_no_pack_has_is_refused_with_those_there_are(tmp_path: Path) -> None:
    status, told = run("check", str(tmp_path / "ours.toml"))
    assert (status, "--as" in told) == (2, True)
    assert run("show", "ours")[0] == 2
    assert run("check", str(tmp_path / f"{HELP}.toml"))[0] == 2
