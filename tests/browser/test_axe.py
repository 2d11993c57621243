"""No page has an accessibility violation that a machine can find, in light and dark, wide and narrow."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.chromium import Open
from tests.browser.server import Server

pytestmark = pytest.mark.browser

ANGRY = "This is the third time I've asked. I'm furious, and I want to speak to your manager."
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: {node['html'][:200]} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("path", ["/", "/try", "/conversations/axe", "/nowhere"])
def test_no_page_has_a_violation(quiet: Server, open_page: Open, path: str, width: int, scheme: str) -> None:
    quiet.hear(
        "axe", ("agent", "I can't see any notes here."), ("customer", ANGRY), ("agent", "I'll call you by 5 pm today.")
    )
    page = open_page(f"{quiet.url}{path}", width=width, color_scheme=scheme)
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_neither_has_what_opens_on_a_page(quiet: Server, open_page: Open, scheme: str) -> None:
    quiet.hear("axe-open", ("customer", ANGRY), channel="email")
    page = open_page(f"{quiet.url}/conversations/axe-open", color_scheme=scheme)
    page.locator("#curve summary").click()
    page.locator("#draft").fill("I can't do that. You should have told us earlier.")
    expect(page.locator(".rewrite")).to_be_visible()
    assert violations(page) == []
    page.locator(".evidence").first.focus()
    page.wait_for_function("document.querySelector('.card').getAnimations().length === 0")
    assert violations(page) == []
    page.get_by_role("button", name="How this works").click()
    assert violations(page) == []
