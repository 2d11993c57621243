"""The words that commit, and those that take a commitment back or make it something else."""

import re


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_CONTACT_WORDS = (
    r"(?:call|ring|phone|text|e-?mail|message|msg|write|reply|reach(?:ing)? out|get back|come back"
    r"|circle back|revert|contact|sms"
    r"|whatsapp|let you know|give you a (?:call|ring|bell)|be in (?:touch|contact)|get in (?:touch|contact)"
    r"|follow up)"
)
# Word to the customer, not to somebody else: "I'll ring you", "they'll get back", but not "I'll ring the depot".
_WORD_TO_YOU = (
    r"(?:(?:call|ring|phone|text|e-?mail|message|msg|write|contact|sms|whatsapp)"
    r"(?= (?:back|you|ye|yous|u|to (?:you|u)|sir|madam|here|when|once|if|as|soon|with)\b|\W*$)"
    r"|reply|reach(?:ing)? out|get back|come back|circle back|revert|let you know|give you a (?:call|ring|bell)"
    r"|be in (?:touch|contact)|get in (?:touch|contact)|follow up)"
)
_I_WILL = (
    r"\b(?:i|we)(?:'ll| will| shall| am going to| are going to|'m (?:also )?(?:going to|gonna)"
    r"|'re (?:going to|gonna)| promise to)"
    r"(?! (?:not|never|have to|need to|be able|try)\b)"
)
_YOU_WILL = r"\byou(?:'ll| will)(?: \w+)? (?:have|get|hear|see|receive|be \w+(?:ing|ed|nt))\b"
_OTHERS_WILL = (
    r"(?<!\bi)(?<!\bwe)(?<!\byou)(?:'ll|'s gonna|'s going to|\bwill\b|\bshall\b|(?<!not )\bgonna\b"
    r"|(?<!not )\bgoing to\b)"
    r"(?! (?:you|not|never|have to|need to)\b)"
)
WILL = _words(f"{_I_WILL}|{_YOU_WILL}|{_OTHERS_WILL}")
CONTACT = _words(rf"\b{_CONTACT_WORDS}\b")
SHOULD = _words(
    r"\b(?:should|must|ought to) (?:be|show|reach|arrive|have|land|answer|reply|get|see)\b"
    r"(?! (?:been|gone|\w+ed|given)\b)"
)
DOING = _words(
    r"\b(?:i'm|i am|we're|we are|(?<!\byour )\b\w+'s|they're|they are|\w+ (?:is|are)) (?!going to|not\b)"
    r"(?:\w+ )?\w+ing\b"
    r"|\bthere(?:'s| is| are)\b.*\b(?:coming|bringing|going|calling|visiting|delivering)\b"
    r"|\b(?:i've|we've|i have|we have) got\b.*\bcoming\b"
)
# What is somewhere at a time to come has been arranged: "he's with you Saturday", "the car's ready on Monday".
ARRANGED = _words(
    r"(?:'s|'re|\bis|\bare) (?:\w+ )?(?:there|here|ready|back|done|(?:with|at|on|in|to) (?:you|your|yours)\b)"
    r"|\byour (?:call|slot|visit|appointment|delivery|collection|engineer|fitting)(?:'s| is)\b"
)
_WE = r"(?:i|we|they|lads|crew|team|fitters|drivers|engineers)"
MOVES = _words(
    r"\b(?:goes|comes?|leaves|arrives|lands|reaches|shows|posts|delivers|ships|reflects|answers|writes|calls|rings"
    r"|brings|carr(?:y|ies)|fits|decides?|checks in|looks|signs|opens|releases|returns|collects|moves|follows|swaps"
    r"|unlocks|phones|texts|e-?mails|messages|gives you|picks|drops|gets|pays|fires|sends|(?:he|she|they|\w+) says?"
    rf"|{_WE} (?:call|ring|text|e-?mail|message|hold|send|keep|deliver|phone|post|pay|refund|answer|collect|come|bring"
    r"|take|fit|write))\b"
)
REACHES = _words(
    r"\b(?:with|to|in|on|at) (?:you\b|yours\b|your \w+|the (?:visa|mastercard|card|account|bank)\b|(?:their"
    r"|his|her) account)|\bon (?:its|his|her|their|the) way\b"
)
SURE = _words(r"\b(?:guarantee\w*|i promise|definitely|for sure|100 ?%|rest assured|assur(?:e|ing) you|my word)\b")
BOOKED = _words(r"\b(?:booked(?: (?:you|it|him|her|them|that|one))?(?: in)?|scheduled|set|have it)\W*$")
GOODS = _words(
    r"[£$€]\s?\d|\b(?:back|answer|decision|report|letter|money|payment|refund(?:ed)?|credit|with|ready"
    r"|power|restored|done"
    r"|delivered|arriv\w+|ships?|crew|engineer|driver|opens|bill|pounds?)\b"
)
DELEGATED = _words(r"\b(?:i've|i have|we've) (?:asked|got|told|arranged|booked)\b.*\bto\b")

PAST_AFTER = _words(r"^\W*(?:was|were|had|has been|came|went)\b")
DONE = _words(
    r"\b(?:was|were|had|did|didn't|said|told|went|(?<!be )called|rang|wrote|happened|missed|since|ago|last"
    r"|yesterday|promised|ended"
    r"|started|stopped|came|asked|sent|took|gave|made|saw|i've|we've|has been|have been|should(?: have"
    r"|'ve) \w+(?:ed|en|nt))\b"
)
PAST = _words(r"\b(?:was|were|did|went|(?<!be )called|happened|missed|ago|yesterday|stopped|since)\b")
MIGHT = _words(r"\b(?:can|could|might|may|would|'d|try|trying|hopefully|hope|want|like|able)\b")
YOURS = _words(
    r"\b(?:you(?:'re| are| can| could| need| have to|'ve| have| might|'d| must| want| were| pay)"
    r"|you'll (?:need|have to|want)|(?:be|is|are) (?:needed|required)|please|need you|let me know"
    r"|(?<!'ll )(?<!will )(?<!to )(?:ring|call|message|text|email|send|bring|keep|take|upload) (?:us|me|them)\b"
    r"|choose\b)"
)
NOT = _words(
    r"\b(?:can't|cannot|won't|never|couldn't|don't|doesn't|nothing|isn't|(?<!why )(?<!or )not|no one|nobody|unable"
    r"|no sign)\b"
)
OPEN = _words(
    r"\b(?:open|closes|shuts|on till|on until|i'm on|hours are|starts|starting|valid|costs?|per"
    r"|check in)\b"
)
TALK = _words(
    r"\b(?:help|assist|anything else|is there|be happy to|be glad to|thank|thinking|i'll (?:speak to you|see you|know)"
    r"|coming up|(?<!'ll )(?<!will )see you|what(?:'s| is| brings)|enjoy|let you (?:get|go)|good luck"
    r"|have a (?:good|great|lovely|nice|safe))\b"
)
HOLD = _words(r"\b(?:hold|bear with|moment|give me|mute|takes?|wait|test|check|bring up|looking|pull)\b")
HOW_MUCH = _words(r"\b(?:give|have|get|take|allow|offer)(?: (?:it|you|them|us|me))?\s*$")
# A payment that is the customer's to make.
OWED = _words(
    r"\b(?:payment|bill|rent|balance|instal\w+|premium|invoice|amount|completion|deposit)\b(?: \w+)?(?:'s| is)? due\W*$"
)
HABIT = _words(
    r"\b(?:most|normally|usually|generally|typically|always|gets? picked|takes?"
    r"|(?:every|each) (?:day|week|month|morning|time|one|\w+day))\b"
)
# "I can't promise that it will", "I don't think they'll": whatever will follow is not promised.
UNSURE = _words(
    r"\b(?:can't|cannot|won't|couldn't|don't|not)(?: \w+)? (?:promise|guarantee|say|know|think|swear|tell|sure|certain)"
    r"\b(?:[^\w.!?\n]+\w+){0,3}[^\w.!?\n]*$"
)
REPORTED = _words(r"\b(?:said|told|promised|thought|supposed|expected|meant)\b(?:[^\w.!?\n]+\w+){0,2}[^\w.!?\n]*$")
ASKING = _words(
    r"^\W*(?:(?:and|so|or|then)\s+)?(?:do|did|does|shall (?:i|we)|can|could|would|is|are|what|which|who|how"
    r"|where)\b(?! (?:do|be)\b)"
)
CHOICE = _words(
    r"\b(?:choose|which (?:one|would|do|is)|your (?:choice|pick)|(?:two|three) (?:ways|options|choices)"
    r"|i can do|option)\b|\bwhich\?"
)
BOUND = _words(r"\b(?:by|before|within|inside|later than)\b")
KEEPS = _words(r"\b(?:hold(?:ing)?|held|keep(?:ing)?|kept|stay(?:ing)?)\b")


_NOT_YET = r"(?:sent|issued|investigated|credited|refunded|returned|called|contacted|processed|paid|e-?mailed)"
WORD_OF_CONTACT = _words(
    rf"\bwill be(?: \w+ly)? {_NOT_YET}\b|\bwe(?:'ll| will) pass\b|\b(?:won't|will not|never)(?: ever)? happen again\b"
    r"|(?:\b(?:i|we)(?:'ll| will)(?: \w+)?|\b(?:they|someone|somebody|team|manager|specialist|supervisor"
    r"|officer|colleague|person|who)"
    rf"(?:'ll| will)(?: \w+)?) {_WORD_TO_YOU}\b(?! (?:this|that|it|(?:you|u) (?:it|that))\b)"
)
AT_ONCE = _words(r"\b(?:now|right away|while|hold)\b")

ASKED_WHEN = _words(
    r"\b(?:when|what time|what day|which day|what date|how long|how soon)\b"
    r"|^\W*(?:so|and|ok|okay|right)? ?(?:today|tonight|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
)
"""In the customer's turn before: a bare time is then the answer, and meant."""
