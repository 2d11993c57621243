"""What can be offered: a slip is undone, a no brings other options, what is typed survives; by keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import Open
from tests.browser.keys import press
from tests.browser.server import Server
from tests.browser.sound import sound

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
    page = open_page(server.url + f"/conversations/{name}", who="amira")
    page.get_by_role("button", name="Take this conversation").press("Enter")
    expect(page.locator("#draft")).to_be_visible()
    return page


def open_remedies(page: Page) -> None:
    page.locator("body").press("r")
    expect(page.locator("#panel-remedies")).to_be_visible()


def stands(page: Page, text: str | re.Pattern[str]) -> None:
    expect(page.locator("#panel-remedies .stands")).to_contain_text(text)


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
    sam.locator("#remedy-how summary").press("Enter")
    sound(sam)


def test_nothing_of_it_needs_a_script(quiet: Server, open_page: Open) -> None:
    quiet.hear("plain-remedy", *TURNS)
    sam = open_page(f"{quiet.url}/conversations/plain-remedy", java_script_enabled=False)
    for step, then in (("Offered", "Offered:"), ("Accepted", "They said yes:"), ("Granted", "Granted:")):
        sam.locator(".panel summary").filter(has_text="Remedies").click()
        sam.locator("#panel-remedies").get_by_role("button", name=step).first.click()
        expect(sam.locator("#panel-remedies")).to_contain_text(then)
