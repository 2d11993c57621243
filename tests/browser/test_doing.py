"""What a person does: a draft that gets a rewrite, a card that is answered, everything by keyboard, on a phone too."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import Open
from tests.browser.server import Server

pytestmark = pytest.mark.browser

ANGRY = "This is the third time I've asked. I'm furious, and I want to speak to your manager."


def with_card(server: Server, conversation: str) -> str:
    """The address of a conversation in which a card stands."""
    server.hear(conversation, ("agent", "Hello, how can I help?"), ("customer", ANGRY), channel="email")
    return f"{server.url}/conversations/{conversation}"


def active(page: Page, selector: str) -> bool:
    return bool(page.evaluate("selector => document.activeElement.matches(selector)", selector))


def test_a_draft_that_says_what_cannot_be_done_gets_a_rewrite(quiet: Server, open_page: Open) -> None:
    page = open_page(with_card(quiet, "draft"))
    page.locator("#draft").press_sequentially("I can't do that.", delay=20)
    expect(page.locator("#checks q").first).to_have_text("I can't do that")
    rewrite = page.locator(".rewrite .text").inner_text()
    page.get_by_role("button", name="Use this").click()
    expect(page.locator("#draft")).to_have_value(rewrite)
    page.keyboard.press("Control+z")
    expect(page.locator("#draft")).to_have_value("I can't do that.")


def test_a_conversation_of_ones_own_grows_turn_by_turn(quiet: Server, open_page: Open) -> None:
    page = open_page(f"{quiet.url}/try")
    page.get_by_role("button", name=re.compile("No engineer, again")).click()
    page.get_by_role("button", name="Read it").click()
    expect(page.locator(".turn")).to_have_count(6)
    expect(page.get_by_label("As the agent")).to_be_checked()
    page.locator("#draft").fill("I'm sorry you waited all day for nothing. I'm looking at it now.")
    page.get_by_role("button", name="Add turn").click()
    expect(page.locator(".turn")).to_have_count(7)
    expect(page.locator("#draft")).to_have_value("")
    expect(page.get_by_label("As the customer")).to_be_checked()


def test_everything_can_be_done_by_keyboard(quiet: Server, open_page: Open) -> None:
    with_card(quiet, "by-keyboard")
    page = open_page(quiet.url)
    page.keyboard.press("/")
    assert active(page, "#filter")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert active(page, "[data-item]")
    page.locator("#talk-by-keyboard a[href='/conversations/by-keyboard']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#card article")).to_be_visible()
    page.locator(".turn").nth(1).focus()
    page.keyboard.press("Tab")
    assert active(page, ".evidence")
    expect(page.locator(".evidence:focus .why")).to_be_visible()
    page.keyboard.press("?")
    expect(page.locator("#how")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#how")).to_be_hidden()
    page.keyboard.press("1")
    expect(page.locator("#card")).to_contain_text("Noted: used.")


def test_single_keys_rest_while_typing_and_can_be_turned_off(quiet: Server, open_page: Open) -> None:
    page = open_page(with_card(quiet, "keys-rest"))
    page.locator("#draft").press_sequentially("132?")
    expect(page.locator("#draft")).to_have_value("132?")
    expect(page.locator("#how")).to_be_hidden()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.get_by_label("Single keys work on this page").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("3")
    page.reload()
    page.keyboard.press("3")
    expect(page.locator("#card article .answers")).to_be_visible()


@pytest.mark.parametrize(("key", "says"), [("2", "Put away for now."), ("3", "Noted as wrong.")])
def test_a_card_is_put_away_with_one_key(quiet: Server, open_page: Open, key: str, says: str) -> None:
    page = open_page(with_card(quiet, f"away-{key}"))
    page.locator("#turns").click()
    page.keyboard.press(key)
    expect(page.locator("#card")).to_contain_text(says)
    expect(page.locator("#card article")).to_have_count(0)


@pytest.mark.parametrize("path", ["/", "/try", "/conversations/phone", "/nowhere"])
def test_on_a_phone_nothing_scrolls_sideways(quiet: Server, open_page: Open, path: str) -> None:
    with_card(quiet, "phone")
    page = open_page(f"{quiet.url}{path}", width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_on_a_phone_the_card_is_pinned_and_the_brief_is_behind_a_tab(quiet: Server, open_page: Open) -> None:
    page = open_page(with_card(quiet, "pinned"), width=390, height=844)
    card = page.locator("#card").bounding_box()
    assert card
    assert round(card["y"] + card["height"]) == 844
    expect(page.locator("#brief")).to_be_hidden()
    page.get_by_role("button", name="What is known").click()
    expect(page.locator("#brief")).to_be_visible()
    expect(page.locator("#turns")).to_be_hidden()
    expect(page.locator("#card article")).to_be_visible()


def test_targets_on_a_phone_are_large_enough_to_touch(quiet: Server, open_page: Open) -> None:
    page = open_page(with_card(quiet, "touch"), width=390, height=844)
    for button in page.locator(".answers button, .tabs button, .reply .primary").all():
        box = button.bounding_box()
        assert box
        assert box["height"] >= 44, button.inner_text()
