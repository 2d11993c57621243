"""Rules where rules are better: few, precise, each with a name that the page can show.

Safety first: the words for self-harm are rare in any training set, so that they are also listed here. Look-alikes
("this is killing me", "dying to know") are not in the lists, and a test keeps them out.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from levelhead.conversation import Abuse, Cue, Emotion, Span


class Match(NamedTuple):
    """A rule that matched and the words it matched."""

    label: Cue | Abuse
    rule: str
    span: Span


class Declared(NamedTuple):
    """A feeling that the customer names as their own: "I'm furious"."""

    emotion: Emotion
    intensity: int
    rule: str
    span: Span


_FEELINGS: Mapping[tuple[Emotion, int], str] = {
    (Emotion.ANGRY, 3): r"furious|livid|fuming|outraged|seething",
    (Emotion.ANGRY, 2): r"angry|mad as hell|so mad",
    (Emotion.FRUSTRATED, 2): r"frustrated|annoyed|irritated|fed up|exasperated",
    (Emotion.DISAPPOINTED, 2): r"disappointed|gutted|let down|heartbroken",
    (Emotion.ANXIOUS, 2): r"worried|anxious|scared|terrified|frightened|panicking",
    (Emotion.CONFUSED, 2): r"confused|baffled|completely lost",
}
_DECLARED = [
    (emotion, intensity, re.compile(rf"\bi(?:'m| am|m)((?: \w+){{0,2}}?) (?:{words})\b", re.IGNORECASE))
    for (emotion, intensity), words in _FEELINGS.items()
]
_TAKEN_BACK = frozenset({"not", "almost", "no", "longer", "never", "less", "sorry"})

_PLACE = r"(?:office|shop|store|building|depot|warehouse|branch|yard|house|counter|lot)"
_BODY = r"(?:leg|legs|teeth|face|neck|jaw|head|fingers|arm|arms)"
_THREATS: Mapping[str, str] = {
    "threat.know_where": (
        r"\b(?:know|no) (?:where|what city|which car) (?:you|u|your|ur|he|she|they)\b(?! (?:are|r) (?:coming|going)\b)"
        r"(?: \w+){0,3}? (?:live|work|park|sleep|office|depot|building|warehouse|shop|house|family|kids)\b"
    ),
    "threat.watch": r"\b(?:watch|mind) (?:your|ur) (?:back|car|step|family|kids|house)\b|\bsleep with one eye\b",
    "threat.harm": (
        rf"\b(?:break|smash|knock|cave)(?: \w+){{0,3}} (?:{_BODY}) ?(?:in|out|off)?\b"
        r"|\b(?:i'?ll|i will|i'?m (?:going to|gonna)|gonna|guna) (?:kill|stab|shoot|hurt|batter|beat up|find) "
        r"(?:you|u|him|her|them|someone|somebody|your)\b"
    ),
    "threat.damage": (
        rf"\b(?:burn|smash|torch|scatter|put)(?: \w+){{0,4}} {_PLACE}(?: \w+)? ?(?:down|flat|up|in|through)\b"
        r"|\bput (?:\w+ ){0,3}windows? (?:through|in)\b|\bbe a shame (?:if|about)\b"
    ),
    "threat.wait": (
        r"\b(?:i'?ll|i will|we'?ll) be (?:outside (?:your|ur) (?:house|work|office)"
        r"|waiting (?:for (?:you|u|him|her|them) )?"
        r"(?:outside|when (?:you|u|he|she|they) (?:finish|leave|clock|come out)))"
    ),
}
_THREATENED = [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _THREATS.items()]

_SELF = r"(?:my ?self|meself|mysel)"
_HARM = r"(?:kill|hang|hurt|harm|cut|top)"
_IN_CHARGE = (
    r"(?:manager|supervisor|team leader|team lead|your boss|someone (?:in charge|higher|senior|above)"
    r"|somebody (?:in charge|senior))"
)
_REACH = (
    r"(?:speak|talk|(?:get|transfer|pass|connect) me|put me (?:through|on)|escalate(?: this| me| it)?|want|need|fetch)"
)
_RULES: Mapping[Cue, Mapping[str, str]] = {
    Cue.SELF_HARM: {
        "self_harm.do": rf"\b{_HARM}(?:l?ing|ting)? {_SELF}\b",
        "self_harm.end": r"\b(?:end(?:ing)? it all|(?:end(?:ing)?|tak(?:e|ing)) my (?:own )?life(?! sav))\b",
        "self_harm.wish": (
            r"\bi (?:just |really |honestly )?(?:want to|wanna|wish i (?:could|would)|would rather|'d rather) "
            r"(?:die|be dead|not (?:be here|wake up))\b|\bwish i (?:was|were) dead\b"
        ),
        "self_harm.better_off": r"\b(?:better off (?:dead|without me)|not worth living|suicid(?:e|al))\b",
        "self_harm.no_more": (
            r"\b(?:don'?t|do not|no longer) want to "
            r"(?:live\b(?! (?:in|at|with|near|like))|be alive|wake up\b(?! (?:early|at|to))"
            r"|be here(?= (?:any ?more|any longer)|[.!]|$))"
        ),
        "self_harm.no_point": (
            r"\b(?:no|(?:see|is) (?:the|any)) (?:point|reason) (?:in |to |of )?"
            r"(?:living|being alive|being here|live|going on)\b"
            r"|\b(?:nothing|no reason) (?:left )?to live for\b"
        ),
        "self_harm.without_me": (
            r"\b(?:every ?(?:one|body)|they|them|my (?:family|kids|wife|husband|mum|mother|dad))"
            r"(?:'d| would| will)? (?:all )?"
            r"(?:be|do|cope|manage|get on|get by)(?: \w+)? (?:better|fine|easier|happier)(?: off)? without me\b"
            r"|\b(?:easier|simpler|better|happier)"
            r"(?: (?:all round|off|for|on|everyone|everybody|them|all|my \w+|the \w+)){0,3}"
            r" if i (?:just )?(?:was ?n'?t|were ?n'?t|was not|were not)(?: \w+)? ?(?:here|around|alive)\b"
            r"|\bthink(?:ing)? about not being (?:here|around|alive)\b|\bdon'?t see myself being around\b"
        ),
        "self_harm.means": (
            r"\b(?:slit(?:ting)? my wrists|tak(?:e|ing) an overdose|overdosing|tak(?:e|ing) (?:all )?(?:my|the) pills"
            r"|jump(?:ing)? off (?:a|the) (?:bridge|roof|building)|in front of (?:a|the) train)\b"
        ),
    },
    Cue.ASKS_SUPERVISOR: {
        "supervisor.speak": rf"\b{_REACH}(?: \w+){{0,4}}? {_IN_CHARGE}\b",
        "supervisor.complaint": (
            r"\b(?:formal|official|written) complaint\b"
            r"|\b(?:make|file|raise|lodge|log|register) an? (?:formal |official )?complaint\b"
        ),
    },
    Cue.THREATENS_EXPOSURE: {
        "exposure.authority": (
            r"\b(?:ombudsman|trading standards|better business bureau|bbb|watchdog|ofcom|ofgem|ofwat|small claims"
            r"|attorney general|my (?:lawyer|solicitor|attorney)|consumer (?:protection|forum|court|affairs)"
            r"|see you in court|legal action|take (?:this|you|it) to court)\b"
        ),
    },
}
_COMPILED = [
    (cue, name, re.compile(pattern, re.IGNORECASE)) for cue, rules in _RULES.items() for name, pattern in rules.items()
]
_NOT_MEANT = re.compile(
    r"\b(?:do(?:n'?t| not) want to (?:speak|talk)"
    r"|(?:did|have|has)(?:n'?t| not)? (?:already )?(?:spoken?|talked) (?:to|with)"
    r"|(?:no|not) (?:need|want) (?:for |to )?(?:an? )?(?:complaint|manager|supervisor))",
    re.IGNORECASE,
)


class Ruled(NamedTuple):
    """What the rules found in a customer's words."""

    cues: tuple[Match, ...] = ()
    feeling: Declared | None = None
    threat: Match | None = None


NOTHING = Ruled()


def rules_in(text: str) -> Ruled:
    """Everything the rules find, each with its words."""
    return Ruled(tuple(patterns_in(text)), declared_in(text), threat_in(text))


def declared_in(text: str) -> Declared | None:
    """The first feeling that the customer names as their own, with the words; None when it's taken back or absent."""
    plain = text.replace("’", "'")
    for emotion, intensity, pattern in _DECLARED:
        found = pattern.search(plain)
        if found and not _TAKEN_BACK & set(found[1].lower().split()):
            return Declared(emotion, intensity, f"declared.{emotion}", Span(found.start(), found.end()))
    return None


def threat_in(text: str) -> Match | None:
    """The first words that threaten people or what is theirs, however politely; None when there are none."""
    plain = text.replace("’", "'")
    for name, pattern in _THREATENED:
        found = pattern.search(plain)
        if found:
            return Match(Abuse.THREAT, name, Span(found.start(), found.end()))
    return None


def patterns_in(text: str) -> Iterator[Match]:
    """Every rule that matches in a customer's words, the first place of each."""
    plain = text.replace("’", "'")
    for cue, name, pattern in _COMPILED:
        found = pattern.search(plain)
        if found and not (cue is Cue.ASKS_SUPERVISOR and _NOT_MEANT.search(plain)):
            yield Match(cue, name, Span(found.start(), found.end()))
