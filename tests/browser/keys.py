"""What a person without a mouse does: reach something with Tab, press it, write into it."""

from playwright.sync_api import Locator, Page, expect

MOST_TABS = 120


def tab_to(page: Page, role: str, name: str) -> Locator:
    """Reach it with Tab alone."""
    wanted = page.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]
    expect(wanted).to_be_visible()
    for _ in range(MOST_TABS):
        if wanted.evaluate("element => element === document.activeElement"):
            return wanted
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {name!r}.")


def step_to(page: Page, wanted: Locator) -> None:
    """Reach an item of a list with `j` alone, however many others stand before it."""
    expect(wanted).to_be_visible()
    for _ in range(page.locator("[data-item]").count()):
        page.keyboard.press("j")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError("The key j does not lead there.")


def press(page: Page, name: str, role: str = "button") -> None:
    """Reach a button or a link, and press it."""
    tab_to(page, role, name)
    page.keyboard.press("Enter")


def write(page: Page, label: str, words: str) -> None:
    """Reach a field, and write in place of what stands there."""
    tab_to(page, "textbox", label)
    page.keyboard.press("Control+a")
    page.keyboard.type(words)


def choose(page: Page, label: str, beginning: str) -> None:
    """Reach a list, and type how the choice begins."""
    tab_to(page, "combobox", label)
    page.keyboard.type(beginning)


def take(page: Page) -> None:
    """Be the one who answers."""
    press(page, "Take this conversation")
    expect(page.locator("#draft")).to_be_visible()


def open_panel(page: Page, key: str, name: str) -> None:
    """Open a panel by its key, from wherever the focus is."""
    page.locator("body").press(key)
    expect(page.locator(f"#panel-{name}")).to_be_visible()
