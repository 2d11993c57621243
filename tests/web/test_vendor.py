"""Files of others are what their makers published, and are named with their licence."""

import tomllib
from hashlib import sha256

from levelhead.web.rendering import STATIC

VENDOR = STATIC / "vendor"


def listed() -> list[dict[str, str]]:
    return list(tomllib.loads((VENDOR / "VENDOR.toml").read_text("utf-8"))["file"])


def test_every_vendored_file_is_untouched() -> None:
    assert listed()
    for file in listed():
        assert sha256((VENDOR / file["path"]).read_bytes()).hexdigest() == file["sha256"], file["path"]


def test_nothing_is_vendored_without_a_name_a_version_a_licence_and_where_it_came_from() -> None:
    assert {path.name for path in VENDOR.iterdir()} == {"VENDOR.toml"} | {file["path"] for file in listed()}
    for file in listed():
        assert all(file[field] for field in ("name", "version", "licence", "tarball", "from"))
