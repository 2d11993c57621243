"""`levelhead hours`: what is settled, what is said, and what is refused."""

from datetime import time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from levelhead.casework.opening_hours import Hours
from levelhead.cli.app import app
from levelhead.storage.library import Library
from levelhead.storage.opening_hours import Opening

SHOP = ("--zone", "Europe/London", "--country", "gb", "--region", "eng", "--weekdays", "09:00-17:30")


def run(folder: Path, *given: str) -> Result:
    return CliRunner().invoke(app, ["hours", *given, "--data-dir", str(folder)])


def test_hours_are_settled_and_said(tmp_path: Path) -> None:
    assert "monday 09:00-17:30" in run(tmp_path, "show").stderr
    settled = run(tmp_path, "set", *SHOP, "--saturday", "10:00-14:00", "--friday", "09:00-24:00")
    assert settled.exit_code == 0
    assert "saturday 10:00-14:00, sunday closed (Europe/London); public holidays: GB-ENG." in settled.stderr
    library = Library.open(f"sqlite:///{tmp_path / 'levelhead.db'}")
    hours = Opening(library.shelf(library.first.id)).hours()
    library.close()
    assert (hours.week[4], hours.week[5]) == (Hours(time(9), time()), Hours(time(10), time(14)))


def test_what_is_left_out_stays_but_for_the_region_of_another_country(tmp_path: Path) -> None:
    run(tmp_path, "set", *SHOP)
    said = run(tmp_path, "set", "--country", "us", "--sunday", "12:00-16:00").stderr
    assert "monday 09:00-17:30" in said
    assert "sunday 12:00-16:00 (Europe/London); public holidays: US." in said


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (("--zone", "Europe/Londres"), "looks like Europe/London"),
        (("--country", "Britain"), "two letters"),
        (("--country", "GB", "--region", "CA"), "ENG"),
        (("--monday", "nine to five"), "look like 09:00-17:30"),
        (("--monday", "17:00-09:00"), "opens before it closes"),
        (("--weekdays", "closed"), "at least one"),
    ],
)
def test_what_cannot_be_is_refused_with_what_would_do(tmp_path: Path, given: tuple[str, ...], why: str) -> None:
    refused = run(tmp_path, "set", *given)
    assert refused.exit_code == 1
    assert why in refused.stderr
    assert "monday 09:00-17:30" in run(tmp_path, "show").stderr
