"""Whole stories, each played on a file and on PostgreSQL: from the customer's first words to the end.

`pytest tests/browser/stories --pictures=FOLDER` keeps what the stories look at, wide and narrow, light and dark.
"""

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.server import Server
from tests.browser.sound import sound, to_panels
from tests.databases import KINDS
from tests.postgresql import PostgreSQL

Look = Callable[[Page, str], None]
"""Looks at a page as it stands, under a name: it has to be sound."""
SIZES = ((1440, 900), (390, 844))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", type=Path, help="a folder in which the stories keep what they look at")


@pytest.fixture(scope="session")
def on_postgresql(postgresql: PostgreSQL, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The same as `quiet`, over PostgreSQL."""
    database = postgresql.application(postgresql.ready())
    with Server(tmp_path_factory.mktemp("on-postgresql"), database=database) as server:
        yield server


@pytest.fixture(params=KINDS)
def house(request: pytest.FixtureRequest) -> Server:
    """Levelhead over each database in turn."""
    server: Server = request.getfixturevalue("quiet" if request.param == "sqlite" else "on_postgresql")
    return server


@pytest.fixture
def look(request: pytest.FixtureRequest, house: Server) -> Look:
    """Looks at pages; they are the same over either database, so once is enough."""
    folder: Path | None = request.config.getoption("--pictures", default=None)

    def looks(page: Page, name: str) -> None:
        if house.database:
            return
        sound(page)
        if folder:
            keep(page, folder / name)

    return looks


def keep(page: Page, path: Path) -> None:
    """Four pictures of the page, in each size and scheme."""
    for (width, height), scheme in product(SIZES, ("light", "dark")):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        to_panels(page)
        page.screenshot(path=f"{path}-{width}-{scheme}.png")
    page.set_viewport_size({"width": SIZES[0][0], "height": SIZES[0][1]})
    page.emulate_media(color_scheme="light")
