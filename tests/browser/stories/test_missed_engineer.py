"""The engineer did not come: a promise is spoken, confirmed by one key, falls due and is kept; then: did it work?"""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import Open
from tests.browser.keys import open_panel, press, step_to, take
from tests.browser.passing import time_passes
from tests.browser.server import Server
from tests.browser.stories.conftest import Look

pytestmark = pytest.mark.browser

NAME = "missed-engineer"
PROMISED = "I'm sorry, Mr Doyle: a day off for nobody. I'll call you back within two hours."


def spoken(server: Server, *turns: tuple[str, str], first: int = 0) -> None:
    """Turns that are spoken now: what is promised falls due after now."""
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0).isoformat()
    rows: list[dict[str, object]] = [
        {"n": first + n, "speaker": speaker, "text": text, "channel": "chat", "person": "Mr Doyle"}
        | ({} if first else {"at": 0.0, "started_at": now, "zone": "UTC"})
        for n, (speaker, text) in enumerate(turns)
    ]
    server.post(f"/api/v1/conversations/{NAME}/turns", rows)


def test_the_missed_engineer(house: Server, open_page: Open, look: Look) -> None:
    spoken(house, ("customer", "Your engineer never came. I took a whole day off, and nobody rang me."))
    amira = open_page(f"{house.url}/conversations/{NAME}", who="amira")
    take(amira)
    expect(amira.locator("#card article")).to_be_visible()
    look(amira, "engineer-1-card")
    amira.keyboard.press("Escape")
    amira.locator("body").press("1")
    expect(amira.locator("#card .noted")).to_have_text("Noted: used.")
    spoken(house, ("agent", PROMISED), first=1)
    promise = amira.locator("#brief li:has(.promise)")
    expect(promise).to_contain_text("Call Mr Doyle back")
    expect(promise).to_contain_text("heard, not yet confirmed")
    amira.locator("body").press("y")
    expect(promise).not_to_contain_text("not yet confirmed")
    expect(promise.get_by_role("button", name="Kept")).to_be_visible()
    look(amira, "engineer-2-promised")

    time_passes(house, NAME, minutes=90)
    expect(promise).to_contain_text("Due soon")
    expect(promise).to_contain_text(re.compile(r"in (30|29) min"))
    spoken(house, ("customer", "Thank you for calling me back so quickly."), first=2)
    expect(promise).to_contain_text("Kept? It was said:")
    amira.goto(f"{house.url}/promises")
    look(amira, "engineer-3-ledger")
    call = amira.get_by_role("link", name="Call Mr Doyle back", exact=True)
    settled = amira.locator(".settled li", has_text="Call Mr Doyle back")
    step_to(amira, call)
    amira.keyboard.press("y")
    expect(settled).to_contain_text("Kept")
    call.focus()
    amira.keyboard.press("u")
    expect(amira.get_by_role("button", name="Yes, kept")).to_be_visible()
    call.focus()
    amira.keyboard.press("y")
    expect(settled).to_contain_text("Kept")
    call.focus()
    amira.keyboard.press("Enter")
    expect(amira).to_have_url(f"{house.url}/conversations/{NAME}#turn-1")
    is_asked_whether_it_worked(house, amira, look)


def is_asked_whether_it_worked(house: Server, amira: Page, look: Look) -> None:
    """The follow-up has come by itself; a call answers it."""
    open_panel(amira, "f", "follow_up")
    task = amira.locator("#panel-follow_up").get_by_role("link", name="Write to Mr Doyle: did it work?")
    expect(task).to_have_count(1)
    look(amira, "engineer-4-follow-up")
    time_passes(house, NAME, days=3)
    task.press("Enter")
    expect(amira.get_by_label("Text", exact=True)).to_have_value(re.compile("Did that put it right?"))
    look(amira, "engineer-5-mail")
    press(amira, "Call instead")
    expect(amira.get_by_label("What you can say")).to_be_visible()
    press(amira, "It worked")
    expect(amira.locator(".settled li", has_text="Mr Doyle")).to_contain_text("It worked")
    look(amira, "engineer-6-it-worked")
