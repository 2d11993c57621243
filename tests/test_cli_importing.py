"""Customers and their history are brought in from files: all of a file or nothing, and twice is once."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from levelhead import settings
from levelhead.cli.app import app
from levelhead.live.unlocking import vault_of
from levelhead.storage.customers import Customers
from levelhead.storage.library import Library
from levelhead.storage.profiles import Profiles

OKAFOR: dict[str, Any] = {
    "reference": "crm-2",
    "name": "Mrs Okafor",
    "preferred_name": "Ada",
    "language": "en-GB",
    "needs": [{"adjustment": "Speak slowly", "told_by": "customer", "agreed_on": "2026-03-06"}],
}
TALK: list[dict[str, Any]] = [
    {"conversation": "old-1", "n": 0, "speaker": "customer", "text": "My kettle has not come.", "channel": "chat"}
    | {"customer_ref": "crm-2", "started_at": "2026-03-06T10:00:00", "zone": "Europe/London", "outcome": "solved"},
    {"conversation": "old-1", "n": 1, "speaker": "agent", "text": "I have sent it again, it comes on Friday."},
]


def levelhead(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--data-dir", str(folder)])


def lines(folder: Path, *rows: object, name: str = "rows.jsonl") -> str:
    file = folder / name
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return str(file)


def opened(folder: Path) -> Library:
    known = settings.load(data_dir=folder)
    return Library.open(known.database_url, vault=vault_of(known))


def preferred(folder: Path, reference: str) -> str | None:
    with closing(opened(folder)) as library:
        books = library.of(library.first.id)
        customer = Customers(books.shelf, books.vault).referred(reference)
        return Profiles(books).of(customer).preferred_name if customer else None


def test_customers_are_brought_in_once(data_dir: Path, tmp_path: Path) -> None:
    file = lines(tmp_path, OKAFOR, {"reference": "crm-3"})
    dry = levelhead(data_dir, "customer", "import", file, "--dry-run")
    assert (dry.exit_code, "2 would be new" in dry.stderr, preferred(data_dir, "crm-2")) == (0, True, None)
    assert "2 are new" in levelhead(data_dir, "customer", "import", file).stderr
    assert preferred(data_dir, "crm-2") == "Ada"
    assert "0 are new" in levelhead(data_dir, "customer", "import", file).stderr
    changed = lines(tmp_path, OKAFOR | {"preferred_name": "Mrs O."})
    assert "1 are new or changed" in levelhead(data_dir, "customer", "import", changed).stderr


def test_csv_has_one_need_in_columns(data_dir: Path, tmp_path: Path) -> None:
    file = tmp_path / "customers.csv"
    file.write_text(
        "reference,name,preferred_name,adjustment,told_by,agreed_on\n"
        "crm-2,Mrs Okafor,Ada,Speak slowly,customer,2026-03-06\ncrm-3,Mr Doyle,,,,\n"
    )
    assert "2 are new" in levelhead(data_dir, "customer", "import", str(file)).stderr
    assert preferred(data_dir, "crm-2") == "Ada"


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({}, "reference"),
        ({"reference": "crm-3", "langauge": "en"}, "langauge"),
        ({"reference": "crm-3", "language": "English"}, "language"),
        ({"reference": "crm-3", "preferred_name": "x" * 201}, "preferred_name"),
        (
            {"reference": "crm-3", "needs": [{"adjustment": "Speak slowly", "told_by": "customer"}]},
            "needs[0].agreed_on",
        ),
        ({"reference": "crm-3", "needs": [{"told_by": "customer"}]}, "needs[0].adjustment"),
        ({"reference": "crm-3", "adjustment": "Speak slowly", "agreed_on": "2026-03-06"}, "told_by"),
        ({"reference": "crm-2"}, "reference"),
    ],
)
def test_a_line_that_is_not_as_agreed_is_named_and_nothing_is_brought_in(
    data_dir: Path, tmp_path: Path, row: dict[str, Any], field: str
) -> None:
    refused = levelhead(data_dir, "customer", "import", lines(tmp_path, OKAFOR, row))
    assert refused.exit_code == 2
    assert f"rows.jsonl:2: {field}: expected" in refused.stderr
    assert preferred(data_dir, "crm-2") is None


def test_history_is_read_and_over_and_of_its_customer(data_dir: Path, tmp_path: Path) -> None:
    levelhead(data_dir, "customer", "import", lines(tmp_path, OKAFOR, name="a.jsonl"))
    file = lines(tmp_path, *TALK)
    words = ("customer", "import", "--history", file)
    assert "1 would be new" in levelhead(data_dir, *words, "--dry-run").stderr
    assert "Of 1 conversations 1 are new" in levelhead(data_dir, *words).stderr
    assert "Of 1 conversations 0 are new" in levelhead(data_dir, *words).stderr
    with closing(opened(data_dir)) as library:
        books = library.of(library.first.id)
        (summary,) = books.conversations()
        assert summary.last_heard_at.isoformat() == "2026-03-06T10:00:00+00:00"
        customers = Customers(books.shelf, books.vault)
        customer = customers.referred("crm-2")
        assert customer is not None
        assert customers.conversations(customer) == ("old-1",)
        assert all(heard.reading.readable and heard.advice.card is None for heard in books.timeline("old-1"))


@pytest.mark.parametrize(
    ("change", "line", "field"),
    [
        ({"started_at": None}, 1, "started_at"),
        ({"outcome": "well"}, 1, "outcome"),
        ({"speaker": "robot"}, 1, "speaker"),
    ],
)
def test_history_that_is_not_as_agreed_is_named(
    data_dir: Path, tmp_path: Path, change: dict[str, Any], line: int, field: str
) -> None:
    refused = levelhead(data_dir, "customer", "import", "--history", lines(tmp_path, TALK[0] | change, TALK[1]))
    assert refused.exit_code == 2
    assert f"rows.jsonl:{line}: {field}: expected" in refused.stderr
    with closing(opened(data_dir)) as library:
        assert library.of(library.first.id).conversations() == ()


def test_a_conversation_that_is_here_with_other_words_is_refused_before_anything_is_kept(
    data_dir: Path, tmp_path: Path
) -> None:
    levelhead(data_dir, "customer", "import", "--history", lines(tmp_path, *TALK))
    new = [row | {"conversation": "old-2"} for row in TALK]
    other = lines(tmp_path, *new, TALK[0] | {"text": "Something else."})
    refused = levelhead(data_dir, "customer", "import", "--history", other)
    assert (refused.exit_code, "is here already" in refused.stderr) == (1, True)
    with closing(opened(data_dir)) as library:
        assert library.of(library.first.id).timeline("old-2") == ()
