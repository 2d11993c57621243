"""A complaint that was made seven weeks ago: past its day, answered by whole letters, closed with its cause."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import Open
from tests.browser.keys import choose, open_panel, press, step_to, tab_to, take, write
from tests.browser.server import Server
from tests.browser.stories.conftest import Look

pytestmark = pytest.mark.browser

TURNS = (
    ("agent", "Hello, you're through to Amira. How can I help?"),
    ("customer", "This is the third engineer who has not come. I want to make a complaint."),
    ("agent", "I'm sorry that nobody came, three times. I've booked the engineer for tomorrow at nine."),
)
FOUND = "Three visits were booked on a day without engineers."


def test_a_complaint_reaches_its_limit_and_is_answered_and_closed(house: Server, open_page: Open, look: Look) -> None:
    settle(house, open_page, look)
    hear(house, "past-its-day", weeks_ago=7)
    amira = open_page(f"{house.url}/conversations/past-its-day", who="amira")
    take(amira)
    open_panel(amira, "o", "complaint")
    expect(amira.locator("#news-complaint")).to_have_text("a question")
    look(amira, "complaint-1-is-it-one")
    press(amira, "Yes")
    expect(amira.locator("#panel-complaint .say")).to_contain_text(re.compile(r"code: \w{4}-\w{4}\."))
    expect(amira.locator("#news-complaint")).to_have_text("past a limit")
    look(amira, "complaint-2-past-a-limit")

    sam = open_page(f"{house.url}/complaints", who="sam.two")
    expect(sam.locator("#count")).to_contain_text("past a limit")
    look(sam, "complaint-3-at-risk")
    here = amira.get_by_role("link", name="See to it").get_attribute("href")
    step_to(sam, sam.locator(f'[data-item][href="{here}"]'))
    sam.keyboard.press("Enter")
    expect(sam.get_by_role("heading", level=1)).to_have_text("Mr Doyle")
    sam.get_by_text("History").press("Enter")
    expect(sam.locator("details.words")).to_contain_text("Said to be a complaint")
    look(sam, "complaint-4-open")
    scheme_letter(sam, look)
    final_response(sam, look)
    write(sam, "What it came from", "Visits can be booked on days without engineers.")
    press(sam, "Close the complaint")
    expect(sam.locator(".head .sub")).to_contain_text("Closed")
    look(sam, "complaint-7-closed")


def settle(server: Server, open_page: Open, look: Look) -> None:
    """An admin chooses the rules, and says what letters say of the house."""
    page = open_page(f"{server.url}/complaints/rules", who="ada")
    if not tab_to(page, "checkbox", "UK telecoms (Ofcom)").is_checked():
        page.keyboard.press("Space")
    choose(page, "Proposed first", "UK")
    write(page, "Your organisation's name, as letters give it", "Kettle Telecom")
    write(page, "How customers reach you about complaints", "0800 123 4567, complaints@kettle.example")
    scheme = "The independent scheme you belong to, with how to reach it"
    write(page, scheme, "Communications Ombudsman, www.commsombudsman.org")
    press(page, "Save")
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    look(page, "complaint-0-rules")


def hear(server: Server, conversation: str, weeks_ago: int) -> None:
    """A customer who has complained, as long ago as is said: the clock counts from the words."""
    began = (datetime.now(UTC) - timedelta(weeks=weeks_ago, hours=1)).replace(tzinfo=None).isoformat()
    start = {"started_at": began, "zone": "UTC", "channel": "voice", "person": "Mr Doyle", "team": "Our team"}
    rows: list[dict[str, object]] = [
        start | {"n": n, "speaker": speaker, "text": text, "at": 20 * n} for n, (speaker, text) in enumerate(TURNS)
    ]
    server.post(f"/api/v1/conversations/{conversation}/turns", rows)


def scheme_letter(sam: Page, look: Look) -> None:
    """The letter that names the independent scheme; it refuses to go out without its mandatory part."""
    press(sam, "Write the letter about the independent scheme", "link")
    press(sam, "Show the letter")
    expect(sam.get_by_role("alert")).to_contain_text("Where it stands")
    write(sam, "Where it stands: what the customer was told", "Three visits were missed. An engineer comes tomorrow.")
    press(sam, "Show the letter")
    expect(sam.locator(".letter")).to_contain_text("Communications Ombudsman, www.commsombudsman.org")
    look(sam, "complaint-5-letter")
    press(sam, "It has gone out")
    expect(sam.get_by_text(re.compile("sent by Sam.two"))).to_be_visible()


def final_response(sam: Page, look: Look) -> None:
    """What was found out, whether it is upheld, and why."""
    write(sam, "What you found out", FOUND)
    press(sam, "Looked into")
    press(sam, "Write the final response", "link")
    expect(sam.get_by_label("What you found out")).to_have_value(FOUND)
    expect(sam.get_by_label("What was done")).to_have_value(re.compile("booked the engineer"))
    tab_to(sam, "radio", "You are right, and we are putting it right.")
    sam.keyboard.press("Space")
    write(sam, "Why", "We should have seen it after the first.")
    look(sam, "complaint-6-response")
    press(sam, "Show the letter")
    press(sam, "It has gone out")
    expect(sam.locator(".head .sub")).to_contain_text("Answered")
