"""What commits in the present tense: "Grant dials your cell at 2:15", "consider it cancelled as of tonight".

Each kind of wording has a pattern of its own and is met in the words just before a time, or just after one that opens
the clause ("first thing monday the whole file is on his desk").
"""

import re

from levelhead.listening.clauses import Clause
from levelhead.listening.due import Due
from levelhead.listening.when import Day, DayKind, Unit


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def said_in_the_present(text: str, clause: Clause, due: Due) -> bool:
    """Whether the words around a time bind our side to it although nobody says "will"."""
    start, end = clause.span.start, clause.span.end
    near = _last_thought(text[start : due.span.start])
    if _keeps(due, near) or _opens(due, near, text[due.span.end : due.span.end + _AHEAD]):
        return True
    if due.moment is None or _no_due_time(due, text):
        return False
    ahead = _STOP.split(text[due.span.end : min(end, due.span.end + _AHEAD)], maxsplit=1)[0]
    named = due.when.day is not None or due.when.clock is not None
    if (named and _IT_IS.match(text, due.span.end)) or _SETTLED_JUST.search(text, max(0, start - _LITTLE), start):
        return _AGAINST.search(near) is None
    if _AGAINST.search(near):
        return False
    return _SETTLED.search(near) is not None or _acts(due, near, ahead) or _acts_after(due, near, ahead)


_AHEAD = 60  # Characters.
_LITTLE = 30
_STOP = re.compile(r"[.,;:!?\n](?:\s|$)")
_NEAR = 10  # Words.
_FEW = 2
_AGAIN = re.compile(r"\b(?:i|we|he|she|they|he's|she's|it's|they're|we're|i'm)\s", re.IGNORECASE)
_BEFORE_IT = re.compile(r"(?:\S+\s+){0,3}$")


def _last_thought(before: str) -> str:
    """The last words before a time: after the last comma, if they are more than two, and in speech without stops from
    a few words before the last pronoun."""
    part = before.rsplit(", ", 1)[-1]
    words = (part if len(part.split()) > _FEW else before).split()[-_NEAR:]
    last = next((i for i in range(len(words) - 1, 0, -1) if _AGAIN.match(words[i] + " ")), 0)
    return " ".join(words[max(0, last - 3) :])


def _acts(due: Due, near: str, ahead: str) -> bool:
    if _AS_OF.search(near):
        return False
    if any(kind.search(near) for kind in (_DOES_IT, _WE_DO_IT, _YOURS_BY_THEN)):
        return True
    if not _just_today(due) and (_GOES.search(near) or _GETS_DONE.search(near)):
        return True
    if _CARRIER.match(ahead) and "'s" in due.words:
        return True
    if due.when.lead in _BOUND and _IS_DONE.search(near):
        return True
    return not _just_today(due) and _IS_THERE.search(near) is not None


def _acts_after(due: Due, near: str, ahead: str) -> bool:
    """ "First thing monday the whole file is on his desk", "same time tomorrow I open this chat"."""
    todays = "'s" in due.words and not due.when.lead  # "Tomorrow's visit"
    if todays or len(near.split()) > _FEW_MORE or _AGAINST.search(ahead) or due.when.lead == "for":
        return False
    return any(kind.match(ahead) for kind in _AFTER)


_AS_OF = re.compile(r"\bas of\W*$", re.IGNORECASE)
_BOUND = frozenset({"by", "before", "within", "inside", "on or before"})
_FEW_MORE = 5


def _just_today(due: Due) -> bool:
    """ "He's off the app tonight" says how things are."""
    when = due.when
    return when.clock is None and not when.lead and when.day is not None and when.day == Day(DayKind.AHEAD, 0)


def _no_due_time(due: Due, text: str) -> bool:
    """Times from or until which something holds, and bare lengths, which may say how much and not when."""
    when = due.when
    if when.lead in ("from", "till", "til", "until", "after"):
        return True
    if when.length is None or when.back:
        return False
    return when.lead == "for" or not (when.lead not in ("", "about", "around") or when.day or _FROM_NOW.match(text, due.span.end))


_FROM_NOW = re.compile(r"\s*(?:from (?:now|today|tomorrow)|after that|on from)\b", re.IGNORECASE)


def _keeps(due: Due, near: str) -> bool:
    """What holds from, for or until a time, and what is not done before it."""
    lead, length = due.when.lead, due.when.length
    if length and length.unit is Unit.MINUTE and length.count < _NO_HOLD:
        return False
    if lead == "from":
        has = _HAS_FROM.search(near)
        return has is not None and not _AGAINST.search(near, has.start()) and not _YOU_CAN.search(near)
    if lead in ("till", "til", "until") or (not lead and _THROUGH.search(near)):
        kept = _KEEPS.search(near) is not None and _AGAINST.search(near) is None
        return kept or _NOT_UNTIL.search(near) is not None
    if lead == "for" and length:
        return _KEEPS.search(near) is not None and _FOR_YOU.search(near) is not None and _AGAINST.search(near) is None
    return lead == "before" and _NOT_UNTIL.search(near) is not None and "since" not in near


def _opens(due: Due, near: str, after: str) -> bool:
    """ "Forty minutes and he's at your gate", "give me half an hour and the block is lifted"."""
    length = due.when.length
    if length is None and due.when.clock is None or due.when.lead in ("at", "for", "from", "after"):
        return False
    if length and length.unit is Unit.MINUTE and length.count < _NO_HOLD:
        return False
    led_up_to = len(near.split()) <= _FEW_MORE or _GIVE_US.search(near) is not None
    return led_up_to and _SO_LONG.search(near) is None and _AND_THEN.match(after) is not None


_NO_HOLD = 10  # Minutes: less is a wait on the line.
_SO_LONG = _words(r"\b(?:been|takes?|took|wait\w*|for|over|after|about every|was|were|last|said|told|on|at)\b")
_GIVE_US = _words(r"\b(?:give|gimme)(?: (?:me|us|him|her|them|it))?(?: (?:just|about|till|until))?\W*$")
_AND_THEN = _words(
    r"\W*(?:(?:tops|max|no (?:longer|more)|at (?:most|the outside)|or so)\W+)?(?:and|&)\s+"
    r"(?:(?:he|she|it|they|you|u|i|we|(?:the|your|our|my) \w+)(?:'s|'re|'m| is| are)|im|ur)"
    r" (?:at|in|on|with|here|there|back|sitting|ready|outside|yours|live|through|lifted|\w+ed)\b"
    r"|\W*(?:and|&)\s+you(?:'ve| have|'ll have) (?:it|your|an?|the)\b"
)

# What isn't ours to promise, isn't sure, is over, or is usual.
_AGAINST = _words(
    r"\b(?:(?:i|we|you|he|she|they)'d|you(?:'re| are)(?: not)? (?!being\b)\w+ing|you'll|you get (?:me|us)|you(?:'ve)? until"
    r"|undertook|agreed|signed|since|by law|you're right|i've \w+ed|we've \w+ed|left|missed|frozen|extended to|gotcha|doors|two things|both of you|program|senior|since|i've got|leave it|keep it plugged|won't|wouldn't|couldn't|unable|was|were|had|did|didn't|went|said|told|ago|last|if i were|yesterday|hope|hopefully|hoping|fingers crossed"
    r"|with (?:any|a bit of) luck|should|could|might|may|would|probably|maybe|perhaps|likely|possibly|usually|normally"
    r"|generally|typically|mostly|most|always|try|tries|trying|aim|aims|can|can't|cannot|don't|doesn't|isn't|aren't"
    r"|not|never|please|you (?:need|must|send|bring|pay|call|ring|post|leave|reply|upload|return|want|said|take)"
    r"|reply|aren't|every|each|(?:'re|are|is|'s|stay|stays) open|opens|closed|closes|shut|shuts|deadline|expires?|costs?|due|valid|starting"
    r"|scheduled to|supposed|expected|estimated|noted|planned|like|want|wants|unless|how|why|that'll|it'll)\b"
)
# "Grant dials your cell", "city crew scopes it", "metering phone you": who, a verb of the present, and what.
_WHAT = r"(?:you|u|it|them|him|her|your|ur|yours|the|that|this|these|those|their|his|our|an?|through|round|back|out)\b"
_STATES = (
    r"(?:is|was|has|does|needs|wants|seems|costs|says|means|shows|this|thus|its|takes|thinks|knows|hopes|likes|has"
    r"|us|yes|as|plus|across|less|unless|always|lasts|looks|feels|happens|remains|shuts|closes|opens|charges|bills"
    r"|thanks|was|sounds|works|owes|applies|appears|expires|includes|starts|asks|tells|keeps|puts|perhaps|pass|guess"
    r"|miss|discuss|access|process|address|press|cross|minus|details|sorry|wishes|expects|suggests|days|hours"
    r"|minutes|weeks|months|times|there's|that's|it's|what's|he's|she's|let's|s)"
)
_DOES_IT = _words(
    rf"\b(?!{_STATES}\b|gives (?!(?:you|u) an? (?:call|bell|ring|shout|update)))\w+(?<!['’])s {_WHAT}"
    rf"|(?<!['’])\b(?!will |shall |to |i |we |would |can |could |may |might |should )\w+ (?:phone|ring|text|e-?mail|call|message|visit|collect) (?:you|u|yous|your \w+)\b"
)
_PAST_OR_STATE = (
    r"(?:\w+ed|have|had|know|think|see|need|want|hope|got|was|were|am|are|do|did|can|could|would|should|might|may|must"
    r"|just|only|aim|try|said|told|sent|took|made|saw|spoke|gave|found|came|went|wrote|rang|left|heard|thought|meant"
    r"|understand|appreciate|believe|guess|reckon|ask|like|love|hear|use|get|tell|expect|suggest|thank|recommend"
    r"|wish|feel|show|run|do|decide|owe|usually|really|also|still|already|dont|cant|wont|won't|don't|can't|never|ever|not|apologi[sz]e)"
)
_WE_DO_IT = _words(
    rf"(?<!\bthat )(?<!\bdo )(?<!\bdid )(?<!\bif )(?<!\bshall )(?<!\bcan )(?<!\bwhen )\b(?:i|we) (?:(?:then|all|just) )?"
    rf"(?!{_PAST_OR_STATE}\b)\w+ (?:to |with |on |up )?(?:{_WHAT}|\w+\W*$)"
)
# What the customer has by then: "you have an answer", "you've me on the phone", "u get the invoice", "you're refunded".
_YOURS_BY_THEN = _words(
    r"\b(?:you|u)(?:'ve got|'ve| have| get| hear| see| receive) (?:an?|the|your|our|my|his|her|their|me|him|it|that"
    r"|those|these|something|word|news|one|both|all|full)\b"
    r"|\b(?:you're|you are|ur|u r) (?:all |fully |all set |down |booked )?(?:in (?:with|for|on)|down|on (?:the|our|his|her)"
    r" \w+|refunded|paid|told|called|seen|sorted|connected|reconnected|rung|upgraded|moved|switched|booked|set"
    r"|confirmed|credited|reimbursed|covered|back on(?:line)?|live)\b"
)
_NO_DEED = (
    r"(?!(?:closed|delayed|needed|required|based|limited|used|locked|charged|billed|interested|tired|worried|included"
    r"|called|blocked|allowed|meant|advised|asked|confused|concerned|frustrated|expected|picked|started)\b)"
)
_DEED = rf"{_NO_DEED}(?:\w{{3,}}ed|put|sent|paid|done|taken|given|cut|written|heard|set|told|shown|built|swapped|gone)\b"
_GETS_DONE = _words(rf"\b(?:gets|get) (?:(?:all|fully) )?{_DEED}")
_IS_DONE = _words(rf"(?:\b(?:is|are|be|stands?)|'s|'re) (?:(?:all|fully|back) )?{_DEED}")
_IS_THERE = _words(
    r"(?:\b(?:is|are|am)|'s|'re|'m) (?:(?:all|back|now|out) )*(?:back|live|yours|with (?:you|your|him|her|them|ye)\b"
    r"|(?:at|in|on|to|outside) (?:yours|your \w+|his \w+|her \w+|their \w+|the (?:post|mail|van|lorry|truck|road))\b"
    r"|out (?:your|to|with|there|for delivery)|over to you|round|up and running|to be \w+ed)\b"
    r"|\b(?:has|have) (?:it|them|that|your \w+) (?:in|at|on|with|back|to|ready|there|done|sorted|fixed|sent|finished)\b"
)
_CARRIER = _words(r"\s*(?:van|lorry|truck|flight|ferry|boat|build|release|post|mail|run|round|train|plane|delivery|courier|bag)\b")
_GOES = _words(
    r"\b(?<!this )(?:goes|comes|walks|swings|parks|lands?|leaves?|ships?|rides|follows?|hits?|heads|drops|finish(?:es)?"
    r"|stops?|dies|flies|drives|sits|stays|returns|turns up|runs out to|rolls|inspects|dials|scopes|clears|flips"
    r"|disappears|vanishes|falls off|ends|gets) (?:back|out|over|down|up|off|on|to|in|away|with|by|from|through|past"
    r"|round|around|at|for|it|outside)\b"
    r"|\b\w+s (?:leave|ship|land|hit|reach|arrive|swing by) (?!us\b|me\b)\w+|\bhears? from (?:us|me|our|my|him|her)\b"
    r"|\b(?:letters|calls|texts|charges|fees|payments|reminders|\w+ card) (?:stops?|ends?|dies?|goes?)\b"
    r"|\b(?:going|heading|shipping|sending|ringing|calling|phoning|posting|dropping|bringing|coming|popping|putting"
    r"|moving|swapping|crediting|refunding) (?:it |them |you |that |this |out\b|over\b|back\b|round\b|to |your )"
)
# Said to be settled: "down for", "booked in with Marek", "consider it cancelled", "my word", "expect a text".
_SETTLED = _words(
    r"\bconsider (?:it|that|this|them|him|her|your \w+|the (?:\w+ ){1,2}|yourself)\b"
    r"|\b(?:you have|you've(?: got)?|take|got|that's) (?:my|our) (?:word|promise|guarantee)\b|\b(?:i|we) promise\b"
    r"|\b(?:count|bank|depend|rely) on (?:it|us|me|that|him|her)\b|(?<!\bno )\bguarantee(?:d|s)?\b|\bmark my words\b"
    r"|(?:^|[.!?,:]\s*|\b(?:and|so|then|sorted|now|ok|okay|yes|right) )expect (?:an?|the|our|my|his|her|your|word|news"
    r"|it|him|them|me|us)\b"
    r"|\b(?:locked in|pencilled in|slotted in|signed up|(?:now |it's |is )yours|has you down|has got you"
    r"|put you down|booked (?:you )?(?:in|with|for|on)|scheduled (?:at|for|on|in|to)|confirmed for"
    r"|your \w+ is confirmed|surveyor's booked)\b"
)
_IT_IS = _words(
    r"\W*(?:it is\b(?!\s+(?:usually|a|the|not|still|only)\b)|is (?:all )?yours\b|is confirmed\b"
    r"|(?:you have|you've(?: got)?|that's) (?:my|a|our) (?:word|promise)\b)"
)
_SETTLED_JUST = _words(r"\b(?:locked in|it's yours|is yours|all booked|booked in|you're booked|you're in|confirmed):\s*$")
_AFTER = tuple(
    re.compile(rf"(?:\W*(?:\w+\W+){{0,3}}?)(?:{kind.pattern})", re.IGNORECASE)
    for kind in (_DOES_IT, _WE_DO_IT, _YOURS_BY_THEN, _GOES, _IS_THERE)
)
_YOU_CAN = _words(r"\byou(?:'re| are| can| could)\b|\bcancelled\b")
_HAS_FROM = _words(
    r"\b(?:has|takes over|takes|picks up|looks after|owns|handles|runs|parks?|sits?|waits?|is with|goes to)"
    r" (?:your|the|this|it|you|that|outside|with|at|on|behind|for)\b"
    r"|\b(?:at|behind|on|in) (?:the|our|your) (?:\w+ )?\w+(?: in (?:your|her|his) (?:name|own name))?\W*$"
    r"|\b(?:ready|waiting|yours|live|back on|switched on|in your name|takes over|off your bill|lifted|cancelled)\W*$"
)
_FOR_YOU = _words(r"\bfor (?:you|u|your \w+|him|her)\b")
_THROUGH = _words(r"\b(?:through|right up to|up to|to|for the next)\W*$")
_KEEPS = _words(
    r"(?<!\bor )(?<!\bjust )(?<!\bto )(?<!^)\b(?:hold|keep)\b|\b(?:holds|holding|keeps|keeping|stay|stays|staying|blocked|put (?:by|aside)"
    r"|set aside|sits?|parked|paused|locked in|honou?r(?:ed|s)?|guaranteed)\b"
)
# Undertakings not to act: "nobody knocks before nine", "we don't charge anything until the 25th".
_NOT_UNTIL = _words(
    r"\b(?:nobody|no-?one|no one|none of (?:us|them)|nothing|no (?!guarantee|sign|promise|need|way|one can)\w+)(?: here| else| from here| on \w+ \w+)?(?:'s|'ll| is| will| gets?"
    r"| be| being)? (?!in\b|will\b|be\b|able\b|given\b|told\b|said\b|due\b|coming\b|nothing\b|goes on\b|owed\b|been\b|knows\b|can\b|could\b)\w+"
    r"|\b(?:i|we)(?:'re| are|'m| am) not (?:\w+ing)\b|\b(?:i|we) (?:don't|do not|won't|will not|shan't) (?!have|know"
    r"|see|get|think|be|need|want)\w+|\b(?:won't|will not|not|isn't|aren't) (?:be )?(?:touched|disconnected|charged|billed"
    r"|cut off|chased|asked|opened|moved|sold|knock\w*|start\w*|called|contacted|disturbed|evicted|taken|closed)\b"
)
# Promises without a time that are beyond doubt.
SURE = _words(
    r"(?:^|[.,;:!?]\s*|\b(?:bother|worries|problem|and|so|just|ok|okay|yes|right) )leave (?:it|this|that) with me\b(?! (?:for|till|until))"
    r"|(?:^|[.!?,:]\s*)expect (?:an?|our|my|his|her) (?:\w+ )?(?:text|sms|e-?mail|call|letter|message|ring|parcel|refund)\b"
    r"|\bconsider (?:it|that|this|the \w+) (?:done|sorted|cancelled|canceled|gone|waived|dealt with|fixed|closed|booked)\b"
    r"|\byou(?: won't| will not|'ll not|'ll never)(?: ever)? (?:be|get|see) (?:billed|charged|invoiced|chased|asked|cut off"
    r"|disconnected|evicted|penali[sz]ed|fined|bothered|disturbed|another)\b"
    r"|\bno (?:\w+ ){1,2}will be (?:added|charged|taken|sent|issued|applied)\b|\bno more (?:letters|calls|texts|visits|e-?mails)\b"
    r"|\bwe (?:will not|won't|shall not) (?:report|charge|bill|chase|pursue|disconnect|evict|sell|share|invoice|throw)\b"
)
