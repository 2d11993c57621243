"""Names people give. Nothing about a person is guessed from their name."""

import re
from collections.abc import Iterator

from levelhead.conversation import Span


def names_in(text: str, *, of_customer: bool = True) -> Iterator[Span]:
    """The speaker's own name, where it is given as one: "my name is …", "… speaking", or under a letter.

    Of our side also the colleagues that they name: "the manager's Ravi", "ask for Mo". Whom a customer names beside
    themselves is left alone, so that nobody takes a friend's name for theirs.
    """
    for match in _NAME.finditer(text):
        words = _name_words(match["name"])
        if words and _is_name(words, match):
            yield Span(match.start("name"), match.start("name") + len(" ".join(words)))
    for pattern in _OWN if of_customer else (*_OWN, *_COLLEAGUE):
        yield from (Span(*match.span("name")) for match in pattern.finditer(text) if _may_be_name(match["name"]))
    for match in _SIGNED.finditer(text):
        if match["name"][0].isupper() and not _DESK.search(match["name"]):
            yield Span(*match.span("name"))


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
_FULL = rf"{_CAPITAL}(?: (?:[A-Z]\.|{_CAPITAL})){{0,2}}"
_WRITTEN_LINE = r"[ \t]{0,4}"
_OWN = (
    # "Nomsa here", "Hi Jo, Priyanka Sandhu here", "customer accounts dean speaking"
    re.compile(rf"(?:^|[.!?,\n] ?)(?P<name>{_FULL})(?:,? here\b(?!:)| speaking\b)"),
    re.compile(r"(?<!am )(?<!i'm )\b(?P<name>[a-z]{3,}) speaking\b(?! (?:to|with|about|of|for)\b)(?=[ .!?]|$)"),
    # "I'm Angela.", "I am Mark, ..."
    re.compile(
        rf"\b(?:I['’]m|I am|It['’]s|it['’]s|i['’]?m|i am|[Hh]ere is) (?P<name>{_CAPITAL})(?=[.!]?\s*$|[.!] [A-Z])"
    ),
    # A voice that answers: "thanks for calling cascadia air this is ramon how can i help"
    re.compile(
        r"^.{0,80}?\b(?:this is|you['’]re (?:speaking|talking) (?:with|to)) (?P<name>[a-z]{3,})"
        r"(?= (?:(?:uh|um|and) )*(?:how (?:can|may)|who am|what can|what['’]?s (?:the|your|gone)|in the|here\b))"
    ),
    # A name alone under a letter, or after a dash under a post.
    re.compile(rf"\n{_WRITTEN_LINE}(?P<name>{_FULL})(?:, [A-Z][a-z]+)?{_WRITTEN_LINE}\s*$"),
    re.compile(r"(?<!\w)[-–—~^]\s?(?P<name>[A-Z][a-z]+)\.?\s*$"),
)
_ROLE = (
    r"(?:manager|supervisor|lead|leader|boss|colleague|driver|engineer|agent|nurse|doctor|technician|porter|clerk|captain"
    r"|adjuster|owner|head)"
)
_COLLEAGUE = (
    re.compile(rf"\b{_ROLE}(?:['’]s| is|,| called| named)? (?P<name>{_FULL})(?=[\s.,;:!?)]|$)"),
    re.compile(rf"\b[Aa]sk for (?P<name>{_CAPITAL})(?=[\s.,;:!?)]|$)"),
    re.compile(r"\b(?:[Hh]is|[Hh]er|[Tt]heir) name(?:['’]?s| is) (?P<name>[A-Za-z][\w'’-]+)"),
)
_DESK = re.compile(
    r"\b(?:team|unit|chat|care|support|relations|services?|desk|department|dept|customer|company|ltd|group|office|cancellations|refunds|manager|director|officer|operations)\b",
    re.IGNORECASE,
)
_NO_NAME = frozenset(
    """
    a about blind deaf disabled dr miss more mr mrs ms
    absolutely account actually afraid after again all already also although always am american an and angry
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


def _may_be_name(words: str) -> bool:
    low = words.lower().replace("’", "'")
    first = low.split()[0]
    return (
        first not in _NO_NAME
        and not first.endswith(_NO_NAME_ENDINGS)
        and not _DESK.search(words)
        and not words.isupper()
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
