"""Consent, sealed values, what a customer puts right, and who answers: quiet on the page, live, and by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import Open
from tests.browser.keys import press
from tests.browser.server import Server
from tests.browser.sound import sound, violations

pytestmark = pytest.mark.browser

ANGRY = "I am furious. This is the third time I ask."
NUMBER = "You can ring me on 07700 900123."
VALUE = "+447700900123"


def talk(server: Server, name: str) -> str:
    """The address of a conversation with an angry turn and a sealed number."""
    server.hear(name, ("agent", "Hello, how can I help?"), ("customer", ANGRY), ("customer", NUMBER))
    return f"{server.url}/conversations/{name}"


def unfold(page: Page) -> None:
    if page.viewport_size and page.viewport_size["width"] < 900:
        page.get_by_role("button", name="What is known").click()
    page.locator("#details > summary").click()


def test_consent_is_noted_by_keyboard_and_the_page_stays_as_it_is(quiet: Server, open_page: Open) -> None:
    here = talk(quiet, "consent-keys")
    page, other = open_page(here), open_page(here)
    page.evaluate("window.same = true")
    expect(page.locator("#consent select").first).to_be_hidden()
    page.locator("#details > summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Said y")
    press(page, "Note it")
    expect(page.get_by_role("status").filter(has_text="Noted by")).to_contain_text("Noted by Sam Okafor")
    expect(page.get_by_label("Recording")).to_have_value("given")
    assert page.evaluate("window.same && document.activeElement.matches('.consent button')")
    unfold(other)
    expect(other.get_by_label("Recording")).to_have_value("given")


def test_what_somebody_is_choosing_survives_what_others_note(quiet: Server, open_page: Open) -> None:
    here = talk(quiet, "consent-both")
    page, other = open_page(here), open_page(here)
    unfold(page)
    unfold(other)
    page.get_by_label("Reading along").select_option("refused")
    other.get_by_label("Recording").select_option("given")
    other.get_by_role("button", name="Note it").click()
    expect(page.get_by_label("Recording")).to_have_value("given")
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_text("Nothing is read from the next turn on.")).to_be_visible()
    expect(other.get_by_label("Reading along")).to_have_value("refused")
    expect(other.get_by_label("Recording")).to_have_value("given")


def test_consent_needs_no_script(quiet: Server, open_page: Open) -> None:
    page = open_page(talk(quiet, "consent-plain"), java_script_enabled=False)
    page.locator("#details > summary").click()
    page.get_by_label("Written record").select_option("withdrawn")
    page.get_by_role("button", name="Note it").click()
    page.wait_for_url("**/consent-plain#consent")
    assert page.locator("#consent-transcription option[selected]").get_attribute("value") == "withdrawn"


def test_a_sealed_value_comes_on_a_click_and_goes_again(quiet: Server, open_page: Open) -> None:
    page = open_page(talk(quiet, "sealed"))
    button = page.get_by_role("button", name="Show [phone number] …123")
    assert VALUE not in page.content()
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-sealed]")).to_contain_text(VALUE)
    expect(page.locator("#unsealed")).to_have_text(VALUE)
    page.keyboard.press("Enter")
    expect(page.locator("[data-sealed]")).to_contain_text("[phone number] …123")
    assert VALUE not in page.content()


def test_a_sealed_value_goes_by_itself(quiet: Server, open_page: Open) -> None:
    page = open_page(talk(quiet, "sealed-away"))
    page.clock.install()
    page.reload()
    page.locator("[data-sealed]").click()
    expect(page.locator("[data-sealed]")).to_contain_text(VALUE)
    page.clock.fast_forward("00:21")
    expect(page.locator("[data-sealed]")).to_contain_text("[phone number] …123")
    assert VALUE not in page.content()


def test_what_the_customer_says_is_noted_by_keyboard_and_shown_to_whoever_watches(
    quiet: Server, open_page: Open
) -> None:
    here = talk(quiet, "put-right")
    page, other = open_page(here), open_page(here)
    expect(other.locator("#turn-1 .feeling")).to_contain_text("angry")
    page.locator("#draft").fill("One moment")
    page.locator("#object-1").focus()
    assert page.locator("#object-1").evaluate("link => getComputedStyle(link).opacity") == "1"
    page.keyboard.press("Enter")
    expect(page.get_by_label("Read as “angry”")).to_be_focused()
    page.keyboard.type("worried")
    page.get_by_role("button", name="Note it").last.press("Enter")
    expect(page.locator("#correction")).to_be_hidden()
    for shown in (page, other):
        expect(shown.locator("#turn-1 .feeling")).to_contain_text("worried")
        expect(shown.locator("#turn-1 .marked")).to_have_text("as the customer says")
    expect(page.locator("#draft")).to_have_value("One moment")


def test_a_given_conversation_appears_in_the_agents_list_and_leaves_whom_it_was_taken_from(
    quiet: Server, open_page: Open
) -> None:
    amira, noor = open_page(quiet.url, who="amira"), open_page(quiet.url, who="noor")
    sam = open_page(f"{quiet.url}/try")
    sam.locator("#text").fill(f"Customer: {ANGRY}")
    sam.get_by_role("button", name="Read it").click()
    sam.wait_for_url("**/conversations/try-*")
    here = sam.url.removeprefix(quiet.url)
    line = f'a[href="{here}"]'
    expect(amira.locator("h1")).to_have_text("Now")
    expect(amira.locator(line)).to_have_count(0)
    unfold(sam)
    sam.get_by_label("Give it to").select_option(label="Amira")
    sam.get_by_role("button", name="Give", exact=True).click()
    expect(sam.locator(".holder")).to_have_text("Amira")
    amira.locator(line).click()
    expect(amira.locator("#draft")).to_be_visible()
    expect(noor.locator(line)).to_have_count(0)
    sam.get_by_label("Give it to").select_option(label="Noor")
    sam.get_by_role("button", name="Give", exact=True).click()
    expect(noor.locator(line)).to_be_visible()
    expect(amira.locator("#lost")).to_contain_text("somebody else answers now")
    amira.wait_for_function("!document.querySelector('[data-live]')._htmx.sse")  # And it does not try again.


def test_who_answers_lets_go_by_keyboard(quiet: Server, open_page: Open) -> None:
    talk(quiet, "let-go")
    page = open_page(quiet.url + "/conversations/let-go", who="noor")
    page.get_by_role("button", name="Take this conversation").press("Enter")
    expect(page.locator("#draft")).to_be_visible()
    page.locator("#details > summary").press("Enter")
    expect(page.locator(".holder")).to_have_text("You do.")
    page.get_by_role("button", name="Let go").press("Enter")
    page.wait_for_url(f"{quiet.url}/")


def test_nothing_of_it_has_a_violation_or_scrolls_sideways(quiet: Server, open_page: Open) -> None:
    here = talk(quiet, "details-sound")
    page = open_page(here, reduced_motion="reduce")
    page.locator("[data-sealed]").click()
    expect(page.locator("[data-sealed]")).to_contain_text(VALUE)
    page.locator("#object-1").focus()
    assert violations(page) == []
    page.keyboard.press("Enter")
    page.get_by_label("Read as “angry”").select_option("not_so")
    assert violations(page) == []
    page.get_by_role("button", name="Note it").last.click()
    expect(page.locator("#turn-1 .marked")).to_have_text("the customer says otherwise")
    page.set_viewport_size({"width": 390, "height": 1600})
    unfold(page)
    page.locator(".words summary").click()
    page.get_by_label("Reading along").select_option("refused")
    page.get_by_role("button", name="Note it").first.click()
    expect(page.locator(".stopped")).to_be_visible()
    assert violations(page) == []
    page.goto(f"{here}/turns/1/objection")
    sound(page)
