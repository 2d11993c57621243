"""Whether it is a complaint is a question, and a no can be taken back."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import Open
from tests.browser.keys import press
from tests.browser.server import Server

pytestmark = pytest.mark.browser

WORDS = "This is the third engineer who has not come. I want to make a complaint."


def at_the_desk(server: Server, open_page: Open, name: str) -> Page:
    page = open_page(server.url + f"/conversations/{name}", who="amira")
    page.get_by_role("button", name="Take this conversation").press("Enter")
    expect(page.locator("#draft")).to_be_visible()
    page.locator("body").press("o")
    expect(page.locator("#panel-complaint")).to_be_visible()
    return page


def test_a_no_needs_no_reason_and_can_be_taken_back(quiet: Server, open_page: Open) -> None:
    quiet.hear("still-typing", ("customer", WORDS))
    page = at_the_desk(quiet, open_page, "still-typing")
    press(page, "No")
    expect(page.locator("#panel-complaint")).to_contain_text("Everybody may complain")
    press(page, "Undo")
    expect(page.locator("#panel-complaint")).to_contain_text("Is this a complaint?")
