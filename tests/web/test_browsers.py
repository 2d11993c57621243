"""A session says its browser by a name that its owner knows."""

import pytest

from levelhead.people.session import Came
from levelhead.web.browsers import browser_named
from levelhead.web.words import words_for

_KIT = "(KHTML, like Gecko)"
_WINDOWS = f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 {_KIT} Chrome/131.0.0.0 Safari/537.36"
_IOS = "iPhone; CPU iPhone OS 17_5 like Mac OS X"
_PHONE = f"Mozilla/5.0 ({_IOS}) AppleWebKit/605.1.15 {_KIT} Version/17.5 Mobile/15E148 Safari/604.1"
_MAC = f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 {_KIT} Version/17.4 Safari/605.1.15"


@pytest.mark.parametrize(
    ("says", "named"),
    [
        (_WINDOWS, "Chrome on Windows"),
        (f"{_WINDOWS} Edg/131.0.0.0", "Edge on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox on Linux"),
        (_PHONE, "Safari on iPhone"),
        (_MAC, "Safari on Mac"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", "A browser that does not say what it is"),
    ],
)
def test_a_browser_has_its_everyday_name_also_from_the_part_that_is_kept(says: str, named: str) -> None:
    kept = Came("127.0.0.1", says).shortened().device
    assert browser_named(kept, words_for("en-GB")) == named


def test_its_name_is_in_the_language_of_the_page() -> None:
    assert browser_named(_WINDOWS, words_for("de")) == "Chrome auf Windows"
