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

_NO_TOWN = (
    "eastern",
    "central",
    "mountain",
    "pacific",
    "atlantic",
    "gulf",
    "wellington",
    "victoria",
    "bath",
    "cork",
    "lima",
)
"""Names of zones or of something else as well, which say nothing of where somebody is."""

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
    "south african": "Africa/Johannesburg", "philadelphia": _EASTERN, "detroit": _EASTERN, "washington": _EASTERN,
    "florida": _EASTERN, "orlando": _EASTERN, "charlotte": _EASTERN, "hartford": _EASTERN, "ohio": _EASTERN,
    "new jersey": _EASTERN, "minneapolis": _CENTRAL, "nashville": _CENTRAL, "memphis": _CENTRAL, "austin": _CENTRAL,
    "new orleans": _CENTRAL, "st louis": _CENTRAL, "milwaukee": _CENTRAL, "omaha": _CENTRAL, "kansas city": _CENTRAL,
    "salt lake city": _MOUNTAIN, "utah": _MOUNTAIN, "colorado": _MOUNTAIN, "las vegas": _PACIFIC, "vegas": _PACIFIC,
    "portland": _PACIFIC, "san francisco": _PACIFIC, "san diego": _PACIFIC, "oregon": _PACIFIC, "sacramento": _PACIFIC,
    "regina": "America/Regina", "saskatoon": "America/Regina", "saskatchewan": "America/Regina",
    "quebec": "America/Toronto", "ontario": "America/Toronto", "manitoba": "America/Winnipeg",
    "alberta": "America/Edmonton", "moncton": "America/Moncton", "nova scotia": "America/Halifax",
    "edinburgh": "Europe/London", "manchester": "Europe/London", "cardiff": "Europe/London", "leeds": "Europe/London",
    "bristol": "Europe/London", "birmingham": "Europe/London", "liverpool": "Europe/London", "cork": "Europe/Dublin",
    "galway": "Europe/Dublin", "limerick": "Europe/Dublin", "rome": "Europe/Rome", "milan": "Europe/Rome",
    "italian": "Europe/Rome", "brussels": "Europe/Brussels", "dutch": "Europe/Amsterdam", "zurich": "Europe/Zurich",
    "geneva": "Europe/Zurich", "swiss": "Europe/Zurich", "munich": "Europe/Berlin", "frankfurt": "Europe/Berlin",
    "hamburg": "Europe/Berlin", "vienna": "Europe/Vienna", "barcelona": "Europe/Madrid", "prague": "Europe/Prague",
    "warsaw": "Europe/Warsaw", "krakow": "Europe/Warsaw", "polish": "Europe/Warsaw", "budapest": "Europe/Budapest",
    "bucharest": "Europe/Bucharest", "sofia": "Europe/Sofia", "stockholm": "Europe/Stockholm",
    "oslo": "Europe/Oslo", "copenhagen": "Europe/Copenhagen", "helsinki": "Europe/Helsinki", "greek": "Europe/Athens",
    "cyprus": "Asia/Nicosia", "malta": "Europe/Malta", "kyiv": "Europe/Kyiv", "turkish": "Europe/Istanbul",
    "portuguese": "Europe/Lisbon", "cairo": "Africa/Cairo", "jerusalem": "Asia/Jerusalem",
    "tel aviv": "Asia/Jerusalem", "riyadh": "Asia/Riyadh", "doha": "Asia/Qatar", "abu dhabi": "Asia/Dubai",
    "karachi": "Asia/Karachi", "lahore": "Asia/Karachi", "islamabad": "Asia/Karachi", "dhaka": "Asia/Dhaka",
    "colombo": "Asia/Colombo", "chennai": "Asia/Kolkata", "kolkata": "Asia/Kolkata", "hyderabad": "Asia/Kolkata",
    "pune": "Asia/Kolkata", "bengaluru": "Asia/Kolkata", "bangkok": "Asia/Bangkok", "jakarta": "Asia/Jakarta",
    "kuala lumpur": "Asia/Kuala_Lumpur", "cebu": "Asia/Manila", "seoul": "Asia/Seoul", "beijing": "Asia/Shanghai",
    "shanghai": "Asia/Shanghai", "taipei": "Asia/Taipei", "pretoria": "Africa/Johannesburg",
    "durban": "Africa/Johannesburg", "abuja": "Africa/Lagos", "kampala": "Africa/Kampala", "mexico city":
    "America/Mexico_City", "sao paulo": "America/Sao_Paulo", "buenos aires": "America/Argentina/Buenos_Aires",
    "bogota": "America/Bogota", "lima": "America/Lima", "tasmania": "Australia/Hobart", "cairns": "Australia/Brisbane",
    "gold coast": "Australia/Brisbane", "christchurch": "Pacific/Auckland", "suva": "Pacific/Fiji",
}  # fmt: skip

_OWN = r"(?:your|our|local|my) time\b"
_THEIRS = r"(?:her|his|their) time\b"
_BARE_PLACES = r"(?:Pacific|Mountain|Central|Eastern)"

ZONE = (
    rf"(?-i:\b(?:{'|'.join(_ABBREVIATED)}|{_BARE_PLACES})\b)(?: time\b)?"
    rf"|\b(?:{'|'.join(_PLACES)}) time\b|(?<=day )eastern\b|\b{_OWN}|\b{_THEIRS}"
)
"""A pattern for a time zone by name; the conversation's own zone counts as one."""

_WORDS_TOO = ("EAT", "WAT", "MT", "AST", "NST", "NDT", "ADT")
LOOSE_ZONE = rf"\b(?:eastern|central|mountain|pacific|atlantic|{'|'.join(_ABBREVIATED.keys() - set(_WORDS_TOO))})\b"
"""A pattern for a zone in small letters, which is one only right after a clock time ("at four eastern")."""

_TIME = re.compile(r"\s*time$")


_PLACE = re.compile(rf"\b(?:{'|'.join(name for name in _PLACES if name not in _NO_TOWN)})\b", re.IGNORECASE)
_ELSEWHERE = re.compile(_THEIRS, re.IGNORECASE)


def zone_named(words: str, before: str = "") -> tzinfo | None:
    """The zone that a match of `ZONE` names; None for the conversation's own.

    "Her time" is that of the place named last in the text `before` it.
    """
    name = _TIME.sub("", words.lower())
    if _ELSEWHERE.fullmatch(words):
        places = _PLACE.findall(before)
        name = places[-1].lower() if places else name
    place = _ABBREVIATED.get(name.upper()) or _PLACES.get(name)
    return ZoneInfo(place) if place else None
