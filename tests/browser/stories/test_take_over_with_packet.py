"""An agent raises a hand; a supervisor sees it, reads along, whispers, and takes over with everything that is known."""

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import Open
from tests.browser.keys import choose, open_panel, press, take, write
from tests.browser.server import Server
from tests.browser.stories.conftest import Look

pytestmark = pytest.mark.browser

TURNS = (
    ("agent", "Good morning, how can I help?"),
    ("customer", "This is the third time I'm calling. It is order 48213, my kettle leaks and I'm furious."),
    ("agent", "I'm sorry about the kettle. I've sent you a new seal and I'll call you tomorrow at noon."),
    ("customer", "I don't want a seal, I want my money back. Let me speak to your manager."),
)
WHISPER = "You may refund 80 yourself today."


def test_a_conversation_is_taken_over_with_its_packet(house: Server, open_page: Open, look: Look) -> None:
    sam = open_page(house.url, who="sam.two")
    expect(sam.get_by_role("heading", name="Where you can help")).to_be_visible()
    house.hear("handed", *TURNS)
    amira = open_page(f"{house.url}/conversations/handed", who="amira")
    take(amira)
    open_panel(amira, "h", "help")
    expect(amira.locator("#help-line")).to_be_focused()
    amira.keyboard.type("Refund of 80, above mine")
    amira.keyboard.press("Enter")
    expect(amira.locator("#panel-help .stands")).to_contain_text("Your hand is up, until")
    look(amira, "take-over-1-hand-up")

    line = sam.locator("#help-handed")
    expect(line).to_contain_text("Amira has a hand up: Refund of 80, above mine")
    look(sam, "take-over-2-where-you-can-help")
    line.get_by_role("button", name="Seen").press("Enter")
    expect(amira.locator("#news-help")).to_have_text("Sam.two has seen it")
    line.locator("a").press("Enter")
    sam.wait_for_url("**/conversations/handed")
    expect(amira.locator("#panel-help .stands")).to_contain_text("Sam.two is reading along.")
    open_panel(sam, "h", "help")
    expect(sam.locator("#panel-help")).to_contain_text("You are reading along, and Amira can see that.")
    write(sam, "Whisper to Amira; nobody else sees it", WHISPER)
    sam.keyboard.press("Enter")
    expect(amira.locator(".whispers")).to_contain_text(WHISPER)
    expect(sam.locator("#help-words")).to_have_value("")

    amira.locator("#hand-over summary").press("Enter")
    choose(amira, "To", "Sam.t")
    press(amira, "Prepare")
    expect(amira.locator("#panel-help .say")).to_contain_text("I'm bringing in Sam.two")
    expect(amira.locator(".packet")).to_contain_text("48213")
    expect(amira.locator(".packet")).to_contain_text("Let me speak to your manager.")
    look(amira, "take-over-3-packet")
    press(amira, "Hand over to Sam.two")
    expect(amira.locator("#panel-help .stands")).to_contain_text("It stays with you until they have it.")

    expect(sam.locator("#panel-help .stands")).to_contain_text("Amira hands this over to you")
    press(sam, "Take over")
    expect(sam.locator("#panel-help")).to_contain_text("You took this over after turn 4.")
    expect(sam.locator(".packet")).to_be_visible()
    expect(sam.locator("#draft")).to_be_visible()
    expect(amira.locator("#lost")).to_contain_text("somebody else answers now")
    look(sam, "take-over-4-taken-over")
