"""A refund above what the agent may give: asked for, approved with one key, said, accepted and granted."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import Open
from tests.browser.keys import choose, open_panel, press, take, write
from tests.browser.server import Server
from tests.browser.stories.conftest import Look

pytestmark = pytest.mark.browser

TURNS = (
    ("agent", "Good morning, how can I help?"),
    ("customer", "My order 48213 never arrived. It cost £249.00 and I needed it for Saturday."),
    ("agent", "I'm sorry it isn't there, after you planned Saturday around it. I'm looking at it now."),
    ("customer", "I don't want another one. I just want my money back."),
)


def test_a_refund_above_authority_is_asked_approved_said_accepted_and_granted(
    house: Server, open_page: Open, look: Look
) -> None:
    sam = open_page(f"{house.url}/requests", who="sam.two")
    expect(sam.get_by_text("Nothing waits for you")).to_be_visible()
    house.hear("above", *TURNS)
    amira = open_page(f"{house.url}/conversations/above", who="amira")
    take(amira)
    expect(amira.locator("#news-remedies")).to_have_text("Not arrived")
    open_panel(amira, "r", "remedies")
    fill_in(amira)
    expect(amira.locator(".options .what", has_text="Full refund")).to_contain_text("£249 owed by law")
    amira.locator("#ask-refund summary").focus()
    amira.keyboard.press("Enter")
    expect(amira.locator("#reason-refund")).to_have_value("Not arrived, 9 days")
    look(amira, "refund-1-what-is-owed")
    choose(amira, "Whom", "Sam.t")
    press(amira, "Ask")
    stands(amira, re.compile(r"Sam\.two is asked: Full refund\. \d min left\."))
    look(amira, "refund-2-asked")

    line = sam.locator(".requests li")
    expect(line).to_contain_text("Full refund £249")
    expect(line).to_contain_text("Amira asks you, for Mr Doyle")
    expect(line).to_contain_text("never arrived")
    look(sam, "refund-3-request")
    sam.locator("body").press("1")
    expect(sam.get_by_text("Nothing waits for you")).to_be_visible()

    stands(amira, "Sam.two said yes: Full refund.")
    expect(amira.locator("#news-remedies")).to_have_text("Sam.two said yes")
    expect(amira.locator("#panel-remedies .say")).to_contain_text("I can refund the full £249 for order 48213.")
    look(amira, "refund-4-said-yes")
    press(amira, "Offered")
    stands(amira, "Offered: Full refund.")
    house.hear("above", ("agent", "I can refund the full £249."), ("customer", "Yes, please do that."), first=4)
    press(amira, "Accepted")
    stands(amira, "They said yes: Full refund.")
    press(amira, "Granted")
    expect(amira.locator("#panel-remedies")).to_contain_text("Granted: Full refund, by Amira")
    expect(amira.locator("#news-remedies")).to_have_text("granted")
    expect(amira.locator("#panel-remedies .options")).to_be_hidden()
    look(amira, "refund-5-granted")


def fill_in(page: Page) -> None:
    """What is not known yet."""
    choose(page, "Has it arrived?", "No")
    write(page, "Days late", "9")
    expect(page.locator("#remedy-amount")).to_have_value("£249")
    press(page, "Use these")
    expect(page.locator("#remedy-facts")).to_have_count(0)


def stands(page: Page, text: str | re.Pattern[str]) -> None:
    expect(page.locator("#panel-remedies .stands")).to_contain_text(text)
