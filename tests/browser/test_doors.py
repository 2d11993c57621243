"""Signing in, one's account and the people's page: by keyboard alone, without script, with nothing for axe to find."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import Open
from tests.browser.server import Server
from tests.browser.sound import sound, violations
from tests.letting_in import PASSWORD

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", ["/sign-in", "/account", "/people", "/welcome/over"])
def test_no_page_has_a_violation_or_scrolls_sideways(quiet: Server, open_page: Open, path: str) -> None:
    sound(open_page(quiet.url + path, signed_in=path != "/sign-in"))


def test_neither_has_what_an_admin_opens_on_the_peoples_page(quiet: Server, open_page: Open) -> None:
    page = open_page(f"{quiet.url}/people", who="ada")
    page.get_by_text("Add a person").click()
    page.get_by_text("Change Sam Okafor").click()
    sound(page)
    page.locator("#new-name").fill("new.one")
    page.get_by_role("button", name="Add and show the link").click()
    expect(page.locator("code")).to_contain_text("/welcome/")
    sound(page)
    page.goto(page.locator("code").inner_text())
    sound(page)


def test_the_demos_page_has_none_and_one_click_makes_one_somebody_else(open_page: Open, tmp_path: Path) -> None:
    with Server(tmp_path, demo=True) as demo:
        page = open_page(demo.url)
        expect(page.locator(".demo")).to_contain_text("You are Amira Haddad (Agent)")
        page.get_by_role("link", name="Be somebody else").click()
        sound(page)
        page.get_by_role("button", name="Be Sam Okafor").click()
        expect(page.locator(".demo")).to_contain_text("You are Sam Okafor (Supervisor)")
        assert violations(page) == []
        page.goto("about:blank")


def test_one_signs_in_and_out_by_keyboard_alone(quiet: Server, open_page: Open) -> None:
    page = open_page(f"{quiet.url}/sign-in", signed_in=False)
    page.keyboard.type("ada")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/people")
    page.locator(".me").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/account")
    page.get_by_role("button", name="Sign out", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in")


def test_signing_in_needs_no_script(quiet: Server, open_page: Open) -> None:
    page = open_page(f"{quiet.url}/people", signed_in=False, java_script_enabled=False)
    page.get_by_label("Name or e-mail").fill("ada")
    page.get_by_label("Password", exact=True).fill("not the right words")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("not right")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/people$"))


def test_who_is_signed_out_elsewhere_is_told_on_the_open_page(quiet: Server, open_page: Open) -> None:
    quiet.hear("signed-out", ("customer", "Hello?"))
    page = open_page(f"{quiet.url}/sign-in?next=/account", signed_in=False)
    page.get_by_label("Name or e-mail").fill("kim")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/account")
    watching = page.context.new_page()
    watching.goto(f"{quiet.url}/conversations/signed-out")
    watching.get_by_role("button", name="Take this conversation").click()
    page.get_by_role("button", name="Sign out everywhere").click()
    watching.locator("#draft").fill("I can't do that.")
    expect(watching.locator("#lost")).to_contain_text("You are signed out.")


def test_an_admin_makes_copies_and_ends_a_token_by_keyboard_with_nothing_for_axe_to_find(
    quiet: Server, open_page: Open
) -> None:
    page = open_page(f"{quiet.url}/tokens", who="ada")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_text("Make a token").focus()
    page.keyboard.press("Enter")
    page.get_by_label("What it is for").fill("telephony")
    page.get_by_label("Send turns of conversations").focus()
    page.keyboard.press("Space")
    assert violations(page) == []
    page.get_by_label("For how many days").focus()
    page.keyboard.press("Enter")
    secret = page.locator("#secret").inner_text()
    assert violations(page) == []
    page.get_by_role("button", name="Copy").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == secret
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("li", has_text="telephony").locator("summary").click()
    assert violations(page) == []
    page.get_by_role("button", name="End this token telephony").click()
    page.get_by_text("that opens nothing any more").or_(page.get_by_text("that open nothing any more")).click()
    expect(page.locator(".past")).to_contain_text("telephony")
    sound(page)
