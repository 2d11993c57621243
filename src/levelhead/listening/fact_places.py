"""Places that are mentioned in a text."""

import re
from collections.abc import Iterator

from levelhead.conversation import Span


def places_in(text: str) -> Iterator[Span]:
    """Postcodes, streets, hotels, hospitals and the like by name, branches, and towns."""
    for pattern in _PLACES:
        for match in pattern.finditer(text):
            place = match["place"]
            if place.lower() not in _NO_PLACE and not _SHOUTED.fullmatch(place) and not _LANGUAGE.match(place):
                yield Span(*match.span("place"))


_CAPITAL = r"[A-Z][\w'’-]+"
_NO_PLACE = frozenset(
    """
    january february march april may june july august september october november december jan feb mar apr jun jul aug
    sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday christmas easter english french german
    urdu hindi mandarin welsh arabic latin i the this that my your our his her it no chat app dm dms email settings
    manage south north east west
    """.split()  # noqa: SIM905 - words read better as words
)
_SHOUTED = re.compile(r"[A-Z]{2,}")
_SHOUTED = re.compile(r"[A-Z]{2,}")
_LANGUAGE = re.compile(r"(?:[A-Z]\w+ish|[A-Z]\w+ese)\b")
_TOWNS = (
    "aberdeen|abuja|accra|adelaide|amsterdam|athens|atlanta|auckland|bangalore|bangkok|barcelona|belfast"
    "|bengaluru|berlin|birmingham|bournemouth|bradford|brighton|brisbane|bristol|brooklyn|brussels|budapest|cairns|cairo"
    "|calgary|canberra|cape town|cardiff|chennai|chicago|christchurch|cincinnati|cleveland|colombo|copenhagen"
    "|coventry|croydon|dakar|dallas|delhi|denver|derby|detroit|dhaka|doha|dubai|dublin|dundee|dunedin|durban"
    "|durham|edinburgh|edmonton|enugu|exeter|frankfurt|galway|geneva|glasgow|hamburg|hanoi|harrogate|hobart|hong kong"
    "|honolulu|houston|huddersfield|hyderabad|ibadan|indianapolis|inverness|ipswich|istanbul|jacksonville|jakarta"
    "|johannesburg|kampala|kansas city|karachi|kolkata|kuala lumpur|lagos|lahore|las vegas|leeds|leicester|limerick"
    "|lisbon|liverpool|london|los angeles|luton|madrid|manchester|manila|melbourne|memphis|mexico city|miami|milan"
    "|milton keynes|milwaukee|minneapolis|mombasa|montreal|moscow|mumbai|munich|nairobi|nashville|new orleans|new york"
    "|newcastle|norwich|nottingham|osaka|ottawa|oxford|paris|philadelphia|pittsburgh|plymouth|portland"
    "|portsmouth|prague|pretoria|quebec city|rome|rotherham|sacramento|salford|salt lake city|san antonio|san diego"
    "|san francisco|san jose|sarajevo|seattle|seoul|shanghai|sheffield|singapore|southampton|stockholm|sunderland"
    "|swansea|swindon|sydney|taipei|tampa|tauranga|tokyo|toronto|tulsa|tunis|vancouver|vienna|wakefield|warsaw"
    "|washington dc|wellington|winnipeg|wolverhampton|zurich"
)
# These are names and words too: a place only after words such as "in" or "near".
_UNSURE_TOWNS = "austin|boston|cambridge|charlotte|cork|darwin|hull|kingston|orlando|perth|phoenix|preston|stoke|york"
_STREET = r"(?:street|road|avenue|lane|crescent|parade|terrace|boulevard)"
_STREET_WRITTEN = (
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Crescent|Drive|Dr|Close|Way|Court|Ct|Place|Terrace|Square|Boulevard|Blvd)"
)
_HOUSE = (
    r"(?:\d{1,4}[a-zA-Z]?|(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[ -])?"
    r"(?:one|two|three|four|five|six|seven|eight|nine)|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
)
# "Hilton Hotel", "West Bay Venue"; not "Help Center", which is no place.
_VENUE = (
    r"(?:Hotel|Inn|Venue|Hospital|Airport|Station|School|Centre|Center|Mall|University|College|Stadium|Arena|Resort|Clinic"
    r"|Palace|Library|Museum|Theatre|Hub|Depot)"
)
_NO_VENUE = (
    r"(?:Help|Call|Customer|Service|Support|Contact|Data|Message|Account|Trust|Resource|Learning|Notification|Action|Play"
    r"|The|Your|Our|My|This|Is|At|In|From|What|To)"
)
_DETERMINER = r"(?:the|a|my|our|your|this|that|his|her|their|every|any|next|other|main)"
_BRANCH = r"(?:branch|store|shop|depot|office|hub|locker)"
_PLACES = (
    re.compile(r"(?<![\w-])(?P<place>[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2})(?![\w-])"),
    re.compile(r"\bpost ?code(?: is|'s|:)? (?P<place>[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2})(?!\w)", re.IGNORECASE),
    re.compile(r"\bzip(?: code)?(?: is|'s|:)? (?P<place>\d{5}(?:-\d{4})?)(?!\w)", re.IGNORECASE),
    re.compile(r"(?<!\w)(?P<place>[ABCEGHJ-NPRSTVXY]\d[A-Z] \d[A-Z]\d)(?!\w)"),
    re.compile(rf"(?<!\w)(?P<place>\d{{1,4}}[a-zA-Z]? (?:{_CAPITAL} ){{1,3}}{_STREET_WRITTEN})(?!\w)"),
    re.compile(
        rf"(?<!\w)(?P<place>{_HOUSE} (?!of |the |or |a |to |at |in |on |bed )[a-z'’]+(?: [a-z'’]+)? {_STREET})(?!\w)",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?:[Tt]he|[Yy]our|[Oo]ur|[Mm]y) (?P<place>{_CAPITAL}(?: {_CAPITAL})? {_BRANCH})(?!\w)"),
    re.compile(
        rf"\b(?:on|at|off|to) (?P<place>(?!{_DETERMINER} )"
        r"(?:[a-z'’]+|[A-Z]\w+) (?:street|avenue|boulevard|crescent|terrace))(?!\w)"
    ),
    re.compile(
        rf"(?<![\w@#])(?P<place>(?:(?!{_NO_VENUE}\b){_CAPITAL} ){{1,3}}{_VENUE})"
        r"(?!\w)"
    ),
    re.compile(
        rf"\b(?:in|near|outside|from|at) (?P<place>(?:the )?(?:{_TOWNS}|{_UNSURE_TOWNS})(?: {_BRANCH})?)(?!\w)",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?:to|for|towards|through|around|leaving|of|is) (?P<place>{_TOWNS})(?!\w)", re.IGNORECASE),
    re.compile(
        r"(?<![\w@#])(?P<place>" + "|".join(town.title() for town in _TOWNS.split("|")) + r")(?![\w]| [A-Z][a-z])"
    ),
    re.compile(rf"(?<=[a-z,] )(?:in|near) (?P<place>{_CAPITAL}(?: {_CAPITAL})?)(?=[\s,.;!?]|$)"),
)
