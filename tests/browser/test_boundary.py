"""Where somebody is in danger help stands there by itself, and a proposal that is refused is not typed again."""

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import Open
from tests.browser.keys import press
from tests.browser.server import Server
from tests.browser.sound import sound

pytestmark = pytest.mark.browser

THREAT = "I will come to your office and hurt you."
DANGER = "I want to kill myself."


def talk(server: Server, name: str, *turns: tuple[str, str]) -> str:
    """The address of a conversation that begins like this."""
    server.hear(name, ("agent", "Hello, how can I help?"), *turns)
    return f"{server.url}/conversations/{name}"


def test_danger_brings_the_help_line_by_itself_and_whoever_closes_it_has_it_closed(
    quiet: Server, open_page: Open
) -> None:
    page = open_page(talk(quiet, "danger", ("customer", "Where is my kettle?")))
    quiet.hear("danger", ("customer", DANGER), first=2)
    expect(page.get_by_text("116 123, free, day or night")).to_be_visible()
    assert "“" not in page.locator("#panel-boundary").inner_text()
    sound(page)
    press(page, "Ask a supervisor to join")
    expect(page.get_by_text("A supervisor was asked to join.")).to_be_visible()
    page.locator("summary", has_text="Boundary").click()
    quiet.hear("danger", ("agent", "I'm here. Are you safe right now?"), first=3)
    expect(page.locator("#turn-3")).to_be_visible()
    expect(page.get_by_text("116 123, free, day or night")).to_be_hidden()


def test_what_somebody_types_into_a_proposal_is_there_after_a_refusal(quiet: Server, open_page: Open) -> None:
    here = talk(quiet, "typed", ("customer", THREAT), ("customer", THREAT))
    page = open_page(here, java_script_enabled=False)
    page.locator("summary", has_text="Boundary").click()
    page.get_by_role("button", name="End the contact").click()
    page.goto(f"{here}/restriction")
    page.get_by_label("Why it is needed").fill("Two threats.")
    for label in ("What that means", "How they can still", "Where an appeal goes", "Which reasonable adjustments"):
        page.get_by_label(label).fill("As agreed.")
    page.get_by_label("It ends on").fill("2031-01-01")
    page.get_by_role("button", name="Propose it").click()
    expect(page.get_by_role("alert")).to_contain_text("at most 180 days from now")
    expect(page.get_by_label("Why it is needed")).to_have_value("Two threats.")
