"""The take-over with its packet: an agent and a supervisor, each in a browser of their own, by keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import Open
from tests.browser.server import Server
from tests.browser.test_axe import violations
from tests.browser.test_details import signed_in

pytestmark = pytest.mark.browser

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
    page = signed_in(open_page, server, who, f"/conversations/{name}")
    page.get_by_role("button", name="Take this conversation").press("Enter")
    expect(page.locator("#draft")).to_be_visible()
    return page


def press_help(page: Page) -> None:
    page.locator("body").press("h")
    expect(page.locator("#panel-help")).to_be_visible()


def to_panels(page: Page) -> None:
    """On a narrow screen, the panels are behind a tab."""
    if page.locator('[data-tab="do"]').is_visible():
        page.locator('[data-tab="do"]').click()


def tab_to(page: Page, role: str, name: str) -> None:
    """Reach it with Tab, as a person without a mouse does."""
    wanted = page.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]
    for _ in range(80):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {name}")


def test_a_conversation_is_handed_over_with_its_packet_by_keyboard_alone(quiet: Server, open_page: Open) -> None:
    sam = signed_in(open_page, quiet, "sam.two")
    expect(sam.get_by_role("heading", name="Where you can help")).to_be_visible()
    amira = talk(quiet, open_page, "handed")
    press_help(amira)
    expect(amira.locator("#help-line")).to_be_focused()
    amira.keyboard.type("Refund of 80, above mine")
    amira.keyboard.press("Enter")
    expect(amira.locator("#panel-help .stands")).to_contain_text("Your hand is up, until")

    line = sam.locator("#help-handed")
    expect(line).to_contain_text("Amira has a hand up: Refund of 80, above mine")
    line.get_by_role("button", name="Seen").press("Enter")
    expect(amira.locator("#news-help")).to_have_text("Sam.two has seen it")
    line.locator("a").focus()
    sam.keyboard.press("Enter")
    sam.wait_for_url("**/conversations/handed")
    expect(amira.locator("#panel-help .stands")).to_contain_text("Sam.two is reading along.")

    press_help(sam)
    expect(sam.locator("#panel-help")).to_contain_text("You are reading along, and Amira can see that.")
    tab_to(sam, "textbox", "Whisper to Amira; nobody else sees it")
    sam.keyboard.type(WHISPER)
    sam.keyboard.press("Enter")
    expect(amira.locator(".whispers")).to_contain_text(WHISPER)
    expect(sam.locator("#help-words")).to_have_value("")

    open_hand_over(amira)
    amira.locator("#hand-to").focus()
    amira.keyboard.type("Sam.t")
    tab_to(amira, "button", "Prepare")
    amira.keyboard.press("Enter")
    expect(amira.locator("#panel-help .say")).to_contain_text("I'm bringing in Sam.two")
    expect(amira.locator(".packet")).to_contain_text("48213")
    expect(amira.locator(".packet")).to_contain_text("Let me speak to your manager.")
    tab_to(amira, "button", "Hand over to Sam.two")
    amira.keyboard.press("Enter")
    expect(amira.locator("#panel-help .stands")).to_contain_text("It stays with you until they have it.")

    expect(sam.locator("#panel-help .stands")).to_contain_text("Amira hands this over to you")
    tab_to(sam, "button", "Take over")
    sam.keyboard.press("Enter")
    expect(sam.locator("#panel-help")).to_contain_text("You took this over after turn 4.")
    expect(sam.locator(".packet")).to_be_visible()
    expect(sam.locator("#draft")).to_be_visible()
    expect(amira.locator("#lost")).to_contain_text("somebody else answers now")


def open_hand_over(page: Page) -> None:
    page.locator("#hand-over summary").focus()
    page.keyboard.press("Enter")
    tab_to(page, "button", "Prepare")


def test_what_is_being_typed_survives_what_others_do(quiet: Server, open_page: Open) -> None:
    amira = talk(quiet, open_page, "typing")
    sam = signed_in(open_page, quiet, "sam.two", "/conversations/typing")
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_none_of_it_has_a_violation_or_scrolls_sideways(
    quiet: Server, open_page: Open, width: int, scheme: str
) -> None:
    name = f"axe-help-{width}-{scheme}"
    sam = open_page(f"{quiet.url}/", width=width, color_scheme=scheme, reduced_motion="reduce")
    quiet.hear(name, *TURNS)
    expect(sam.locator(f"#help-{name}")).to_be_visible()
    assert violations(sam) == []
    here = f"{quiet.url}/conversations/{name}"
    sam.goto(here)
    to_panels(sam)
    sam.locator(".panel summary").filter(has_text="Help").click()
    sam.get_by_role("button", name="Take over").click()
    sam.wait_for_load_state()
    to_panels(sam)
    expect(sam.locator(".packet")).to_be_visible()
    assert violations(sam) == []
    assert sam.evaluate("document.documentElement.scrollWidth") <= width
