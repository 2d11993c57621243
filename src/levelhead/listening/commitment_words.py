"""The words that commit, and those that take a commitment back or make it something else."""

import re


def worded(pattern: str) -> re.Pattern[str]:
    """A pattern that is met in any case."""
    return re.compile(pattern, re.IGNORECASE)


_CONTACT_VERBS = r"call|ring|phone|text|e-?mail|message|msg|write|contact|sms|whatsapp"
_CONTACT_IDIOMS = (
    r"reply|respond|reach(?:ing)? out|get back|come back|circle back|revert|let you know"
    r"|give you a (?:call|ring|bell)|(?:be|get) in (?:touch|contact)|follow up"
)
# Word to the customer, not to somebody else: "I'll ring you", "they'll get back", but not "I'll ring the depot".
_WORD_TO_YOU = (
    rf"(?:(?:{_CONTACT_VERBS})(?= (?:back|you|ye|yous|u|to (?:you|u)|sir|madam|here|when|once|if|as|soon"
    rf"|with)\b|\W*$)"
    rf"|{_CONTACT_IDIOMS})"
)
_I_WILL = (
    r"\b(?:i|we)(?:'ll| will| shall| am going to| are going to|'m (?:also )?(?:going to|gonna)"
    r"|'re (?:going to|gonna)| promise to)"
    r"(?! (?:not|never|have to|need to|be able|try)\b)"
)
_YOU_WILL = r"\byou(?:'ll| will| shall)(?: \w+)? (?:have|get|hear|see|receive|be \w+(?:ing|ed|nt))\b"
_OTHERS_WILL = (
    r"(?<!\bi)(?<!\bwe)(?<!\byou)(?:'ll|'s gonna|'s going to|\bwill\b|\bshall\b"
    r"|(?<!not )(?<!was )(?<!were )\b(?:gonna|going to)\b)"
    r"(?! (?:i|we|you|not|never|have to|need to)\b)"
)
WILL = worded(f"{_I_WILL}|{_YOU_WILL}|{_OTHERS_WILL}")
CONTACT = worded(rf"\b(?:{_CONTACT_VERBS}|{_CONTACT_IDIOMS})\b")
DOING = worded(
    r"\b(?:i'm|i am|we're|we are|(?<!\byour )\b\w+'s|they're|they are|\w+ (?:is|are)) (?!going to|not\b)"
    r"(?:\w+ )?\w+ing\b"
    r"|\bthere(?:'s| is| are)\b.*\b(?:coming|bringing|going|calling|visiting|delivering)\b"
    r"|\b(?:i've|we've|i have|we have) got\b.*\bcoming\b"
)
# What is somewhere at a time to come has been arranged: "he's with you Saturday", "the car's ready on Monday".
ARRANGED = worded(
    r"(?:'s|'re|\bis|\bare) (?:\w+ )?(?:there|here|ready|back|done|on (?:its|his|her|their|the) way"
    r"|(?:with|at|on|in|to) (?:touch|you|your|yours)\b)"
    r"|\b(?:the|your|our|his|her) (?!next\b|first\b|earliest\b|only\b|last\b)\w+(?:'s| is)(?: now)?\W*$"
)
_WE = r"(?:i|we|they|lads|crew|team|fitters|drivers|engineers|funds|tickets|keys)"
MOVES = worded(
    r"\b(?:goes|comes?|leaves|arrives|lands|reaches|shows|posts|delivers|ships|reflects|answers|writes|calls|rings"
    r"|brings|carr(?:y|ies)|fits|decides?|checks in|looks|signs|opens|releases|returns|collects|moves|follows|swaps"
    r"|unlocks|phones|texts|e-?mails|messages|gives you|picks|drops|gets|pays|fires|sends"
    r"|hits|visits|responds|replies|restores|confirms|takes (?:place|it|them)"
    rf"|{_WE} (?:call|ring|text|e-?mail|message|hold|send|keep|deliver|phone|post|pay|refund|answer|collect"
    rf"|come|bring"
    r"|take|fit|write|go|arrive|hit))\b"
)
REACHES = worded(
    r"\b(?:with|to|in|on|at) (?:you\b|yours\b|your \w+|the (?:visa|mastercard|card|account|bank)\b|(?:their"
    r"|his|her) account)|\b(?:back|answer|decision|report|letter|payment|refund(?:ed)?|credit|ready|restored|done"
    r"|delivered|crew|engineer|driver|courier|guarantee\w*|with|arriv\w+)\b"
)
BOOKED = worded(
    r"(?<!was )(?<!were )(?<!been )\b(?:booked|scheduled|set|have it|down)(?: (?:you|it|him|her|them|that|one))?"
    r"(?: (?:in|for))?(?: (?:it|that))?\W*$"
)
LEFT_WITH_US = worded(r"\b(?:give (?:me|us|it)|leave (?:it|this|that) with (?:me|us))\W*$")

DONE = worded(
    r"\b(?:was|were|had|did|didn't|said|told|went|(?<!be )called|rang|undertook|agreed|wrote|happened|missed"
    r"|since|ago|last"
    r"|yesterday|(?<!as )promised|ended"
    r"|started|stopped|came|asked|sent|took|gave|made|saw|i've|we've|has been|have been|should(?: have"
    r"|'ve) \w+(?:ed|en|nt))\b"
)
DELEGATED = worded(r"\b(?:i've|i have|we've|we have) (?:asked|told|arranged|booked|instructed)\b.*\bto\b")
# "I won't touch it before you say so": an undertaking, where "we won't be able to" is none.
UNDERTAKES = worded(r"\b(?:i|we)(?: won't| will not|'ll not)\b(?! (?:be|have|know|get|see)\b)")
MIGHT = worded(
    r"\b(?:can|could|might|may|would|'d|try|trying|hopefully|hope|fingers crossed|want|like|able|aim|target)\b"
)
YOURS = worded(
    r"\b(?:you(?:'re(?! down)| are| can| could| need| have to|'ve| have| might|'d| must| want| were| pay)"
    r"|you'll (?:need|have to|want)|(?:be|is|are) (?:needed|required)|please|need you|let me know"
    r"|(?<!'ll )(?<!will )(?<!to )(?:ring|call|message|text|email|send|bring|keep|take|upload) (?:us|me|them)\b"
    r"|choose\b|you(?:'ve)? until\b|you (?:send|post|return|bring|drop|pop|get (?:me|us)|upload) (?!you\b)\w+)"
    r"|^\W*reply\b"
)
NOT = worded(
    r"\b(?:can't|cannot|won't|never|couldn't|don't|doesn't|nothing|isn't|(?<!why )(?<!or )not|no one|nobody"
    r"|unable|probably|(?:my|our) (?:utmost|best|hardest)"
    r"|no (?:sign|guarantee))\b"
)
# Times at which things are usually so, or a payment that is the customer's to make.
TIMETABLE = worded(
    r"\b(?:open|closes|shuts|on till|on until|i'm on|hours are|starts|starting|valid|costs?|per|check in"
    r"|most|normally|usually|generally|typically|always|gets? picked|takes?(?! (?:place|it|them)\b)"
    r"|(?:every|each) (?:day|week|month|morning|time|one|\w+day))\b"
    r"|\b(?:payment|bill|rent|balance|instal\w+|premium|invoice|amount|completion|deposit)\b(?: \w+)?"
    r"(?:'s| is)? due\W*$"
    r"|\bon an?$"
)
TALK = worded(
    r"\b(?:help|assist|anything else|is there|be happy to|be glad to|thank|thinking|i'll (?:speak to you"
    r"|see you|know)"
    r"|coming up|(?<!'ll )(?<!will )see you|what(?:'s| is| brings)|enjoy|let you (?:get|go)|good luck"
    r"|have a (?:good|great|lovely|nice|safe))\b"
)
HOLD = worded(r"\b(?:hold|bear with|moment|give me|mute|takes?|wait|test|check|bring up|looking|pull)\b")
# "I can't promise that it will", "I'd love to say they'll", "hopefully it'll": whatever will follow is not promised.
UNSURE = worded(
    r"\b(?:(?:can't|cannot|won't|couldn't|don't|not)(?: \w+)?"
    r" (?:promise|guarantee|say|know|think|swear|tell|sure|certain)"
    r"|hopefully|hope|hoping|fingers crossed|with (?:any |a bit of |a little )?luck"
    r"|no guarantee"
    r"|(?:love|like|wish) (?:to|i could)(?: \w+){1,2}|nobody|no one"
    r"|said|told|(?<!as )promised|thought|reckon\w*|supposed|expected|meant)\b(?:[^\w.!?\n]+\w+){0,3}[^\w.!?\n]*$"
)
ASKING = worded(
    r"^\W*(?:(?:and|so|or|then)\s+)?(?:do|did|does|shall (?:i|we)|can|could|would|is|are|what|which|who|how"
    r"|where)\b(?! (?:do|be)\b)"
)
CHOICE = worded(
    r"\b(?:choose|which (?:one|would|do|is)|your (?:choice|pick)|(?:two|three) (?:ways|options|choices)"
    r"|i can do|option|shall (?:i|we)|want me to)\b|\bwhich\?"
)
BOUND = worded(r"\b(?:by|before|within|inside|later than)\b")
KEEPS = worded(r"\b(?:hold(?:ing)?|held|keep(?:ing)?|kept|stay(?:ing)?)\b")


_NOT_YET = r"(?:sent|issued|investigated|credited|refunded|returned|called|contacted|processed|paid|e-?mailed|waived)"
_SOMEONE = (
    r"(?:someone|somebody|them|him|her|(?:a|the|our|my|your) (?:\w+ ){1,2}"
    r"|\w*(?:team|manager|supervisor|specialist|colleague)) ?"
)
WORD_OF_CONTACT = worded(
    rf"\bwill be(?: \w+ly)? {_NOT_YET}\b"
    r"|\b(?:i|we)(?:'ll| will)(?: also)? (?:pass|share) (?:it|this|that|these|your|the \w+)"
    r" (?:\w+ )?(?:on|along|with|to)\b"
    r"|\b(?:i|we)(?:'ll| will)(?: also)? let (?:the|our|their) (?:\w+ ){1,3}know\b|\bwe(?:'ll| will) pass\b"
    r"|(?:^|[.!?,]\s*)passing (?:it|this|that) (?:on|along) to\b|\b(?:won't|will not|never)(?: ever)? happen again\b"
    r"|(?:\b(?:i|we)(?:'ll| will)(?: \w+)?|\b(?:they|he|she|someone|somebody|team|manager|specialist|supervisor"
    r"|officer|colleague|person|who)"
    rf"(?:'ll| will)(?: \w+)?) {_WORD_TO_YOU}\b"
    rf"(?!(?: to you| you)? whenever\b| (?:this|that|it|(?:you|u) (?:it|that))\b)"
    rf"|\b(?:i|we)(?:'ll|'ve| will| have)(?: \w+)? (?:ask(?:ed)?|have|get) {_SOMEONE}(?:to )?"
    rf"(?:{_CONTACT_VERBS}) (?:you|u)\b"
)

ASKED_WHEN = worded(
    r"\b(?:when|what time|what day|which day|what date|how long|how soon)\b"
    r"|^\W*(?:so|and|ok|okay|right)? ?(?:today|tonight|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
)
"""In the customer's turn before: a bare time is then the answer, and meant."""
