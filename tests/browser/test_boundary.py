"""Two stories of the boundary, by keyboard: the insult that recovers, and the threat that ends; and help at once."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import Open
from tests.browser.server import Server
from tests.browser.test_axe import violations
from tests.browser.test_details import signed_in

pytestmark = pytest.mark.browser

INSULT, MORE, THREAT = "You are a useless idiot.", "You stupid moron.", "I will come to your office and hurt you."
DANGER = "I want to kill myself."


def talk(server: Server, name: str, *turns: tuple[str, str]) -> str:
    """The address of a conversation that begins like this."""
    server.hear(name, ("agent", "Hello, how can I help?"), *turns)
    return f"{server.url}/conversations/{name}"


def panel(page: Page) -> str:
    return page.locator("#panel-boundary").inner_text()


def pressed(page: Page, label: str) -> None:
    """Reach the button by Tab alone, and press it."""
    button = page.get_by_role("button", name=label, exact=True)
    expect(button).to_be_visible()
    for _ in range(40):
        if button.evaluate("button => button === document.activeElement"):
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reached {label!r}")


def test_the_insult_that_recovers_after_a_boundary(quiet: Server, open_page: Open) -> None:
    page = open_page(talk(quiet, "recovers", ("customer", "Where is my kettle?")))
    expect(page.locator("summary", has_text="Boundary")).to_be_hidden()
    quiet.hear("recovers", ("customer", INSULT), first=2)
    expect(page.locator("#news-boundary")).to_have_text("name it")
    page.keyboard.press("b")
    expect(page.get_by_text("Please leave the names out")).to_be_visible()
    pressed(page, "I said it")
    expect(page.get_by_text("It was named.")).to_be_visible()
    expect(page.get_by_role("button", name="End the contact")).to_have_count(0)
    quiet.hear("recovers", ("customer", "Sorry I shouted at you, I was rude."), first=3)
    expect(page.get_by_text("It has calmed down.")).to_be_visible()
    expect(page.locator("#news-boundary")).to_have_text("calm again")
    quiet.hear("recovers", ("customer", MORE), first=4)
    expect(page.locator("#news-boundary")).to_have_text("name it")


def test_the_threat_that_ends_and_what_comes_after(quiet: Server, open_page: Open) -> None:
    here = talk(quiet, "ends", ("customer", THREAT))
    page = open_page(here)
    page.keyboard.press("b")
    expect(page.get_by_text("That reads as a threat")).to_be_visible()
    pressed(page, "I said it")
    pressed(page, "Tell a supervisor")
    expect(page.get_by_text("A supervisor was told.")).to_be_visible()
    quiet.hear("ends", ("customer", THREAT), first=2)
    pressed(page, "End the contact")
    expect(page.get_by_text("The contact was ended.")).to_be_visible()
    link = page.get_by_role("link", name="Propose a restriction")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/ends/restriction")
    told = {
        "What that means": "Please write to us instead of ringing or visiting.",
        "Why it is needed": "Two threats against a member of our staff in one conversation.",
        "Which reasonable adjustments": "We asked whether more time or another channel would help; neither was wanted.",
        "How they can still": "Write to PO Box 7, London. We answer within three working days.",
        "Where an appeal goes": "Head of service, PO Box 7, London",
    }
    for label, text in told.items():
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="Propose it").press("Enter")
    page.wait_for_url("**/restrictions/*")
    expect(page.get_by_text("another supervisor has to approve it")).to_be_visible()
    other = signed_in(open_page, quiet, "sam.two", page.url.removeprefix(quiet.url))
    other.get_by_role("button", name="Approve it in my name").press("Enter")
    other.get_by_role("link", name="Read the letter").press("Enter")
    expect(other.get_by_role("article")).to_contain_text("Dear Mr Doyle")
    other.get_by_role("link", name="Back").press("Enter")
    other.get_by_role("button", name="The letter has gone out").press("Enter")
    expect(other.get_by_text("In force")).to_be_visible()
    page.goto(f"{quiet.url}/restrictions")
    expect(page.get_by_role("heading", name="In force")).to_be_visible()


def test_danger_brings_the_help_line_by_itself_and_whoever_closes_it_has_it_closed(
    quiet: Server, open_page: Open
) -> None:
    page = open_page(talk(quiet, "danger", ("customer", "Where is my kettle?")))
    quiet.hear("danger", ("customer", DANGER), first=2)
    expect(page.get_by_text("116 123, free, day or night")).to_be_visible()
    assert "“" not in panel(page)
    pressed(page, "Ask a supervisor to join")
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_of_it_has_a_violation_or_scrolls_sideways(
    quiet: Server, open_page: Open, width: int, scheme: str
) -> None:
    name = f"axe-boundary-{width}-{scheme}"
    here = talk(quiet, name, ("customer", THREAT), ("customer", THREAT))
    page = open_page(here, width=width, color_scheme=scheme, reduced_motion="reduce")

    def whole() -> None:
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    unfolded(page, width)
    whole()
    page.get_by_role("button", name="End the contact").click()
    expect(page.get_by_text("The contact was ended.")).to_be_visible()
    page.goto(f"{here}/restriction")
    whole()
    for label in ("Why it is", "What that means", "How they can still", "Where an appeal", "Which reasonable"):
        page.get_by_label(label).fill("As agreed with the team, and written down here in a sentence or two.")
    page.get_by_role("button", name="Propose it").click()
    page.wait_for_url("**/restrictions/*")
    whole()
    other = signed_in(open_page, quiet, "sam.two", page.url.removeprefix(quiet.url))
    other.get_by_role("button", name="Approve it in my name").click()
    page.reload()
    page.goto(f"{page.url}/letter")
    whole()
    page.goto(f"{quiet.url}/restrictions")
    whole()
    quiet.hear(f"{name}-danger", ("customer", DANGER))
    page.goto(f"{quiet.url}/conversations/{name}-danger")
    if width < 900:
        page.locator(".tabs button").last.click()
    whole()


def unfolded(page: Page, width: int) -> None:
    if width < 900:
        page.locator(".tabs button").last.click()
    page.locator("summary", has_text="Boundary").click()
    expect(page.get_by_role("button", name="End the contact")).to_be_visible()
