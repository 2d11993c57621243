"""What every test may ask for. The people of the tests are in people.py."""

import os
from pathlib import Path

import pytest

from levelhead.settings import PREFIX, Settings

pytest_plugins = ["tests.databases"]


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test says what it needs; whatever the machine's environment says is not heard."""
    for name in [name for name in os.environ if name.upper().startswith(PREFIX)]:
        monkeypatch.delenv(name)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A folder for a database that goes away with the test."""
    return tmp_path / "data"


@pytest.fixture
def settings(data_dir: Path) -> Settings:
    """Settings of a machine without the demo."""
    return Settings(data_dir=data_dir, demo=False)
