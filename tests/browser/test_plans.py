"""A plan by keyboard: proposed by an agent, agreed and told by a supervisor, a warm hand-over, and her objection."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import Open
from tests.browser.keys import choose, open_panel, press, take, write
from tests.browser.server import Server
from tests.browser.sound import sound

pytestmark = pytest.mark.browser

REASON = "You have rung us five times in three weeks about one refund, and told it to four of us."
ASKED = "We asked: you hear better in the morning, and would rather speak with somebody who knows the case."


def talk(server: Server, number: int) -> str:
    """The address of a contact of Mrs Ellery about her refund."""
    name = f"ellery-{number}"
    said = ("Where is my refund for order 48213? It has not come.", "I'm sorry. May I have a look?", "Please do.")
    rows: list[dict[str, object]] = [
        {
            "n": n,
            "speaker": "agent" if n % 2 else "customer",
            "text": text,
            "channel": "voice",
            "person": "Mrs Ellery",
            "customer_ref": "crm-ellery",
        }
        for n, text in enumerate(said)
    ]
    server.post(f"/api/v1/conversations/{name}/turns", rows)
    return f"{server.url}/conversations/{name}"


def proposed(noor: Page, here: str) -> None:
    """The fact on her page, then the form, which wants facts and not what somebody is like."""
    noor.goto(f"{here}/before")
    press(noor, "Skip")
    press(noor, "Profile and history", "link")
    expect(noor.get_by_text("5 contacts in 30 days")).to_be_visible()
    expect(noor.get_by_text("Solve that first")).to_be_visible()
    sound(noor)
    press(noor, "Propose a plan", "link")
    choose(noor, "Who looks after them", "Noor")
    choose(noor, "Day 1", "Tuesday")
    for name, time in (("Time 1, from", "10:00"), ("Time 1, to", "12:00")):
        noor.get_by_label(name).fill(time)
    write(noor, "Why, in facts", "She is a difficult customer.")
    write(noor, "What would make it easier for them, and how you found out", ASKED)
    write(noor, "How they can object", "Tell any of us, or write to PO Box 7, London")
    sound(noor)
    press(noor, "Propose it")
    expect(noor.get_by_role("alert")).to_contain_text("Say what happened instead")
    write(noor, "Why, in facts", REASON)
    press(noor, "Propose it")
    expect(noor.get_by_text("It waits for a supervisor.")).to_be_visible()
    expect(noor.get_by_text("Dear Mrs Ellery", exact=True)).to_be_visible()


def agreed_and_told(sam: Page) -> None:
    sound(sam)
    press(sam, "Mrs Ellery", "link")
    press(sam, "Agree in my name")
    press(sam, "Read the letter", "link")
    expect(sam.get_by_role("article")).to_contain_text("This was agreed by Sam Okafor.")
    press(sam, "Back", "link")
    press(sam, "They have been told")
    expect(sam.get_by_text("In force")).to_be_visible()
    sound(sam)


def given_to_amira(sam: Page) -> None:
    """Noor leaves: from now on it is Amira, whom the customer is told of anew."""
    fold = sam.locator("summary", has_text="Somebody else looks after them")
    fold.focus()
    sam.keyboard.press("Enter")
    choose(sam, "Who looks after them", "Amira")
    write(sam, "Why", "Noor is with another team from Monday.")
    sound(sam)
    press(sam, "Change it")
    expect(sam.get_by_text("Amira looks after them from now on")).to_be_visible()
    expect(sam.locator(".as-told")).to_contain_text("Noor, who looked after you until now")
    sound(sam)
    press(sam, "They have been told")
    expect(sam.get_by_text("Amira looks after them from now on")).to_have_count(0)


def handed_over(noor: Page) -> None:
    """Whoever else has her on the phone knows what to say, and hands her over with everything."""
    expect(noor.get_by_text("One contact: Amira, calls, Tuesdays 10:00 to 12:00 until").first).to_be_visible()
    expect(noor.locator("#news-plan")).to_have_text("with Amira")
    open_panel(noor, "p", "plan")
    expect(noor.locator("#panel-plan q")).to_contain_text("Amira knows your case")
    sound(noor)
    press(noor, "Hand over to Amira")


def objection_noted(amira: Page) -> None:
    expect(amira.locator("#panel-help")).to_contain_text("You took this over after turn 3")
    open_panel(amira, "p", "plan")
    expect(amira.locator("#panel-plan")).to_contain_text("This customer is with you.")
    press(amira, "See the plan", "link")
    fold = amira.locator("summary", has_text="They object")
    fold.focus()
    amira.keyboard.press("Enter")
    write(amira, "What the customer says against it", "I would rather write, I am at work on Tuesdays.")
    press(amira, "They object")
    expect(amira.get_by_text("Somebody who neither proposed nor agreed")).to_be_visible()


def test_one_person_looks_after_her_from_the_proposal_to_her_objection(quiet: Server, open_page: Open) -> None:
    here = [talk(quiet, number) for number in range(5)][-1]
    noor = open_page(here, who="noor")
    take(noor)
    proposed(noor, here)
    sam = open_page(f"{quiet.url}/plans", who="sam")
    agreed_and_told(sam)
    given_to_amira(sam)
    noor.goto(here)
    handed_over(noor)
    amira = open_page(here, who="amira")
    objection_noted(amira)
    other = open_page(amira.url, who="sam.two")
    write(other, "What the customer is told, and why", "You are right: from now on we write.")
    press(other, "End it")
    expect(other.get_by_text("Ended").first).to_be_visible()


def test_on_a_phone_the_pages_are_behind_a_button_that_needs_no_script(quiet: Server, open_page: Open) -> None:
    page = open_page(f"{quiet.url}/customers", width=390, height=844, java_script_enabled=False)
    expect(page.get_by_role("navigation")).to_be_hidden()
    press(page, "Menu")
    expect(page.get_by_role("navigation")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("navigation")).to_be_hidden()
    page.keyboard.press("Enter")
    press(page, "Plans", "link")
    expect(page.get_by_role("heading", name="Plans", level=1)).to_be_visible()
