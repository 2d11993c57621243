"""Somebody's husband has died: one card of condolence and then quiet, one contact, and nobody asks for it again."""

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import Open
from tests.browser.keys import open_panel, press, take
from tests.browser.server import Server
from tests.browser.stories.conftest import Look

pytestmark = pytest.mark.browser

TOLD = (
    ("agent", "Good morning, you're through to Amira. How can I help?"),
    ("customer", "My husband Tom passed away in October, and his name is still on the account. What do I do?"),
)
HEARD = (
    ("agent", "I'm so sorry for your loss, Mrs Byrne. I'll keep this as simple as I can."),
    ("customer", "Thank you. They keep writing to him about a bill of £84, and it hurts to open those letters."),
    ("agent", "I've stopped the letters, and you need not send anything twice. I'll write to you by Friday noon."),
    ("customer", "Thank you for being kind. Goodbye."),
)


def hear(server: Server, conversation: str, *turns: tuple[str, str], first: int = 0) -> None:
    rows: list[dict[str, object]] = [
        {"n": first + n, "speaker": speaker, "text": text, "channel": "voice", "at": 20.0 * (first + n)}
        | {"person": "Mrs Byrne", "customer_ref": "crm-byrne-grief"}
        for n, (speaker, text) in enumerate(turns)
    ]
    server.post(f"/api/v1/conversations/{conversation}/turns", rows)


def test_the_customer_in_grief_is_heard_once_and_never_asked_again(house: Server, open_page: Open, look: Look) -> None:
    hear(house, "grief", *TOLD)
    amira = open_page(f"{house.url}/conversations/grief", who="amira")
    take(amira)
    expect(amira.locator("#card article")).to_contain_text("ondolences")
    expect(amira.locator("#news-boundary")).to_have_text("")
    look(amira, "grief-1-condolences")
    for n, turn in enumerate(HEARD, 2):
        hear(house, "grief", turn, first=n)
        expect(amira.locator(f"#turn-{n}")).to_be_visible()
        expect(amira.locator("#card article")).to_have_count(0)
    look(amira, "grief-2-quiet")
    expect(amira.locator("#news-note")).to_have_text("drafted")
    open_panel(amira, "n", "note")
    expect(amira.locator("#panel-note")).to_contain_text("Bereavement")
    look(amira, "grief-3-note")
    amira.keyboard.press("Control+Enter")
    expect(amira.locator("#panel-note article")).to_contain_text("Sealed by Amira")

    hear(house, "grief-again", ("customer", "Good morning, it's Mrs Byrne. Has the account been put in my name?"))
    noor = open_page(f"{house.url}/conversations/grief-again/before", who="noor")
    expect(noor.get_by_role("heading", name="Before Mrs Byrne")).to_be_visible()
    expect(noor.get_by_text("Never ask again")).to_be_visible()
    expect(noor.get_by_text("My husband Tom passed away in October")).to_be_visible()
    expect(noor.get_by_text("Keep it with")).to_be_visible()
    look(noor, "grief-4-brief-of-the-next")
    press(noor, "Open the conversation", "link")
    noor.wait_for_url("**/grief-again")
