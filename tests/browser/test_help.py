"""Help: what is being typed survives what others do, a disagreement is taken back, and none of it needs a script."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import Open
from tests.browser.keys import tab_to
from tests.browser.server import Server

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A floor of their own: a supervisor is shown no more of it than they can see to."""
    with Server(tmp_path_factory.mktemp("floor")) as server:
        yield server


TURNS = (
    ("agent", "Good morning, how can I help?"),
    ("customer", "This is the third time I'm calling. It is order 48213, my kettle leaks and I'm furious."),
    ("agent", "I'm sorry about the kettle. I've sent you a new seal and I'll call you tomorrow at noon."),
    ("customer", "I don't want a seal, I want my money back. Let me speak to your manager."),
)
WHISPER = "You may refund 80 yourself today."


def talk(server: Server, open_page: Open, name: str, who: str = "amira") -> Page:
    """The desk of an agent who has just taken a difficult conversation."""
    server.hear(name, *TURNS)
    page = open_page(server.url + f"/conversations/{name}", who=who)
    page.get_by_role("button", name="Take this conversation").press("Enter")
    expect(page.locator("#draft")).to_be_visible()
    return page


def press_help(page: Page) -> None:
    page.locator("body").press("h")
    expect(page.locator("#panel-help")).to_be_visible()


def open_hand_over(page: Page) -> None:
    page.locator("#hand-over summary").focus()
    page.keyboard.press("Enter")
    tab_to(page, "button", "Prepare")


def test_what_is_being_typed_survives_what_others_do(quiet: Server, open_page: Open) -> None:
    amira = talk(quiet, open_page, "typing")
    sam = open_page(quiet.url + "/conversations/typing", who="sam.two")
    expect(amira.locator("#news-help")).to_have_text("Sam.two reads along")
    press_help(amira)
    open_hand_over(amira)
    amira.locator("#hand-contact").fill("020 7946 0000")
    amira.locator("#help-line").fill("What about")
    press_help(sam)
    sam.locator("#help-words").fill("One moment")
    quiet.hear("typing", ("customer", "Hello? Are you still there?"), first=len(TURNS))
    expect(amira.locator("#turn-4")).to_be_visible()
    sam.locator("#help-words").fill(WHISPER)
    sam.keyboard.press("Enter")
    expect(amira.locator(".whispers")).to_contain_text(WHISPER)
    expect(amira.locator("#help-line")).to_have_value("What about")
    expect(amira.locator("#hand-contact")).to_have_value("020 7946 0000")
    expect(amira.locator("#hand-contact")).to_be_visible()
    expect(amira.locator("#help-line")).to_be_focused()


def test_a_supervisor_disagrees_and_takes_it_back_by_keyboard(quiet: Server, open_page: Open) -> None:
    quiet.hear("disagreed", *TURNS)
    sam = open_page(f"{quiet.url}/")
    line = sam.locator("#help-disagreed")
    expect(line).to_contain_text("Has asked for a supervisor: speak to your manager")
    line.get_by_role("button", name="Disagree").focus()
    sam.keyboard.press("Enter")
    expect(line).to_have_count(0)
    expect(sam.locator(".counted")).to_contain_text("asked for a supervisor (")
    sam.locator("#answered-disagreed button").press("Enter")
    expect(line).to_be_visible()


def test_nothing_of_it_needs_a_script(quiet: Server, open_page: Open) -> None:
    quiet.hear("plain-help", *TURNS)
    sam = open_page(f"{quiet.url}/conversations/plain-help", java_script_enabled=False)
    sam.locator(".panel summary").filter(has_text="Help").click()
    sam.get_by_role("button", name="Take over").click()
    expect(sam.locator("#panel-help")).to_contain_text("You took this over after turn 4.")
    sam.locator("#help-line").fill("A second pair of eyes")
    sam.get_by_role("button", name="Raise hand").click()
    sam.locator(".panel summary").filter(has_text="Help").click()
    expect(sam.locator("#panel-help .stands")).to_contain_text("Your hand is up, until")
