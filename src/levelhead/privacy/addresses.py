"""Postal addresses: a house in a street with what follows it, and post codes that name a few houses."""

import re
from collections.abc import Iterator

from levelhead.conversation import Span
from levelhead.privacy.kinds import Found, SealedKind


def addresses_in(text: str) -> Iterator[Found]:
    """Addresses down to the house; a street or a town alone is a place and no address."""
    for address in _ADDRESSES:
        for match in address.finditer(text):
            yield Found(SealedKind.ADDRESS, Span(*match.span("address")), " ".join(match["address"].split()))


_NAME = r"(?:[A-Z][\w'’.-]{1,20})"
_STREET = (
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Crescent|Cres|Drive|Dr|Close|Way|Court|Ct|Place|Pl|Terrace|Square|Sq|Boulevard"
    r"|Blvd|Gardens|Grove|Hill|Park|Parade|Row|Mews|Walk|Green|View|Rise|Parkway|Pkwy|Highway|Hwy|Circle|Trail)"
)
_UNIT = r"(?:(?:[Ff]lat|[Aa]pt\.?|[Aa]partment|[Uu]nit|[Ss]uite|[Rr]oom|#) ?\w{1,5},? (?:of |at )?)"
_UNIT_AFTER = r"(?:,? (?:[Ff]lat|[Aa]pt\.?|[Aa]partment|[Uu]nit|[Ss]uite|#) ?\w{1,5})"
# The 124 post code areas (Royal Mail).
_AREA = (
    r"(?:A[BL]|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|K[ATWY]"
    r"|L[ADELNSU]?|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE)"
)
_POSTCODE = rf"{_AREA}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{{2}}"
_ZIP = r"[A-Z]{2},? \d{5}(?:-\d{4})?"
_TOWN = rf"(?:,? (?:in )?{_NAME}(?: {_NAME}){{0,2}})"
_TAIL = rf"{_UNIT_AFTER}?(?:{_TOWN}{{0,3}},?\s{{1,2}}(?:{_POSTCODE}|{_ZIP})|(?:, {_NAME}(?: {_NAME})?){{1,2}})?"
_HOUSE_SPOKEN = (
    r"(?:\d{1,4}[a-z]?|(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[ -])?"
    r"(?:one|two|three|four|five|six|seven|eight|nine)|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
)
_NO_STREET = r"(?!(?:of|the|or|a|to|at|in|on|and|day|days|more|times|way|ways)\b)"
_ADDRESSES = (
    re.compile(
        rf"(?<![\w£$€.,/-])(?P<address>{_UNIT}?\d{{1,5}}[A-Za-z]?,? (?:{_NAME} ){{1,3}}"
        rf"{_STREET}(?!\w)(?:\.(?=,? [A-Z#]))?{_TAIL})(?!\w)"
    ),
    # As it is heard: no capitals, so only where somebody lives or something goes.
    re.compile(
        r"\b(?:live at|living at|address(?: is|'s|:)?|deliver(?:ed)? (?:it )?to|send it to|moved to|home at|based at"
        r"|i'm at)"
        rf"(?: um+| uh+)? (?P<address>{_HOUSE_SPOKEN} (?:{_NO_STREET}[a-z'’-]+ ){{1,3}}"
        r"(?:street|road|avenue|lane|crescent|drive|close|court|terrace|square|boulevard|gardens|grove)\b)",
        re.IGNORECASE,
    ),
    re.compile(rf"(?<![\w/-])(?P<address>{_POSTCODE})(?![\w/-])"),
    re.compile(rf"\bpost ?code(?: is|'s|:)? (?P<address>{_POSTCODE})(?!\w)", re.IGNORECASE),
    re.compile(r"\bP\.? ?O\.? Box (?P<address>\d{1,6})(?!\w)", re.IGNORECASE),
)
