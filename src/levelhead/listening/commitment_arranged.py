"""What is arranged to be done at a time: "is to be sent by her secretary", "are being called off", "we're felling it".

Each is met in the words just before a time, or just after one that opens the clause.
"""

from levelhead.listening.commitment_present_words import DEED
from levelhead.listening.commitment_words import worded

# "The fee is to be paid by Friday" and "the form is to be returned" bind the customer.
_NOT_BY_YOU = r"(?!(?:paid|returned|submitted|completed|made by you|signed|received|collected by you)\b)"
_IS_TO = worded(
    rf"(?:\b(?:is|are)|'s|'re) (?:now |then )?to be (?:\w+ly )?{_NOT_BY_YOU}(?:heard|made|{DEED})"
    r"|(?<!\byou)(?<!\ball)(?:(?<!\byou )\b(?:is|are|am)|'s|'m) to (?:ring|call|phone|text|e-?mail|write|visit"
    r"|come|send|bring|deliver"
    r"|collect|meet|see|attend|inspect|fit|repair|replace)\b"
)
_BEING = worded(
    rf"(?<!\byou are )(?<!\byou're )\b(?:is|are|'s|'re) being (?!(?:charged|billed|evicted"
    rf"|disconnected)\b)(?:called off|{DEED})"
)
_DOING_IT = worded(
    r"(?:\b(?:i am|we are|they are|is|are)|(?:i'm|we're|they're|(?<!it's)(?<!that's)(?<!\byour )\b\w+'s)) (?:also "
    r"|now )?"
    r"(?!(?:going|looking|checking|having|seeing|doing|trying|thinking|being|asking|getting|hoping|waiting|closing|charging"
    r"|taking|working|showing|using|telling|expecting|needing|saying|running|reading|making|calling about)\b)\w+ing"
    r" (?:you|it|them|him|her|your|the|an?|another|one|this|that|these|those|our|out|over|back|up)\b"
)
# A plain plural has no "s" on its verb: "both filters ship over to you", "corrected passes go out".
_THEY_GO = worded(
    r"\b(?!this |is |was |us |as |does |has |yes |its |less |unless |always )\w+s (?:go|come|ship|fly|drop|work"
    r"|open|turn|head) "
    r"(?:out|over|back|off|on|up|again|to|down)\b"
)
# The verb is the last word before its time: "our fitter attends on Wednesday", "all mail ceases from tonight".
JUST_BEFORE = worded(
    r"\b(?:attends|ceases|resumes|reports|(?:our|the|your|my|a) (?:\w+ )?(?:texts|txts|rings|calls|phones|messages"
    r"|e-?mails|knocks|visits)|\w+er (?:texts|txts|rings|calls))(?: (?:again|too|in writing|as usual))?\W*$"
)
# "Units are sold at noon tomorrow": right before a day to come; "are sold on Mondays" is usual.
DONE_THEN = worded(rf"\b(?:is|are) {DEED}\W*$")
BEFORE = (_IS_TO, _BEING, _DOING_IT, _THEY_GO, JUST_BEFORE)
AFTER = (_BEING, _DOING_IT, _THEY_GO, _IS_TO)
