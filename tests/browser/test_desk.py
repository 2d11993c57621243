"""The desk as a whole: an agent handles a conversation by keyboard alone, and whatever opens, the card stays put."""

import re

import pytest
from playwright.sync_api import Page, expect

from levelhead.live.demo import load_plays
from tests.browser.chromium import Open
from tests.browser.screenshots import row
from tests.browser.server import Server
from tests.browser.sound import sound, violations

pytestmark = pytest.mark.browser

PLAY = next(play for play in load_plays() if play.conversation.endswith("software-us-003"))
CARD = 20  # A card stands, a promise without a time was heard, and three panels have something to say.


def tell(server: Server, name: str, first: int = 0, end: int | None = None) -> str:
    """Have these turns of the demo conversation heard; the address of its page."""
    server.post(f"/api/v1/conversations/{name}/turns", [row(turn) for turn in PLAY.turns[first:end]])
    return f"{server.url}/conversations/{name}"


def box(page: Page, selector: str) -> object:
    return page.locator(selector).bounding_box()


def test_an_agent_handles_a_whole_conversation_by_keyboard_alone(quiet: Server, open_page: Open) -> None:
    page = open_page(tell(quiet, "by-keys", 0, 2))
    keys = page.keyboard
    expect(page.locator("#card article")).to_be_visible()
    keys.press("1")
    expect(page.locator("#card .noted")).to_have_text("Noted: used.")
    keys.press("m")
    expect(page.locator("#card")).to_contain_text("Suggestions are muted here.")
    tell(quiet, "by-keys", 2, CARD)
    expect(page.locator(".turn")).to_have_count(CARD)
    expect(page.locator("#card article")).to_have_count(0)
    keys.press("m")
    expect(page.locator("#card article")).to_be_visible()
    expect(page.locator("#brief .times")).to_be_visible()
    keys.press("c")
    expect(page.locator("#brief .times")).to_have_count(0)
    expect(page.locator("#brief .promise")).to_contain_text(re.compile(r"\d\d:\d\d"))
    for key, name in (("b", "boundary"), ("r", "remedies"), ("h", "help")):
        keys.press(key)
        panel = page.locator(f".panel:has(#panel-{name})")
        expect(panel).to_have_attribute("open", "")
        keys.press("Escape")
        page.evaluate("document.activeElement.blur()")
        keys.press(key)
        expect(panel).not_to_have_attribute("open", "")
    keys.press("/")
    keys.type("I'll see to it myself. You will have an answer by 5 pm today.")
    expect(page.locator("#checks > *").first).to_be_visible()
    keys.press("Escape")
    tell(quiet, "by-keys", CARD)
    expect(page.locator(".turn")).to_have_count(len(PLAY.turns))
    keys.press("?")
    expect(page.locator("#how")).to_be_visible()
    keys.press("Escape")
    expect(page.locator("#how")).to_be_hidden()


def test_whatever_opens_below_it_the_card_stays_where_it_is(quiet: Server, open_page: Open) -> None:
    page = open_page(tell(quiet, "stays-put", 0, CARD))
    before = box(page, "#card article")
    for key in ("b", "r", "h"):
        page.keyboard.press(key)
        page.evaluate("document.querySelector('.advice').scrollTo(0, 10000)")
        assert box(page, "#card article") == before
        page.evaluate("document.activeElement.blur()")


def test_on_a_phone_the_card_is_pinned_and_everything_else_is_behind_a_tab(quiet: Server, open_page: Open) -> None:
    page = open_page(tell(quiet, "on-a-phone", 0, CARD), width=390, height=844)
    before = box(page, "#card article")
    shown = {"Conversation": "#turns", "What is known": "#brief", "What you can do": ".panels"}
    for tab, inside in shown.items():
        page.get_by_role("button", name=tab).click()
        for one in shown.values():
            expect(page.locator(one)).to_be_visible(visible=one == inside)
        assert box(page, "#card article") == before
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("summary", has_text="Remedies").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_nothing_of_it_is_a_violation(quiet: Server, open_page: Open) -> None:
    page = open_page(tell(quiet, "desk-sound", 0, CARD), reduced_motion="reduce")
    page.locator("summary", has_text="Remedies").click()
    sound(page)
    page.set_viewport_size({"width": 390, "height": 1600})
    for tab in ("Conversation", "What is known"):
        page.get_by_role("button", name=tab).click()
        assert violations(page) == []
    page.locator("body").press("m")
    expect(page.locator("#card")).to_contain_text("Suggestions are muted here.")
    assert violations(page) == []


def test_the_dialog_names_every_key_of_a_panel(quiet: Server, open_page: Open) -> None:
    page = open_page(tell(quiet, "every-key", 0, CARD))
    keys = [panel.get_attribute("data-panel-key") for panel in page.locator("[data-panel-key]").all()]
    assert keys
    page.keyboard.press("?")
    told = page.locator("#how dt kbd").all_inner_texts()
    assert set(keys) <= set(told)
    assert len(told) == len(set(told)), "no key has two meanings"


def test_a_supervisor_decides_what_answers_change_by_keyboard(quiet: Server, open_page: Open) -> None:
    for n in range(8):
        quiet.hear(f"taught-{n}", ("customer", "My kettle never arrived. I'm furious."))
        quiet.post(f"/api/v1/conversations/taught-{n}/cards/taught-{n}:0", {"answer": "wrong"})
    page = open_page(f"{quiet.url}/suggestions")
    sound(page)
    approve = page.get_by_role("button", name=re.compile("^Approve"))
    approve.press("Enter")
    expect(page.get_by_role("heading", name="In force")).to_be_visible()
    sound(page)
    page.get_by_role("button", name=re.compile("^Take back")).press("Enter")
    expect(page.get_by_role("heading", name="In force")).to_have_count(0)
