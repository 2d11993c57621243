"""The pictures in docs/screenshots: `python -m tests.browser.screenshots`. Look at them before they go in.

A call, a chat and two mails of the demo are heard up to where it matters, so that every run shows the same.
"""

import sys
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page

from levelhead.conversation import Turn
from levelhead.live.demo import load_plays
from tests.browser.chromium import chromium
from tests.browser.server import Server

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
SETTLE_MS = 500
SIZES = {1440: 900, 390: 844}
SHOWN = {"software-us-001": 3, "gov-gb-001": 9, "software-us-003": 20, "health-gb-002": 3, "university-gb-002": 6}
"""Which demo conversations are on the desk, and how many of their turns."""
OPENED = "software-us-003"
"""Shows a card, a promise without a time, a curve that went up and down, and panels with news."""
ENDED = "health-au-001"


def main(folder: Path = FOLDER) -> None:
    """Take every picture."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as data, Server(Path(data)) as server, chromium() as browser:
        for name, turns in {**SHOWN, ENDED: None}.items():
            tell(server, name, turns)
        for (width, height), scheme in product(SIZES.items(), ("light", "dark")):
            page = opened(browser, width, height, scheme)
            page.context.add_cookies(server.cookies())
            for name, path in (("now", "/"), ("conversation", f"/conversations/{OPENED}"), ("try", "/try")):
                page.goto(server.url + path)
                prepare(page, name, width)
                page.screenshot(path=folder / f"{name}-{width}-{scheme}.png")
            page.context.close()


def tell(server: Server, name: str, most: int | None) -> None:
    """Have the first turns of a demo conversation heard, as if the last of them had just been said."""
    play = next(play for play in load_plays() if play.conversation.endswith(name))
    just_now = replace(play, turns=play.turns[:most]).ending(datetime.now(UTC))
    rows = [row(turn) for turn in just_now.turns]
    server.post(f"/api/v1/conversations/{name}/turns", rows)


def row(turn: Turn) -> dict[str, object]:
    """The flat row of a turn."""
    started = turn.started_at
    return {
        "n": turn.n,
        "speaker": turn.speaker,
        "text": turn.text,
        "at": turn.at,
        "channel": turn.channel,
        "locale": turn.locale,
        "person": turn.customer,
        "started_at": started.replace(tzinfo=None).isoformat() if started else None,
        "zone": str(started.tzinfo) if started else None,
    }


def opened(browser: Browser, width: int, height: int, scheme: str) -> Page:
    """A page of this size and scheme, on a screen without motion."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        locale="en-GB",
    )
    return context.new_page()


def prepare(page: Page, name: str, width: int) -> None:
    """Bring the page to where a person would have it."""
    page.wait_for_load_state()
    page.wait_for_timeout(SETTLE_MS)
    if name == "try":
        page.locator(".example").first.click()
        page.locator("h1").click()
        page.mouse.wheel(0, -5_000)
        page.mouse.move(width // 2, 600)
        page.wait_for_timeout(SETTLE_MS)
    if name == "conversation" and width > min(SIZES):
        page.locator("#draft").fill("I can't do that from here. Someone will get back to you as soon as possible.")
        page.locator(".rewrite").wait_for()
        page.locator("#draft").blur()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
