"""The complaint that reaches its limit: confirmed, past its day, answered by a whole letter, closed; by keyboard."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import Open
from tests.browser.server import Server
from tests.browser.test_axe import violations
from tests.browser.test_details import signed_in
from tests.browser.test_help import tab_to

pytestmark = pytest.mark.browser

WORDS = "This is the third engineer who has not come. I want to make a complaint."


def hear(server: Server, conversation: str, weeks_ago: int = 0) -> None:
    """A customer who has complained, as long ago as is said: the clock counts from the words."""
    began = (datetime.now(UTC) - timedelta(weeks=weeks_ago, hours=1)).replace(tzinfo=None).isoformat()
    start = {"started_at": began, "zone": "UTC", "channel": "voice", "person": "Mr Doyle", "team": "Our team"}
    turns = (
        ("agent", "Hello, you're through to Amira. How can I help?"),
        ("customer", WORDS),
        ("agent", "I'm sorry that nobody came, three times. I've booked the engineer for tomorrow at nine."),
    )
    rows: list[dict[str, object]] = [
        start | {"n": n, "speaker": speaker, "text": text, "at": 20 * n} for n, (speaker, text) in enumerate(turns)
    ]
    server.post(f"/api/v1/conversations/{conversation}/turns", rows)


def press(page: Page, name: str, role: str = "button") -> None:
    tab_to(page, role, name)
    page.keyboard.press("Enter")


def write(page: Page, label: str, words: str) -> None:
    tab_to(page, "textbox", label)
    page.keyboard.press("Control+a")
    page.keyboard.type(words)


def settle(server: Server, open_page: Open) -> None:
    """An admin chooses the rules, and says what letters say of the house."""
    page = signed_in(open_page, server, "ada", "/complaints/rules")
    box = page.get_by_role("checkbox", name="UK telecoms (Ofcom)")
    box.focus()
    if not box.is_checked():
        page.keyboard.press("Space")
    page.get_by_label("Proposed first").select_option("uk-telecoms")
    write(page, "Your organisation's name, as letters give it", "Kettle Telecom")
    write(page, "How customers reach you about complaints", "0800 123 4567, complaints@kettle.example")
    write(
        page,
        "The independent scheme you belong to, with how to reach it",
        "Communications Ombudsman, www.commsombudsman.org",
    )
    press(page, "Save")
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    assert violations(page) == []


def at_the_desk(server: Server, open_page: Open, name: str) -> Page:
    page = signed_in(open_page, server, "amira", f"/conversations/{name}")
    page.get_by_role("button", name="Take this conversation").press("Enter")
    expect(page.locator("#draft")).to_be_visible()
    page.locator("body").press("o")
    expect(page.locator("#panel-complaint")).to_be_visible()
    return page


def test_a_complaint_reaches_its_limit_and_is_answered_and_closed(quiet: Server, open_page: Open) -> None:
    settle(quiet, open_page)
    hear(quiet, "past-its-day", weeks_ago=7)
    amira = at_the_desk(quiet, open_page, "past-its-day")
    expect(amira.locator("#news-complaint")).to_have_text("a question")
    assert violations(amira) == []
    press(amira, "Yes")
    expect(amira.locator("#panel-complaint .say")).to_contain_text(re.compile(r"code: \w{4}-\w{4}\."))
    expect(amira.locator("#news-complaint")).to_have_text("past a limit")

    sam = signed_in(open_page, quiet, "sam.two", "/complaints")
    expect(sam.locator("#count")).to_contain_text("past a limit")
    here = amira.get_by_role("link", name="See to it").get_attribute("href")
    line = sam.locator(f'[data-item][href="{here}"]')
    for _ in range(sam.locator("[data-item]").count()):
        sam.keyboard.press("j")
        if line.evaluate("element => element === document.activeElement"):
            break
    sam.keyboard.press("Enter")
    expect(sam.get_by_role("heading", level=1)).to_have_text("Mr Doyle")
    sam.get_by_text("History").press("Enter")
    expect(sam.locator("details.words")).to_contain_text("Said to be a complaint")
    press(sam, "Write the letter about the independent scheme", "link")
    press(sam, "Show the letter")
    expect(sam.get_by_role("alert")).to_contain_text("Where it stands")
    write(sam, "Where it stands: what the customer was told", "Three visits were missed. An engineer comes tomorrow.")
    press(sam, "Show the letter")
    expect(sam.locator(".letter")).to_contain_text("Communications Ombudsman, www.commsombudsman.org")
    assert violations(sam) == []
    press(sam, "It has gone out")
    expect(sam.get_by_text(re.compile("sent by Sam.two"))).to_be_visible()

    write(sam, "What you found out", "Three visits were booked on a day without engineers.")
    press(sam, "Looked into")
    press(sam, "Write the final response", "link")
    expect(sam.get_by_label("What you found out")).to_have_value("Three visits were booked on a day without engineers.")
    expect(sam.get_by_label("What was done")).to_have_value(re.compile("booked the engineer"))
    tab_to(sam, "radio", "You are right, and we are putting it right.")
    sam.keyboard.press("Space")
    write(sam, "Why", "We should have seen it after the first.")
    press(sam, "Show the letter")
    press(sam, "It has gone out")
    expect(sam.locator(".head .sub")).to_contain_text("Answered")
    write(sam, "What it came from", "Visits can be booked on days without engineers.")
    press(sam, "Close")
    expect(sam.locator(".head .sub")).to_contain_text("Closed")
    assert violations(sam) == []


def test_a_no_needs_no_reason_and_can_be_taken_back(quiet: Server, open_page: Open) -> None:
    hear(quiet, "still-typing")
    page = at_the_desk(quiet, open_page, "still-typing")
    press(page, "No")
    expect(page.locator("#panel-complaint")).to_contain_text("Everybody may complain")
    press(page, "Undo")
    expect(page.locator("#panel-complaint")).to_contain_text("Is this a complaint?")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_its_pages_have_no_violation(quiet: Server, open_page: Open, width: int, scheme: str) -> None:
    name = f"axe-complaint-{width}-{scheme}"
    hear(quiet, name, weeks_ago=5)
    amira = signed_in(open_page, quiet, "amira", f"/conversations/{name}")
    amira.get_by_role("button", name="Take this conversation").press("Enter")
    page = open_page(f"{quiet.url}/complaints", width=width, color_scheme=scheme)
    assert violations(page) == []
    page.locator("li", has=page.locator(f'a[href^="/conversations/{name}"]')).get_by_role("button", name="Yes").press(
        "Enter"
    )
    expect(page.locator(f'a[href^="/conversations/{name}"]')).to_have_count(0)
    page.locator('a[href^="/complaints/"][data-item]').first.press("Enter")
    expect(page.locator(".complaint")).to_be_visible()
    assert violations(page) == []
    page.goto(f"{page.url}/letters/final_response")
    page.get_by_role("button", name="Show the letter").press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page) == []
