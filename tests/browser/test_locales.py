"""The main pages in German and Spanish: nothing scrolls sideways, wide or narrow, and axe finds nothing."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import Open
from tests.browser.server import Server
from tests.browser.sound import LOOKS, sound

pytestmark = pytest.mark.browser

PAGES = ("/", "/try", "/promises", "/complaints", "/restrictions", "/people")
SAID = {"de": ("Jetzt", "Beratung"), "es": ("Ahora", "Agente")}
ANGRY = "This is the third time I've asked. Nobody came yesterday. I'm furious, and I want to speak to your manager."


@pytest.mark.parametrize("language", SAID)
def test_no_page_is_too_wide_for_its_words(quiet: Server, open_page: Open, language: str) -> None:
    here = f"/conversations/in-{language}"
    quiet.hear(f"in-{language}", ("customer", ANGRY), ("agent", "Sorry about that. I'll call you by 5 pm today."))
    page = open_page(f"{quiet.url}/account", who="sam.two")
    choose(page, language)
    for path in (*PAGES, here):
        page.goto(quiet.url + path, wait_until="domcontentloaded")
        expect(page.locator("html")).to_have_attribute("lang", language)
        assert too_wide(page) == [], path
    page.set_viewport_size({"width": 1440, "height": 900})
    assert page.evaluate(STEPS_LEFT_OVER) > -1, "the six steps stand in one line, even where all of them are due"
    sound(page)
    now, agent = SAID[language]
    expect(page.get_by_role("link", name=now, exact=True)).to_be_visible()
    expect(page.locator("#turns")).to_contain_text(agent)
    page.goto(f"{quiet.url}/account")
    choose(page, "")


def choose(page: Page, language: str) -> None:
    """On the account page, by its form."""
    form = page.locator('form[action="/account/language"]')
    form.locator("select").select_option(language)
    form.locator("button").click()
    page.wait_for_url("**/account#language-title")


def too_wide(page: Page) -> list[str]:
    """At which widths something of the page stands outside the screen, and the first thing that does."""
    found = []
    for width, height, _ in LOOKS:
        page.set_viewport_size({"width": width, "height": height})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{width}: {page.evaluate(OUTSIDE)}")
    return found


OUTSIDE = """() => [...document.querySelectorAll('body *')]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1).map(one => one.outerHTML.slice(0, 200))[0]"""
STEPS_LEFT_OVER = """() => {
    const steps = document.querySelector('.steps')
    steps.querySelectorAll('li').forEach(one => one.className = 'due')
    return steps.getBoundingClientRect().right - steps.lastElementChild.getBoundingClientRect().right
}"""
