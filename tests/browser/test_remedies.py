"""The refund above authority: asked for, approved by a supervisor, said, accepted and granted, by keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import Open
from tests.browser.server import Server
from tests.browser.test_axe import violations
from tests.browser.test_details import signed_in
from tests.browser.test_help import tab_to

pytestmark = pytest.mark.browser

TURNS = (
    ("agent", "Good morning, how can I help?"),
    ("customer", "My order 48213 never arrived. It cost £249.00 and I needed it for Saturday."),
    ("agent", "I'm sorry it isn't there, after you planned Saturday around it. I'm looking at it now."),
    ("customer", "I don't want another one. I just want my money back."),
)


def talk(server: Server, open_page: Open, name: str) -> Page:
    """The desk of an agent who has just taken the conversation."""
    server.hear(name, *TURNS)
    page = signed_in(open_page, server, "amira", f"/conversations/{name}")
    page.get_by_role("button", name="Take this conversation").press("Enter")
    expect(page.locator("#draft")).to_be_visible()
    return page


def open_remedies(page: Page) -> None:
    page.locator("body").press("r")
    expect(page.locator("#panel-remedies")).to_be_visible()


def to_panels(page: Page) -> None:
    """On a narrow screen, the panels are behind a tab."""
    if page.locator('[data-tab="do"]').is_visible():
        page.locator('[data-tab="do"]').click()


def press(page: Page, name: str) -> None:
    tab_to(page, "button", name)
    page.keyboard.press("Enter")


def stands(page: Page, text: str | re.Pattern[str]) -> None:
    expect(page.locator("#panel-remedies .stands")).to_contain_text(text)


def fill_in(page: Page) -> None:
    """What is not known yet, by keyboard."""
    tab_to(page, "combobox", "Has it arrived?")
    page.keyboard.type("No")
    tab_to(page, "textbox", "Days late")
    page.keyboard.type("9")
    expect(page.locator("#remedy-amount")).to_have_value("£249")
    press(page, "Use these")
    expect(page.locator("#remedy-facts")).to_have_count(0)


def test_a_refund_above_authority_is_asked_approved_said_accepted_and_granted(quiet: Server, open_page: Open) -> None:
    sam = signed_in(open_page, quiet, "sam.two", "/requests")
    expect(sam.get_by_text("Nothing waits for you")).to_be_visible()
    amira = talk(quiet, open_page, "above")
    expect(amira.locator("#news-remedies")).to_have_text("Not arrived")
    open_remedies(amira)
    fill_in(amira)
    expect(amira.locator(".options .what", has_text="Full refund")).to_contain_text("£249 owed by law")

    amira.locator("#ask-refund summary").focus()
    amira.keyboard.press("Enter")
    expect(amira.locator("#reason-refund")).to_have_value("Not arrived, 9 days")
    tab_to(amira, "combobox", "Whom")
    amira.keyboard.type("Sam.t")
    tab_to(amira, "button", "Ask")
    amira.keyboard.press("Enter")
    stands(amira, re.compile(r"Sam\.two is asked: Full refund\. \d min left\."))

    line = sam.locator(".requests li")
    expect(line).to_contain_text("Full refund £249")
    expect(line).to_contain_text("Amira asks you, for Mr Doyle")
    expect(line).to_contain_text("never arrived")
    sam.locator("body").press("1")
    expect(sam.get_by_text("Nothing waits for you")).to_be_visible()

    stands(amira, "Sam.two said yes: Full refund.")
    expect(amira.locator("#news-remedies")).to_have_text("Sam.two said yes")
    expect(amira.locator("#panel-remedies .say")).to_contain_text("I can refund the full £249 for order 48213.")
    press(amira, "Offered")
    stands(amira, "Offered: Full refund.")
    press(amira, "Accepted")
    stands(amira, "They said yes: Full refund.")
    press(amira, "Granted")
    expect(amira.locator("#panel-remedies")).to_contain_text("Granted: Full refund, by Amira")


def test_a_slip_is_undone_and_a_no_brings_other_options(quiet: Server, open_page: Open) -> None:
    amira = talk(quiet, open_page, "declined")
    open_remedies(amira)
    first = amira.locator(".options .say").first.inner_text()
    press(amira, "Offered")
    stands(amira, "Offered:")
    press(amira, "Undo")
    expect(amira.locator(".options .say").first).to_have_text(first)
    press(amira, "Offered")
    press(amira, "Declined")
    stands(amira, "They said no:")
    expect(amira.locator(".options .say").first).not_to_have_text(first)


def test_what_is_being_filled_in_survives_the_next_turn(quiet: Server, open_page: Open) -> None:
    amira = talk(quiet, open_page, "filling")
    open_remedies(amira)
    amira.locator("#remedy-days").fill("1")
    amira.locator("#remedy-delivered").select_option("no")
    quiet.hear("filling", ("customer", "Hello? It never came, do you hear me?"), first=len(TURNS))
    expect(amira.locator("#turn-4")).to_be_visible()
    expect(amira.locator("#panel-remedies")).to_contain_text("never came")
    expect(amira.locator("#remedy-days")).to_have_value("1")
    expect(amira.locator("#remedy-delivered")).to_have_value("no")


def test_what_is_not_clear_is_asked_in_one_question(quiet: Server, open_page: Open) -> None:
    quiet.hear("unclear", ("customer", "I'm not happy with you at all."))
    sam = open_page(f"{quiet.url}/conversations/unclear")
    open_remedies(sam)
    expect(sam.locator("#panel-remedies")).to_contain_text("Which of these is it?")
    expect(sam.locator("#panel-remedies .options")).to_have_count(0)
    press(sam, "Damaged")
    expect(sam.locator("#panel-remedies .options li").first).to_be_visible()


def test_nothing_of_it_needs_a_script(quiet: Server, open_page: Open) -> None:
    quiet.hear("plain-remedy", *TURNS)
    sam = open_page(f"{quiet.url}/conversations/plain-remedy", java_script_enabled=False)
    for step, then in (("Offered", "Offered:"), ("Accepted", "They said yes:"), ("Granted", "Granted:")):
        sam.locator(".panel summary").filter(has_text="Remedies").click()
        sam.locator("#panel-remedies").get_by_role("button", name=step).first.click()
        expect(sam.locator("#panel-remedies")).to_contain_text(then)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_none_of_it_has_a_violation_or_scrolls_sideways(
    quiet: Server, open_page: Open, width: int, scheme: str
) -> None:
    amira = talk(quiet, open_page, f"axe-remedy-{width}-{scheme}")
    amira.set_viewport_size({"width": width, "height": 1600})  # What the pinned card covers in part has no fair size.
    amira.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    to_panels(amira)
    amira.locator(".panel summary").filter(has_text="Remedies").click()
    amira.locator("#remedy-days").fill("9")
    amira.locator("#remedy-delivered").select_option("no")
    amira.get_by_role("button", name="Use these").click()
    amira.locator("#ask-refund summary").click()
    amira.locator("#remedy-how summary").click()
    assert violations(amira) == []
    amira.locator("#ask-refund button").click()
    stands(amira, "is asked: Full refund.")
    assert violations(amira) == []
    assert amira.evaluate("document.documentElement.scrollWidth") <= width
    sam = open_page(f"{quiet.url}/requests", width=width, color_scheme=scheme, reduced_motion="reduce")
    expect(sam.locator(".requests li").first).to_be_visible()
    assert violations(sam) == []
    assert sam.evaluate("document.documentElement.scrollWidth") <= width
    amira.get_by_role("button", name="Take it back").click()  # So that no other test finds it waiting.
    expect(amira.locator(".options li").first).to_be_visible()
