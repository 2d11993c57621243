"""Which languages there are texts in, and which of them is nearest to one that is asked for."""

import re
from typing import Final

BRITISH: Final = "en-GB"
AMERICAN: Final = "en-US"
LANGUAGES: Final = (BRITISH, AMERICAN, "de", "es")
"""The languages that pages and texts for customers are written in; the first holds where none of them fits."""
_MARKS: Final = {"de": ("„", "“"), "es": ("«", "»")}
_TAG: Final = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")


def nearest(tag: str) -> str | None:
    """The language of ours for a tag such as `de-AT`; None where there is none. English is British but for en-US."""
    said = tag.strip().replace("_", "-").lower()
    if said == AMERICAN.lower():
        return AMERICAN
    language = said.split("-")[0]
    return BRITISH if language == "en" else next((one for one in LANGUAGES if one == language), None)


def quoted(words: str, tag: str) -> str:
    """The words in the quotation marks of a language."""
    before, after = _MARKS.get(nearest(tag) or BRITISH, ("“", "”"))
    return f"{before}{words}{after}"


def first_accepted(header: str) -> str | None:
    """The language of ours that a browser's `Accept-Language` likes best; None where it names none of them."""
    wanted = [_weighed(one) for one in header.lower().split(",")]
    found = (nearest(tag) for weight, tag in sorted(wanted, key=lambda one: -one[0]) if weight > 0)
    return next((one for one in found if one), None)


def _weighed(part: str) -> tuple[float, str]:
    tag, _, weight = part.strip().partition(";q=")
    if not _TAG.fullmatch(tag.strip()):
        return 0.0, ""
    try:
        return float(weight) if weight else 1.0, tag
    except ValueError:
        return 0.0, ""
