"""A page is sound: nothing for axe to find and nothing that scrolls sideways, wide by day and narrow by night."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
LOOKS = ((1440, 900, "light"), (390, 1600, "dark"))
"""Width, height and scheme. A colour is a name with a value for each scheme, so two looks see all of them; the phone is
tall, because what its pinned card covers in part has no fair size."""


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it stands."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("async rules => (await axe.run(rules)).violations", RULES)
    return [f"{rule['id']}: {node['html'][:200]} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def sound(page: Page) -> None:
    """Look at the page both ways, and leave it wide and light; on a phone, a desk shows what one can do."""
    page.emulate_media(reduced_motion="reduce")
    for width, height, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        to_panels(page)
        found = violations(page)
        assert not found, f"{width} wide, {scheme}: {found}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size({"width": LOOKS[0][0], "height": LOOKS[0][1]})
    page.emulate_media(color_scheme="light")


def to_panels(page: Page) -> None:
    """On a narrow screen, the panels are behind a tab; what is behind an open dialog stays as it is."""
    tab = page.locator('[data-tab="do"]')
    if tab.is_visible() and not page.locator("dialog[open]").count():
        tab.click()
