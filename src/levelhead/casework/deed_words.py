"""The words by which sentences of ours are told apart: done, still to come, refused, or only courtesy."""

import re

LEADS = re.compile(
    r"\A(?:(?:dear|hi|hello) (?:(?:mr|mrs|ms|miss|dr)\.? )?[\w'’-]+(?: [A-Z][\w'’-]+)?\s*[,!]\s*|@[\w.]+\s*"
    r"|(?:and|but|so|or|then|also|ok(?:ay)?|yes|yeah|no|right|well|um|uh|er|now|lovely|great|grand|sure"
    r"|absolutely|alright"
    r"|perfect|got it|of course|done)\b[\s,.!:–—-]*|[\s,.!:–—-]+)+",
    re.IGNORECASE,
)
HOLDS = re.compile(
    r"\b(?:bear with|one (?:sec|second|moment|minute|min)|just a (?:sec|second|moment|minute)|hold (?:on"
    r"|the line)|let me"
    r"|(?:put|place|pop) you on hold|stay (?:on (?:the line|with)|with me|there)|how can i help|hang on"
    r"|look into (?:this|it|that))\b"
    r"|\bi(?:'m|'ll| will) (?:just )?(?:(?:have|take) a look|look|check|open|pull|read|find|see)(?:ing)?\b(?! out)",
    re.IGNORECASE,
)
COURTESY = re.compile(
    r"\b(?:hope|happy|glad|pleased|welcome you|sorry|apolog\w+|should(?:n't)? have|my name|have a (?:good|great"
    r"|lovely|nice"
    r"|wonderful)|anything else|happy to help|take care|reach(?:ing|ed) out to|feedback|survey|rate us|stars?"
    r"|how (?:are you|may i|can i))\b",
    re.IGNORECASE,
)
ASKS = re.compile(
    r"(?:(?:and|so|but|okay|ok|right|now|well)\W+)*(?:what|what's|how|how's|who|who's|when|when's|where|where's"
    r"|which|why"
    r"|is|are|was|were|do|does|did|has|have|can you|could you|would you|will you|may i|can i (?:take|have|get"
    r"|check|ask))\b"
    r"(?! (?:we|i) can do\b)",
    re.IGNORECASE,
)
REFUSES = re.compile(
    r"\b(?:no|not|can't|cannot|won't|unable|isn't|never|don't|doesn't|unfortunately|only|outside|afraid|instead"
    r"|without)\b"
    r"|n't\b|n’t\b",
    re.IGNORECASE,
)
WILL_DO = re.compile(
    r"\b(?!you\b)(?:i|we|\w+)(?:'ll|’ll)\b|\b(?:will|shall)\b|\b(?:going to|gonna)\b"
    r"|\b(?:i'm|we're|i am|we are|he's|she's|they're) (?:(?!not\b)\w+ )?"
    r"(?!calling from|speaking|talking|saying|looking|being|straight|honest|trying|asking|wondering|hoping"
    r"|reading|seeing|getting|thinking"
    r"|assuming|not\b)\w{2,}ing\b|\b(?:i|we|he|she|they|it) won't\b(?! (?:be able|have|let))|\b(?:is"
    r"|are)(?: \w+){0,3} working\b",
    re.IGNORECASE,
)
GIVES = re.compile(r"\bgive (?:me|us|it)\b|(?<!you )\bcan\b(?! you)", re.IGNORECASE)
PAST = re.compile(r"\b(?:was|were|had|did|didn't|said|told|went|came|yesterday|ago|last)\b", re.IGNORECASE)
_PARTICIPLE = (
    r"(?:\w{3,}ed|\w{2,}en|sent|put|made|done|told|found|left|set|rung|paid|kept|gone|bought|brought|cut|held"
    r"|begun|spoke"
    r"|built|split|lent|sold"
    r"|let)(?<!seen)(?<!been)(?<!given me)(?<!happened)(?<!apologised)(?<!apologized)(?<!missed)(?<!failed)"
)
DID = re.compile(
    rf"\b(?:i|we)(?:'ve|’ve| have)(?: (?:just|now|already|also|gone and|got a \w+ to))* (?!let\b|not\b|never\b"
    rf"|missed\b){_PARTICIPLE}\b"
    r"|\b(?:has|have|is|are|'s|'re|’s) (?:now |just |already |all |been )*(?:been (?:\w+ed|\w+en)|done|sorted"
    r"|sent|booked|arranged|refunded"
    r"|cancelled|canceled|removed|unlocked|reserved|stopped|blocked|waived|credited|lodged|logged|approved"
    r"|released|fixed"
    r"|restored|in your (?:inbox|email)|on there now|signed|keyed)\b"
    r"|\b(?:i|we) (?:just |have )?(?:sent|called|rang|phoned|emailed|refunded|booked|posted|released|raised"
    r"|cancelled|canceled"
    r"|moved)\b|\b(?:it's|it’s|is|are) (?:now |all |already )*(?!need|suppos|worr|allow|requir|bas|excit"
    r"|concern|interest|tir|confus|entitl"
    r"|clos|call|work|subject|nam|lock|limit|attach|declin)\w{3,}ed\b|\b(?:has|have) (?:agreed|approved|cleared"
    r"|confirmed|released|accepted|sent|booked|put|taken)\b|\bclaim's in\b"
    r"|\A(?:\w+ ){0,1}(?:sent|removed|cancell?ed|refunded|booked|sorted|added|changed|updated|frozen|lodged"
    r"|blocked|released"
    r"|credited|reset|posted|approved|logged)\b|\bthere's your (?:receipt|refund)\b|\bspoke to\b",
    re.IGNORECASE,
)
