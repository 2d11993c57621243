"""From a conversation that is over to a sealed note by keyboard alone: two keys where nothing is to be changed."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import Open
from tests.browser.server import Server
from tests.browser.sound import sound

pytestmark = pytest.mark.browser

TURNS = (
    ("agent", "Good morning, how can I help?"),
    ("customer", "My kettle leaks and I am furious. It's order 48213 and my mother's birthday is on Saturday."),
    ("agent", "I'm sorry that it leaks. I've sent you a new one, it'll be with you on Friday by noon."),
    ("agent", "I can't refund the postage, but I'll call you on Friday at one to hear that it came."),
    ("customer", "All right then, that works. Thank you, bye bye."),
)


def talk(server: Server, open_page: Open, name: str) -> Page:
    """The desk of an agent whose conversation has come to its end."""
    server.hear(name, *TURNS)
    page = open_page(server.url + f"/conversations/{name}", who="amira")
    page.get_by_role("button", name="Take this conversation").press("Enter")
    expect(page.locator("#draft")).to_be_visible()
    return page


def test_two_keys_seal_a_note_in_which_nothing_is_to_be_changed(quiet: Server, open_page: Open) -> None:
    page = talk(quiet, open_page, "two-keys")
    expect(page.locator("#news-note")).to_have_text("drafted")
    page.locator("body").press("n")
    expect(page.locator("#panel-note textarea").first).to_be_focused()
    drafted = page.locator("#panel-note textarea").evaluate_all("all => all.map(one => one.value)")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#news-note")).to_have_text("sealed")
    expect(page.locator("#panel-note article p:not(.sub)")).to_have_text(drafted)
    expect(page.locator("#panel-note article")).to_contain_text("Sealed by Amira")
    expect(page.locator("#panel-note textarea")).to_have_count(0)


def test_lines_are_changed_struck_and_added_by_keyboard_while_turns_come(quiet: Server, open_page: Open) -> None:
    page = talk(quiet, open_page, "edited")
    page.locator("body").press("n")
    first = page.locator("#panel-note textarea").first
    expect(first).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("Kettle leaks")
    quiet.hear("edited", ("agent", "I've also put a voucher of £20 on your account."), first=len(TURNS))
    expect(page.locator("#turns")).to_contain_text("voucher of £20")
    page.keyboard.type(", order 48213")
    expect(first).to_have_value("Kettle leaks, order 48213")
    page.keyboard.press("Tab")
    struck = page.locator("#panel-note .line").nth(2)
    words = struck.locator("textarea").input_value()
    struck.get_by_role("button").press("Enter")
    expect(page.get_by_role("button", name="Put 1 line back")).to_be_visible()
    expect(page.locator("#panel-note .line").nth(2).get_by_role("button")).to_be_focused()
    page.locator("#note-write").press_sequentially("Neighbour takes parcels")
    page.locator("#note-write").press("Enter")
    expect(page.locator("#panel-note textarea").last).to_have_value("Neighbour takes parcels")
    expect(page.locator("#note-write")).to_have_value("")
    expect(page.locator("#panel-note")).to_contain_text("Kettle leaks")
    page.keyboard.press("Control+Enter")
    article = page.locator("#panel-note article")
    expect(article).to_contain_text("Kettle leaks, order 48213")
    expect(article).to_contain_text("Neighbour takes parcels")
    expect(article).not_to_contain_text(words)


def test_the_note_is_for_everyone(quiet: Server, open_page: Open) -> None:
    page = talk(quiet, open_page, "note-for-everyone")
    page.locator("body").press("n")
    expect(page.locator("#panel-note textarea").first).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Seal the note").press("Enter")
    expect(page.locator("#panel-note article")).to_be_visible()
    page.get_by_role("link", name="As a document").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Note:")
    sound(page)
