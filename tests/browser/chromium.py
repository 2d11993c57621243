"""Debian's Chromium, told to stay quiet and on this machine."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
HOW_TO_GET_IT = "Chromium is missing. Type: apt-get install -y chromium"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

Open = Callable[..., Page]
"""Opens a page of its own for a person: the address, and by name `width`, `height`, `color_scheme`…

It is opened for sam, a supervisor; `who` names somebody else, and `signed_in=False` is somebody whom nobody knows yet.
"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser, closed at the end."""
    if not CHROMIUM.exists():
        raise FileNotFoundError(HOW_TO_GET_IT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()
