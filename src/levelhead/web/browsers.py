"""A browser by the name that its owner knows, such as "Firefox on Windows", from what it says that it is."""

from typing import Final

from levelhead.web.words import Words

# In this order: Edge and Opera also say Chrome, Chrome also says Safari, and Android also says Linux. A list of
# sessions keeps the first characters only, where Safari on a phone has come no further than `Version/`.
_BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Version/", "Safari"),
)
_SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def browser_named(says: str, words: Words) -> str:
    """What to call it on a page; what it says itself where that names no browser and no system we know."""
    browser, system = _found(says, _BROWSERS), _found(says, _SYSTEMS)
    if browser and system:
        return words("account.browser_on", browser=browser, system=system)
    return says or words("account.unknown_device")


def _found(says: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((name for sign, name in names if sign in says), "")
