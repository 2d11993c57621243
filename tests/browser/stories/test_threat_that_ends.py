"""A threat, said back once; the second ends the contact; a restriction that another approves is told in a letter."""

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import Open
from tests.browser.keys import open_panel, press, write
from tests.browser.server import Server
from tests.browser.stories.conftest import Look

pytestmark = pytest.mark.browser

THREAT = "I will come to your office and hurt you."
TOLD = {
    "What that means": "Please write to us instead of ringing or visiting.",
    "Why it is needed": "Two threats against a member of our staff in one conversation.",
    "Which reasonable adjustments": "We asked whether more time or another channel would help; neither was wanted.",
    "How they can still": "Write to PO Box 7, London. We answer within three working days.",
    "Where an appeal goes": "Head of service, PO Box 7, London",
}


def test_the_threat_that_ends_and_what_comes_after(house: Server, open_page: Open, look: Look) -> None:
    house.hear("ends", ("agent", "Hello, how can I help?"), ("customer", THREAT))
    sam = open_page(f"{house.url}/conversations/ends")
    open_panel(sam, "b", "boundary")
    expect(sam.get_by_text("That reads as a threat").first).to_be_visible()
    look(sam, "threat-1-said-once")
    press(sam, "I said it")
    press(sam, "Tell a supervisor")
    expect(sam.get_by_text("A supervisor was told.")).to_be_visible()
    house.hear("ends", ("customer", THREAT), first=2)
    look(sam, "threat-2-may-end")
    press(sam, "End the contact")
    expect(sam.get_by_text("The contact was ended.")).to_be_visible()

    press(sam, "Propose a restriction", "link")
    sam.wait_for_url("**/ends/restriction")
    for beginning, text in TOLD.items():
        label = sam.get_by_label(beginning).evaluate("field => field.labels[0].innerText")
        write(sam, label, text)
    look(sam, "threat-3-proposal")
    press(sam, "Propose it")
    sam.wait_for_url("**/restrictions/*")
    expect(sam.get_by_text("another supervisor has to approve it")).to_be_visible()
    other = open_page(sam.url, who="sam.two")
    look(other, "threat-4-to-approve")
    press(other, "Approve it in my name")
    press(other, "Read the letter", "link")
    expect(other.get_by_role("article")).to_contain_text("Dear Mr Doyle")
    look(other, "threat-5-letter")
    press(other, "Back", "link")
    press(other, "The letter has gone out")
    expect(other.get_by_text("In force")).to_be_visible()
    sam.goto(f"{house.url}/restrictions")
    expect(sam.get_by_role("heading", name="In force")).to_be_visible()
    look(sam, "threat-6-in-force")
