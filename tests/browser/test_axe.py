"""No page has an accessibility violation that a machine can find, in light and dark, wide and narrow."""

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import Open
from tests.browser.server import Server
from tests.browser.sound import sound, violations

pytestmark = pytest.mark.browser

ANGRY = "This is the third time I've asked. I'm furious, and I want to speak to your manager."


@pytest.mark.parametrize("path", ["/", "/try", "/conversations/axe", "/nowhere"])
def test_no_page_has_a_violation(quiet: Server, open_page: Open, path: str) -> None:
    quiet.hear(
        "axe", ("agent", "I can't see any notes here."), ("customer", ANGRY), ("agent", "I'll call you by 5 pm today.")
    )
    sound(open_page(f"{quiet.url}{path}"))


def test_neither_has_what_opens_on_a_page(quiet: Server, open_page: Open) -> None:
    quiet.hear("axe-open", ("customer", ANGRY), channel="email")
    page = open_page(f"{quiet.url}/conversations/axe-open", reduced_motion="reduce")
    page.locator("#curve summary").click()
    page.locator("#draft").fill("I can't do that. You should have told us earlier.")
    expect(page.locator(".rewrite")).to_be_visible()
    sound(page)
    page.locator(".evidence").first.focus()
    assert violations(page) == []
    page.get_by_role("button", name="How this works").click()
    sound(page)
