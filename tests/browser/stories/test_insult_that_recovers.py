"""An insult, a boundary in the words of the policy, an apology; the kettle is found and the note sealed."""

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import Open
from tests.browser.keys import open_panel, press, take
from tests.browser.server import Server
from tests.browser.stories.conftest import Look

pytestmark = pytest.mark.browser

NAMED = "I do want to sort this out with you. Please leave the names out, and let's carry on with it."


def test_the_insult_that_recovers_after_a_boundary(house: Server, open_page: Open, look: Look) -> None:
    house.hear("recovers", ("agent", "Hello, how can I help?"), ("customer", "Where is my kettle? It's order 48213."))
    amira = open_page(f"{house.url}/conversations/recovers", who="amira")
    take(amira)
    expect(amira.locator("summary", has_text="Boundary")).to_be_hidden()
    house.hear("recovers", ("customer", "You are a useless idiot."), first=2)
    expect(amira.locator("#news-boundary")).to_have_text("name it")
    open_panel(amira, "b", "boundary")
    expect(amira.get_by_text("Please leave the names out").first).to_be_visible()
    look(amira, "insult-1-name-it")
    press(amira, "I said it")
    expect(amira.get_by_text("It was named.")).to_be_visible()
    expect(amira.get_by_role("button", name="End the contact")).to_have_count(0)

    house.hear("recovers", ("agent", NAMED), ("customer", "Sorry I shouted at you, I was rude."), first=3)
    expect(amira.get_by_text("It has calmed down.")).to_be_visible()
    expect(amira.locator("#news-boundary")).to_have_text("calm again")
    look(amira, "insult-2-calm-again")
    house.hear(
        "recovers",
        ("agent", "Thank you for saying so. I've found your kettle, and it comes tomorrow by noon."),
        ("customer", "Great, thanks for your help, that's sorted. Bye."),
        first=5,
    )
    expect(amira.locator("#news-note")).to_have_text("drafted")
    open_panel(amira, "n", "note")
    amira.keyboard.press("Control+Enter")
    expect(amira.locator("#panel-note article")).to_contain_text("Sealed by Amira")
    look(amira, "insult-3-sealed")
