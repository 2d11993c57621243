"""Time zones as people name them: by abbreviation, by part of a country, by a city's clock ("Toronto time")."""

import re
from datetime import tzinfo
from zoneinfo import ZoneInfo

_EASTERN, _CENTRAL, _MOUNTAIN, _PACIFIC = (
    f"America/{city}" for city in ("New_York", "Chicago", "Denver", "Los_Angeles")
)

# As written; Americans say EST all the year round, so it follows the clock of the place. GMT stays GMT in summer.
_ABBREVIATED = {
    "ET": _EASTERN, "EST": _EASTERN, "EDT": _EASTERN,
    "CT": _CENTRAL, "CST": _CENTRAL, "CDT": _CENTRAL,
    "MT": _MOUNTAIN, "MST": _MOUNTAIN, "MDT": _MOUNTAIN,
    "PT": _PACIFIC, "PST": _PACIFIC, "PDT": _PACIFIC,
    "AKST": "America/Anchorage", "AKDT": "America/Anchorage", "HST": "Pacific/Honolulu",
    "NST": "America/St_Johns", "NDT": "America/St_Johns", "AST": "America/Halifax", "ADT": "America/Halifax",
    "UTC": "UTC", "GMT": "UTC", "BST": "Europe/London",
    "CET": "Europe/Paris", "CEST": "Europe/Paris", "EET": "Europe/Helsinki", "EEST": "Europe/Helsinki",
    "AEST": "Australia/Brisbane", "AEDT": "Australia/Sydney", "AET": "Australia/Sydney",
    "ACST": "Australia/Darwin", "ACDT": "Australia/Adelaide", "AWST": "Australia/Perth",
    "NZST": "Pacific/Auckland", "NZDT": "Pacific/Auckland",
    "IST": "Asia/Kolkata", "SGT": "Asia/Singapore", "HKT": "Asia/Hong_Kong", "PHT": "Asia/Manila", "JST": "Asia/Tokyo",
    "SAST": "Africa/Johannesburg", "WAT": "Africa/Lagos", "EAT": "Africa/Nairobi",
}  # fmt: skip

# With "time" after them.
_PLACES = {
    "eastern": _EASTERN, "central": _CENTRAL, "mountain": _MOUNTAIN, "pacific": _PACIFIC,
    "east coast": _EASTERN, "west coast": _PACIFIC, "new york": _EASTERN, "boston": _EASTERN, "atlanta": _EASTERN,
    "miami": _EASTERN, "chicago": _CENTRAL, "dallas": _CENTRAL, "houston": _CENTRAL, "texas": _CENTRAL,
    "denver": _MOUNTAIN, "phoenix": "America/Phoenix", "arizona": "America/Phoenix", "california": _PACIFIC,
    "los angeles": _PACIFIC, "seattle": _PACIFIC, "alaska": "America/Anchorage", "hawaii": "Pacific/Honolulu",
    "toronto": "America/Toronto", "ottawa": "America/Toronto", "montreal": "America/Toronto",
    "winnipeg": "America/Winnipeg", "calgary": "America/Edmonton", "edmonton": "America/Edmonton",
    "vancouver": "America/Vancouver", "atlantic": "America/Halifax", "halifax": "America/Halifax",
    "newfoundland": "America/St_Johns", "st john's": "America/St_Johns",
    "uk": "Europe/London", "british": "Europe/London", "london": "Europe/London", "glasgow": "Europe/London",
    "belfast": "Europe/London", "irish": "Europe/Dublin", "dublin": "Europe/Dublin", "paris": "Europe/Paris",
    "french": "Europe/Paris", "berlin": "Europe/Berlin", "german": "Europe/Berlin", "madrid": "Europe/Madrid",
    "spanish": "Europe/Madrid", "lisbon": "Europe/Lisbon", "amsterdam": "Europe/Amsterdam",
    "central european": "Europe/Paris", "athens": "Europe/Athens", "istanbul": "Europe/Istanbul",
    "sydney": "Australia/Sydney", "melbourne": "Australia/Melbourne", "canberra": "Australia/Sydney",
    "hobart": "Australia/Hobart", "brisbane": "Australia/Brisbane", "queensland": "Australia/Brisbane",
    "adelaide": "Australia/Adelaide", "darwin": "Australia/Darwin", "perth": "Australia/Perth",
    "auckland": "Pacific/Auckland", "wellington": "Pacific/Auckland", "new zealand": "Pacific/Auckland",
    "nz": "Pacific/Auckland", "india": "Asia/Kolkata", "indian": "Asia/Kolkata", "mumbai": "Asia/Kolkata",
    "delhi": "Asia/Kolkata", "bangalore": "Asia/Kolkata", "singapore": "Asia/Singapore",
    "hong kong": "Asia/Hong_Kong", "manila": "Asia/Manila", "philippine": "Asia/Manila", "tokyo": "Asia/Tokyo",
    "japan": "Asia/Tokyo", "dubai": "Asia/Dubai", "gulf": "Asia/Dubai", "lagos": "Africa/Lagos",
    "nigerian": "Africa/Lagos", "accra": "Africa/Accra", "nairobi": "Africa/Nairobi", "kenyan": "Africa/Nairobi",
    "johannesburg": "Africa/Johannesburg", "cape town": "Africa/Johannesburg",
    "south african": "Africa/Johannesburg",
}  # fmt: skip

_OWN = r"(?:your|our|local|my) time\b"
_BARE_PLACES = r"(?:Pacific|Mountain|Central|Eastern)"

ZONE = (
    rf"(?-i:\b(?:{'|'.join(_ABBREVIATED)}|{_BARE_PLACES})\b)(?: time\b)?"
    rf"|\b(?:{'|'.join(_PLACES)}) time\b|(?<=day )eastern\b|\b{_OWN}"
)
"""A pattern for a time zone by name; the conversation's own zone counts as one."""

_TIME = re.compile(r"\s*time$")


def zone_named(words: str) -> tzinfo | None:
    """The zone that a match of `ZONE` names; None for the conversation's own."""
    name = _TIME.sub("", words.lower())
    place = _ABBREVIATED.get(name.upper()) or _PLACES.get(name)
    return ZoneInfo(place) if place else None
