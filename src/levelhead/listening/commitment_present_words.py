"""The words that commit in the present tense, and those that make them something else; a pattern for each kind."""

import re
from collections.abc import Iterable

from levelhead.listening.commitment_words import worded

# What isn't ours to promise, isn't sure, is over, or is usual.
AGAINST = worded(
    r"\b(?:(?:i|we|you|he|she|they)'d|you(?:'re| are)(?: not)? (?!being\b)\w+ing|you'll|you get (?:me|us)"
    r"|you(?:'ve)? until"
    r"|undertook|agreed|signed|since|by law|you're right|i've \w+ed|we've \w+ed|left|missed|frozen|extended to"
    r"|(?:my|our) (?:utmost|best)"
    r"|i've got|leave it|luck|won't|wouldn't|couldn't"
    r"|unable|was|were|had|did|didn't|went|said|told|ago|last|if i were|yesterday|hope|hopefully|hoping"
    r"|fingers crossed"
    r"|with (?:any|a bit of) luck|should|could|might|may|would|probably|maybe|perhaps|likely|possibly|usually"
    r"|normally"
    r"|generally|typically|mostly|most|always|try|tries|trying|aim|aims|can|can't|cannot|don't|doesn't|isn't|aren't"
    r"|not|never|please|you (?:need|must|send|bring|pay|call|ring|post|leave|upload|return|want|said|take)"
    r"|aren't|every|each|(?:'re|are|is|'s|stay|stays) open|opens|closed|closes|shut|shuts|deadline"
    r"|expires?|costs?|due|valid|starting"
    r"|scheduled to|supposed|expected|estimated|noted|planned|like|want|wants|unless|how|why|that'll|it'll)\b"
)
# "Grant dials your cell", "city crew scopes it", "metering phone you": who, a verb of the present, and what.
_WHAT = (
    r"(?:you|u|it|them|him|her|your|ur|yours|the|that|this|these|those|their|his|our|an?|through|round|back|out"
    r"|another|one|both|everything)\b"
)
_STATES = (
    r"(?:is|was|has|does|needs|wants|seems|costs|says|means|shows|this|thus|its|takes|thinks|knows|hopes|likes|has"
    r"|us|yes|as|plus|across|less|unless|always|lasts|looks|feels|happens|remains|shuts|closes|opens|charges|bills"
    r"|thanks|was|sounds|works|owes|applies|appears|expires|includes|starts|asks|tells|keeps|puts|perhaps|pass|guess"
    r"|miss|discuss|access|process|address|press|cross|minus|details|sorry|wishes|expects|suggests|days|hours"
    r"|minutes|weeks|months|times|there's|that's|it's|what's|he's|she's|let's|s)"
)
DOES_IT = worded(
    rf"\b(?!{_STATES}\b|gives (?!(?:you|u) an? (?:call|bell|ring|shout|update)))\w+(?<!['’])s {_WHAT}"
    rf"|(?<!['’])\b(?!will |shall |to |i |we |would |can |could |may |might |should )\w+ (?:phone|ring|text"
    rf"|e-?mail|call|message|visit|collect) (?:you|u|yous|your \w+)\b"
)
_PAST_OR_STATE = (
    r"(?:\w+ed|have|had|know|think|see|need|want|hope|got|was|were|am|are|do|did|can|could|would|should|might"
    r"|may|must"
    r"|just|only|aim|try|said|told|sent|took|made|saw|spoke|gave|found|came|went|wrote|rang|left|heard|thought|meant"
    r"|understand|appreciate|believe|guess|reckon|ask|like|love|hear|use|get|tell|expect|suggest|thank|recommend"
    r"|wish|feel|show|run|do|decide|owe|usually|really|also|still|already|dont|cant|wont|won't|don't|can't"
    r"|never|ever|not|apologi[sz]e)"
)
WE_DO_IT = worded(
    rf"(?<!\bthat )(?<!\bdo )(?<!\bdid )(?<!\bif )(?<!\bshall )(?<!\bcan )(?<!\bwhen )\b(?:i|we|they(?= (?:confirm"
    rf"|write|put|bring|deliver|ship|post|send|ring|call|hold|collect|fix|fit))) (?:(?:then|all"
    rf"|just) )?"
    rf"(?!{_PAST_OR_STATE}\b)\w+ (?:to |with |on |up )?(?:{_WHAT}|\w+\W*$)"
)
# What the customer has by then: "you have an answer", "you've me on the phone", "u get the invoice", "you're refunded".
YOURS_BY_THEN = worded(
    r"\b(?:you|u)(?:'ve got|'ve| have| get| hear| see| receive) (?:an?|the|your|our|my|his|her|their|me|him|it|that"
    r"|those|these|something|word|news|one|both|all|full)\b"
    r"|\b(?:you're|you are|ur|u r) (?:all |fully |all set |down |booked )?(?:in (?:with|for|on)|down|on (?:the"
    r"|our|his|her)"
    r" \w+|refunded|paid|told|called|seen|sorted|connected|reconnected|rung|upgraded|moved|switched|booked|set"
    r"|confirmed|credited|reimbursed|covered|back on(?:line)?|live)\b"
)
_NO_DEED = (
    r"(?!(?:closed|delayed|needed|required|based|limited|used|locked|charged|billed|interested|tired|worried|included"
    r"|called|blocked|allowed|meant|advised|asked|confused|concerned|frustrated|expected|picked|started)\b)"
)
DEED = rf"{_NO_DEED}(?:\w{{3,}}ed|put|sent|sold|paid|done|taken|given|cut|written|heard|set|told|shown|built|gone)\b"
GETS_DONE = worded(rf"\b(?:gets|get) (?:(?:all|fully) )?{DEED}")
IS_DONE = worded(rf"(?:\b(?:is|are|(?<!to )be|stands?)|'s|'re) (?:(?:all|fully|back) )?{DEED}")
IS_THERE = worded(
    r"(?:\b(?:is|are|am)|'s|'re|'m) (?:(?:all|back|now|out) )*(?:back|live|yours|with (?:you|your|him|her|them|ye)\b"
    r"|(?:at|in|on|to|outside) (?:yours|your \w+|his \w+|her \w+|their \w+|the (?:post|mail|van|lorry|truck|road))\b"
    r"|out (?:your|to|with|there|for delivery)|over to you|round|up and running|to be \w+ed)\b"
    r"|\b(?:has|have) (?:it|them|that|your \w+) (?:in|at|on|with|back|to|ready|there|done|sorted|fixed|sent"
    r"|finished)\b"
)
CARRIER = worded(
    r"\s*(?:van|lorry|truck|flight|ferry|boat|build|release|post|mail|run|round|train|plane|delivery|courier|bag)\b"
)
GOES = worded(
    r"\b(?<!this )(?:goes|comes|walks|swings|parks|lands?|leaves?|ships?|rides|follows?|hits?|heads|drops"
    r"|finish(?:es)?"
    r"|stops?|dies|flies|drives|sits|stays|returns|turns up|runs out to|rolls|inspects|dials|scopes|clears|flips"
    r"|disappears|vanishes|falls off|ends|gets) (?:back|out|over|down|up|off|on|to|in|away|with|by|from|through|past"
    r"|round|around|at|for|it|outside)\b"
    r"|\b\w+s (?:leave|ship|land|hit|reach|arrive|swing by) (?!us\b|me\b)\w+|\bhears? from (?:us|me|our|my|him|her)\b"
    r"|\b(?:letters|calls|texts|charges|fees|payments|reminders|\w+ card) (?:stops?|ends?|dies?|goes?)\b"
    r"|\b(?:going|heading|shipping|sending|ringing|calling|phoning|posting|dropping|bringing|coming|popping|putting"
    r"|moving|swapping|crediting|refunding) (?:it |them |you |that |this |out\b|over\b|back\b|round\b|to |your )"
)
# Said to be settled: "down for", "booked in with Marek", "consider it cancelled", "my word", "expect a text".
SETTLED = worded(
    r"\bconsider (?:it|that|this|them|him|her|your \w+|the (?:\w+ ){1,2}|yourself)\b"
    r"|\b(?:you have|you've(?: got)?|take|got|that's) (?:my|our) (?:word|promise|guarantee)\b|\b(?:i|we) promise\b"
    r"|\b(?:count|bank|depend|rely) on (?:it|us|me|that|him|her)\b|(?<!\bno )\bguarantee(?:d|s)?\b|\bmark my words\b"
    r"|(?:^|[.!?,:]\s*|\b(?:and|so|then|sorted|now|ok|okay|yes|right) )expect (?:an?|the|our|my|his|her|your"
    r"|word|news"
    r"|it|him|them|me|us)\b"
    r"|\b(?:locked in|pencilled in|slotted in|signed up|(?:now |it's |is )yours|has you down|has got you"
    r"|put you down|booked (?:you )?(?:in|with|for|on)|scheduled (?:at|for|on|in|to)|confirmed for"
    r"|your \w+ is confirmed)\b"
)
IT_IS = worded(
    r"\W*(?:it is\b(?!\s+(?:usually|a|the|not|still|only)\b)|is (?:all )?yours\b|is confirmed\b"
    r"|(?:you have|you've(?: got)?|that's) (?:my|a|our) (?:word|promise)\b)"
)
SETTLED_JUST = worded(
    r"\b(?:locked in|it's yours|is yours|all booked|booked in|you're booked|you're in|confirmed):\s*$"
)


def after_a_time(kinds: Iterable[re.Pattern[str]]) -> tuple[re.Pattern[str], ...]:
    """The same wordings as they follow a time that opens the clause, a few words on."""
    return tuple(re.compile(rf"(?:\W*(?:\w+\W+){{0,3}}?)(?:{kind.pattern})", re.IGNORECASE) for kind in kinds)


AFTER = after_a_time((DOES_IT, WE_DO_IT, YOURS_BY_THEN, GOES, IS_THERE))
YOU_CAN = worded(r"\byou(?:'re| are| can| could)\b|\bcancelled\b")
HAS_FROM = worded(
    r"\b(?:has|takes over|takes|picks up|looks after|owns|handles|runs|parks?|sits?|waits?|is with|goes to)"
    r" (?:your|the|this|it|you|that|outside|with|at|on|behind|for)\b"
    r"|\b(?:at|behind|on|in) (?:the|our|your) (?:\w+ )?\w+(?: in (?:your|her|his) (?:name|own name))?\W*$"
    r"|\b(?:ready|waiting|yours|live|back on|switched on|in your name|takes over|off your bill|lifted|cancelled)\W*$"
)
FOR_YOU = worded(r"\bfor (?:you|u|your \w+|him|her)\b")
THROUGH = worded(r"\b(?:through|right up to|up to|to|for the next)\W*$")
KEEPS = worded(
    r"(?<!\bor )(?<!\bjust )(?<!\bto )(?<!^)\b(?:hold|keep)\b|\b(?:holds|holding|keeps|keeping|stay|stays"
    r"|staying|blocked|put (?:by|aside)"
    r"|set aside|sits?|parked|paused|locked in|honou?r(?:ed|s)?|guaranteed)\b"
)
# Undertakings not to act: "nobody knocks before nine", "we don't charge anything until the 25th".
NOT_UNTIL = worded(
    r"\b(?:nobody|no-?one|no one|none of (?:us|them)|nothing|no (?!guarantee|sign|promise|need|way"
    r"|one can)\w+)(?: here| else| from here| on \w+ \w+)?(?:'s|'ll| is| will| gets?"
    r"| be| being)? (?!in\b|will\b|be\b|able\b|given\b|told\b|said\b|due\b|coming\b|nothing\b|goes on\b|owed\b"
    r"|been\b|knows\b|can\b|could\b)\w+"
    r"|\b(?:i|we)(?:'re| are|'m| am) not (?:\w+ing)\b|\b(?:i|we) (?:don't|do not|won't|will not|shan't) (?!have|know"
    r"|see|get|think|be|need|want)\w+|\b(?:won't|will not|not|isn't|aren't) (?:be )?(?:touched|disconnected"
    r"|charged|billed"
    r"|cut off|chased|asked|opened|moved|sold|knock\w*|start\w*|called|contacted|disturbed|evicted|taken|closed)\b"
)
# Promises without a time that are beyond doubt.
SURE = worded(
    r"(?:^|[.,;:!?]\s*|\b(?:bother|worries|problem|and|so|just|ok|okay|yes|right) )leave (?:it|this"
    r"|that) with me\b(?! (?:for|till|until))"
    r"|(?:^|[.!?,:]\s*)expect (?:an?|our|my|his|her) (?:\w+ )?(?:text|sms|e-?mail|call|letter|message|ring"
    r"|parcel|refund)\b"
    r"|\bconsider (?:it|that|this|the \w+) (?:done|sorted|cancelled|canceled|gone|waived|dealt with|fixed"
    r"|closed|booked)\b"
    r"|\byou(?: won't| will not|'ll not|'ll never)(?: ever)? (?:be|get|see) (?:billed|charged|invoiced|chased"
    r"|asked|cut off"
    r"|disconnected|evicted|penali[sz]ed|fined|bothered|disturbed|another)\b"
    r"|\bno (?:\w+ ){1,2}will be (?:added|charged|taken|sent|issued|applied)\b|\bno more (?:letters|calls|texts"
    r"|visits|e-?mails)\b"
    r"|\bwe (?:will not|won't|shall not) (?:report|charge|bill|chase|pursue|disconnect|evict|sell|share|invoice"
    r"|throw)\b"
)
