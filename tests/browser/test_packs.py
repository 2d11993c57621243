"""A pack is put in one's own words: refused with the mend, tried on what was, in force at once, and gone back from."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import Open
from tests.browser.keys import open_panel, press, tab_to, take, write
from tests.browser.server import Server
from tests.browser.sound import sound

pytestmark = pytest.mark.browser

PACK = "/packs/boundary.en-US"  # No other story is told in American English.
OURS = "Happy to fix it with you. Please leave the names out."


def insulted(server: Server, name: str) -> str:
    """The address of an American chat in which the customer has just been rude to whoever answers."""
    turns = (("agent", "Hello, how can I help?"), ("customer", "You are a useless idiot, all of you are idiots."))
    rows: list[dict[str, object]] = [
        {"n": n, "speaker": speaker, "text": text, "channel": "chat", "locale": "en-US", "person": "Mr Doyle"}
        for n, (speaker, text) in enumerate(turns)
    ]
    server.post(f"/api/v1/conversations/{name}/turns", rows)
    return f"{server.url}/conversations/{name}"


def reach(page: Page, address: str) -> None:
    """Go from the list to a pack by its links alone."""
    press(page, "Boundary", "link")
    expect(page.get_by_role("heading", level=1)).to_have_text("Boundary: English (United Kingdom)")
    press(page, "English (United States)", "link")
    expect(page).to_have_url(re.compile(re.escape(address)))


def test_a_sentence_is_put_in_ones_own_words_and_back(quiet: Server, open_page: Open) -> None:
    insulted(quiet, "an-insult-before")
    page = open_page(f"{quiet.url}/packs", who="ada")
    sound(page)
    reach(page, PACK)
    tab_to(page, "searchbox", "Find words")
    page.keyboard.type("leave the names out")
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile("places? with “leave the names out”"))).to_be_visible()
    write(page, "Chat", " ")
    press(page, "Save as a draft")
    expect(page.get_by_role("alert")).to_contain_text("nothing stands there; say something")
    expect(page.get_by_role("textbox", name="Chat", exact=True)).to_be_focused()
    sound(page)
    write(page, "Chat", OURS)
    write(page, "Why, in a few words", "In our own words")
    press(page, "Save as a draft")
    expect(page.get_by_text("Saved as a draft.")).to_be_visible()
    expect(page.locator(".compared ins")).not_to_have_count(0)
    press(page, "Try it on past conversations")
    expect(page.get_by_role("heading", name="What would have changed")).to_be_visible()
    expect(page.locator(".tally")).to_contain_text(OURS)
    expect(page.locator(".talks-tried")).to_contain_text("Turn 1")
    sound(page)

    press(page, "Put into force")
    expect(page.get_by_text("In force. It counts from the next turn on.")).to_be_visible()
    expect(page.locator(".editions li").first).to_contain_text("“In our own words”")
    sound(page)
    desk = open_page(insulted(quiet, "an-insult-after"), who="amira")
    take(desk)
    open_panel(desk, "b", "boundary")
    expect(desk.get_by_text(OURS).first).to_be_attached()

    tab_to(page, "button", "Go back to this : As it comes with Levelhead")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Gone back. It counts from the next turn on.")).to_be_visible()
    expect(page.locator(".stands")).to_have_text("In force as it comes with Levelhead.")


def test_a_slip_in_the_text_leads_to_its_line(quiet: Server, open_page: Open) -> None:
    page = open_page(f"{quiet.url}/packs/help.en-US/text", who="ada")
    text = tab_to(page, "textbox", "The whole pack, as text (TOML)")
    page.keyboard.press("Control+Home")
    page.keyboard.type("calm = ")
    page.keyboard.press("Enter")
    press(page, "Save as a draft")
    expect(page.get_by_role("alert")).to_contain_text("Line 1")
    expect(text).to_be_focused()
    assert text.evaluate("area => area.value.slice(area.selectionStart, area.selectionEnd)") == "calm = "
    sound(page)
