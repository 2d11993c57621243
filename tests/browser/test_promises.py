"""The ledger of promises: what is late stands at the top, and a time is given without a mouse."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import Open
from tests.browser.passing import time_passes
from tests.browser.server import Server
from tests.browser.sound import sound

pytestmark = pytest.mark.browser


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


def test_what_is_late_stands_at_the_top_and_says_so(quiet: Server, open_page: Open) -> None:
    spoken(quiet, "parcel", ("agent", "I'll find your parcel and email you within two hours."))
    spoken(quiet, "form", ("agent", "I'll send you the returns form within 3 days."))
    spoken(quiet, "vague", ("agent", "I'll get back to you about the deposit."))
    for conversation in ("parcel", "form", "vague"):
        time_passes(quiet, conversation, minutes=150)
    page = open_page(f"{quiet.url}/promises")
    first = page.locator(".ledger li").first
    expect(first).to_contain_text("Late")
    expect(first).to_contain_text("ago")
    expect(page.locator("#count")).to_contain_text("late")
    expect(page.locator("li", has_text="deposit")).to_contain_text("Needs a time")
    assert page.locator(".late").first.evaluate("one => getComputedStyle(one).color") == "rgb(179, 38, 30)"


def test_the_page_the_form_and_the_brief_are_accessible(quiet: Server, open_page: Open) -> None:
    spoken(quiet, "accessible", ("agent", "I'll ring you about the invoice within two hours."))
    page = open_page(f"{quiet.url}/promises")
    expect(page.locator(".ledger").first).to_be_visible()
    sound(page)
    page.get_by_role("link", name=re.compile("Change.*invoice")).first.click()
    expect(page.get_by_label("Day and time")).to_be_visible()
    sound(page)


def test_a_time_is_given_without_a_mouse(quiet: Server, open_page: Open) -> None:
    talk = spoken(quiet, "by-hand", ("agent", "I'll get back to you about the boiler."))
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
