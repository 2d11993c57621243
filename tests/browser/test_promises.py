"""The missed engineer: a promise that is spoken in the chat is confirmed by one key, due soon, and kept."""

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import update

from levelhead.storage import tables
from levelhead.storage.database import Access
from levelhead.storage.library import Library
from tests.browser.chromium import Open
from tests.browser.server import Server
from tests.browser.test_axe import violations

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def floor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Levelhead with nothing in it but what these tests say."""
    with Server(tmp_path_factory.mktemp("floor")) as server:
        yield server


def spoken(server: Server, conversation: str, *turns: tuple[str, str], first: int = 0) -> str:
    """Have turns heard that are spoken now; the address of their conversation."""
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0).isoformat()
    rows: list[dict[str, object]] = [
        {"n": first + n, "speaker": speaker, "text": text, "channel": "chat", "person": "Mr Doyle"}
        | ({} if first else {"at": 0.0, "started_at": now, "zone": "UTC"})
        for n, (speaker, text) in enumerate(turns)
    ]
    server.post(f"/api/v1/conversations/{conversation}/turns", rows)
    return f"{server.url}/conversations/{conversation}"


def time_passes(server: Server, **by: float) -> None:
    """Everything that was promised was promised that much longer ago."""
    with closing(Library.open(f"sqlite:///{Path(server.data_dir) / 'levelhead.db'}", Access.BESIDE)) as library:
        row, passed = tables.case_item.c, timedelta(**by)
        with library.shelf(library.first.id).writing() as connection:
            for item in connection.execute(tables.case_item.select()).all():
                then = {"opened_at": item.opened_at - passed, "due_at": item.due_at and item.due_at - passed}
                connection.execute(update(tables.case_item).where(row.id == item.id).values(then))


def test_the_missed_engineer(floor: Server, open_page: Open) -> None:
    talk = spoken(
        floor,
        "missed-engineer",
        ("customer", "Your engineer never came. I took a whole day off, and nobody rang me."),
        ("agent", "I'm sorry, Mr Doyle: a day off for nobody. I'll call you back within two hours."),
    )
    page = open_page(talk)
    promise = page.locator("#brief li:has(.promise)")
    expect(promise).to_contain_text("Call Mr Doyle back")
    expect(promise).to_contain_text("heard, not yet confirmed")
    page.keyboard.press("y")
    expect(promise).not_to_contain_text("not yet confirmed")
    expect(promise.get_by_role("button", name="Kept")).to_be_visible()

    time_passes(floor, minutes=90)
    expect(promise).to_contain_text("Due soon")
    expect(promise).to_contain_text("in 30 min")
    spoken(floor, "missed-engineer", ("customer", "Thank you for calling me back so quickly."), first=2)
    expect(promise).to_contain_text("Kept? It was said:")

    page.goto(f"{floor.url}/promises")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.matches('[data-item]')")
    call = page.get_by_role("link", name="Call Mr Doyle back", exact=True)
    settled = page.locator(".settled li", has_text="Call Mr Doyle back")
    call.focus()
    page.keyboard.press("y")
    expect(settled).to_contain_text("Kept")
    call.focus()
    page.keyboard.press("u")
    expect(page.get_by_role("button", name="Yes, kept")).to_be_visible()
    call.focus()
    page.keyboard.press("y")
    expect(settled).to_contain_text("Kept")
    call.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{talk}#turn-1")


def test_what_is_late_stands_at_the_top_and_says_so(floor: Server, open_page: Open) -> None:
    spoken(floor, "parcel", ("agent", "I'll find your parcel and email you within two hours."))
    spoken(floor, "form", ("agent", "I'll send you the returns form within 3 days."))
    spoken(floor, "vague", ("agent", "I'll get back to you about the deposit."))
    time_passes(floor, minutes=150)
    page = open_page(f"{floor.url}/promises")
    first = page.locator(".ledger li").first
    expect(first).to_contain_text("Late")
    expect(first).to_contain_text("ago")
    expect(page.locator("#count")).to_contain_text("late")
    expect(page.locator("li", has_text="deposit")).to_contain_text("Needs a time")
    assert page.locator(".late").first.evaluate("one => getComputedStyle(one).color") == "rgb(179, 38, 30)"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_the_form_and_the_brief_are_accessible(floor: Server, open_page: Open, scheme: str) -> None:
    spoken(floor, f"accessible-{scheme}", ("agent", "I'll ring you about the invoice within two hours."))
    page = open_page(f"{floor.url}/promises", color_scheme=scheme, reduced_motion="reduce")
    expect(page.locator(".ledger").first).to_be_visible()
    assert violations(page) == []
    page.get_by_role("link", name=re.compile("Change.*invoice")).first.click()
    expect(page.get_by_label("Day and time")).to_be_visible()
    assert violations(page) == []
    page.goto(f"{floor.url}/conversations/accessible-{scheme}")
    assert violations(page) == []


def test_a_time_is_given_without_a_mouse(floor: Server, open_page: Open) -> None:
    talk = spoken(floor, "by-hand", ("agent", "I'll get back to you about the boiler."))
    page = open_page(talk)
    promise = page.locator("#brief li:has(.promise)")
    expect(promise).to_contain_text("Needs a time")
    page.keyboard.press("y")
    expect(promise).not_to_contain_text("Needs a time")
    page.get_by_role("link", name=re.compile("Change.*boiler")).focus()
    page.keyboard.press("Enter")
    day = page.get_by_label("Day and time")
    expect(day).to_be_visible()
    when = (datetime.now(UTC) + timedelta(days=3)).strftime("%Y-%m-%dT15:00")
    day.fill(when)
    day.press("Enter")
    expect(page).to_have_url(talk)
    expect(promise).to_contain_text("15:00")
