"""A real browser before a real server."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import CHROMIUM, HOW_TO_GET_IT, Open, chromium
from tests.browser.server import Server

PATIENCE_MS = 20_000
EXPECTED = (
    "Failed to load resource",
    "htmx: htmx:sse:error: network error",
    "htmx: htmx:sse:error: Failed to fetch",
    "htmx: htmx:sse:error: SSE reconnect failed with status 404",
)


# For a module only: as long as it is open, Playwright keeps an event loop in this thread, and no other can run.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.fail(HOW_TO_GET_IT, pytrace=False)
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Levelhead without the demo. All share it: each test uses conversations of its own."""
    with Server(tmp_path_factory.mktemp("quiet")) as server:
        yield server


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens a page of its own for a person; at the end, nothing may have gone wrong in any of them."""
    expect.set_options(timeout=PATIENCE_MS)
    complaints: list[str] = []
    contexts = []

    def open_one(
        url: str, width: int = 1440, height: int = 900, *, who: str = "sam", signed_in: bool = True, **known: str
    ) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="en-GB", **known)  # type: ignore[arg-type]
        contexts.append(context)
        if signed_in:
            # Cookies know no port: only those of the server that is asked.
            context.add_cookies(
                [one for server in Server.running if url.startswith(server.url) for one in server.cookies(who)]
            )
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
        page.goto(url)
        return page

    yield open_one
    for context in contexts:
        context.close()
    # A server that was stopped, or a page that is not there, is what a test is about and no fault of the page.
    assert [complaint for complaint in complaints if not complaint.startswith(EXPECTED)] == []
