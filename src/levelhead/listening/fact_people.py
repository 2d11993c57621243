"""Names people give and places they mention. Nothing about a person is guessed from their name."""

import re
from collections.abc import Iterator

from levelhead.conversation import Span


def names_in(text: str) -> Iterator[Span]:
    """The speaker's own name, where it is given as one: "my name is …", "this is … speaking", or under a letter."""
    for match in _NAME.finditer(text):
        words = _name_words(match["name"])
        if words and _is_name(words, match):
            yield Span(match.start("name"), match.start("name") + len(" ".join(words)))
    for match in _SIGNED.finditer(text):
        if match["name"][0].isupper() and not _DESK.search(match["name"]):
            yield Span(*match.span("name"))


def places_in(text: str) -> Iterator[Span]:
    """Postcodes, streets with a number, branches by name and towns after "in" or "near"."""
    for pattern in _PLACES:
        for match in pattern.finditer(text):
            if match["place"].lower() not in _NO_PLACE and not _SHOUTED.fullmatch(match["place"]):
                yield Span(*match.span("place"))


_CAPITAL = r"[A-Z][\w'’-]+"
_NAME = re.compile(
    r"(?:(?P<sure>\b(?:my|the)(?: full| first| last)? name(?:['’]?s| is| was|:)"
    r"|(?:^|(?<=[.,!?\n] )|(?<=\n))(?:full )?name(?: is|:))"
    r"|(?P<this>\b(?:this is|you['’]re (?:speaking|talking|chatting) (?:with|to)))"
    r"|(?P<am>\b(?:i['’]?m|i am|it['’]s)))"
    r" (?:(?:mr|mrs|ms|miss|dr|mister|doctor)\.? )?"
    rf"(?P<name>(?:{_CAPITAL}|[a-z][a-z'’-]+)(?: (?:[A-Z]\. )?(?:{_CAPITAL}|[a-z][a-z'’-]+)){{0,2}})",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?:^|\n)[^\w\n]{0,4}(?:(?:kind|best|warm|many) )?"
    r"(?:regards|wishes|thanks|thank you|sincerely|yours[a-z ]*|best|cheers|with thanks)[,.]?[ \t]{0,4}\n\s{0,6}"
    rf"(?P<name>(?:(?:Mr|Mrs|Ms|Miss|Dr)\.? )?{_CAPITAL}(?: (?:[A-Z]\.|{_CAPITAL})){{0,2}})[ \t]{{0,4}}(?:\n|$)",
    re.IGNORECASE,
)
_DESK = re.compile(
    r"\b(?:team|care|support|relations|services?|desk|department|dept|customer|company|ltd|group|office|cancellations|refunds)\b",
    re.IGNORECASE,
)
_NO_NAME = frozenset(
    """
    a about absolutely account actually afraid after again all already also although always am american an and angry
    annoyed another any anyone as asking at awful back bad because been before beyond booked british but by can cannot
    complete completely could day did disgraceful disgusting do does done down due each english even every exactly fed
    fine first for four from frankly getting gonna good got great had happy has have he he's hello help here hi how i if
    in indian insane is it its just kind last let lets like listed literally looking madness may me my never new next
    nigerian no not nothing now of off ok okay on once one only or order our out outrageous over please pretty quite
    ready really ridiculous ridiculously right second seriously she she's should sick silly simply since so somebody
    someone something sorry spelled spelt still stuck stupid such supposed sure ten terrible than thank thanks that the
    their them then there they third this though three till tired to today tomorrow too totally two unacceptable under
    unreal until up urgent us utterly very want was way we well were what when where which while who why will with
    without worse would wrong yeah yes yesterday you your
    """.split()  # noqa: SIM905 - words read better as words
)
_NO_NAME_ENDINGS = ("ing", "n't", "'s", "'ve", "'m", "'re", "'ll")
_MOST_SPOKEN = 2  # Without capitals a third word is more often the next sentence than a name.
_SPOKEN_TAIL = re.compile(r"\W{0,2}(?:here|speaking|from)\b", re.IGNORECASE)
_NO_PLACE = frozenset(
    """
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday english spanish french german i the this that my your our his her it no christmas
    easter chat app dm dms email settings south north east west
    """.split()  # noqa: SIM905 - words read better as words
)
_SHOUTED = re.compile(r"[A-Z]{2,}")
_TOWNS = (
    "aberdeen|accra|adelaide|atlanta|auckland|austin|bangalore|belfast|bengaluru|birmingham|boston|bradford|brighton"
    "|brisbane|bristol|calgary|cambridge|cape town|cardiff|chennai|chicago|christchurch|coventry|cork|croydon|dallas"
    "|delhi|denver|derby|detroit|dublin|dundee|durban|durham|edinburgh|exeter|galway|glasgow|harrogate|houston|hull"
    "|hyderabad|ibadan|inverness|ipswich|johannesburg|kampala|kingston|kolkata|lagos|leeds|leicester|limerick|liverpool"
    "|london|luton|manchester|manila|melbourne|miami|milton keynes|mombasa|montreal|mumbai|nairobi|newcastle|new york"
    "|norwich|nottingham|orlando|ottawa|oxford|perth|philadelphia|phoenix|plymouth|portsmouth|preston|pretoria"
    "|rotherham|salford|san diego|san francisco|seattle|sheffield|singapore|southampton|stoke|sunderland|swansea"
    "|swindon|sydney|toronto|vancouver|wakefield|wellington|wolverhampton|york"
)
_STREET = r"(?:street|road|avenue|lane|crescent|parade|terrace|boulevard)"
_STREET_WRITTEN = (
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Crescent|Drive|Dr|Close|Way|Court|Ct|Place|Terrace|Square|Boulevard|Blvd)"
)
_HOUSE = (
    r"(?:\d{1,4}[a-zA-Z]?|(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[ -])?"
    r"(?:one|two|three|four|five|six|seven|eight|nine)|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
)
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
        rf"\b(?:in|near|outside|from|at) (?P<place>(?:the )?(?:{_TOWNS})(?: {_BRANCH})?)(?!\w)",
        re.IGNORECASE,
    ),
    re.compile(rf"(?<=[a-z,] )(?:in|near) (?P<place>{_CAPITAL}(?: {_CAPITAL})?)(?=[\s,.;!?]|$)"),
)


def _name_words(heard: str) -> list[str]:
    kept: list[str] = []
    for word in heard.split(" "):
        low = word.lower().replace("’", "'")
        if low in _NO_NAME or low.endswith(_NO_NAME_ENDINGS) or (len(kept) == _MOST_SPOKEN and word[0].islower()):
            break
        kept.append(word)
    return kept


def _is_name(words: list[str], match: re.Match[str]) -> bool:
    if match["sure"]:
        return True
    capital = all(word[0].isupper() and not word.isupper() for word in words)
    introduced = _SPOKEN_TAIL.match(match.string, match.start("name") + len(" ".join(words))) is not None
    if match["this"]:
        return capital or introduced
    return capital and (len(words) > 1 or (introduced and match["am"].lower().startswith("it")))
