"""The questions a customer asks, with and without question marks, and which of them are still open."""

import re
from collections.abc import Iterator

from levelhead.conversation import Cue, Heard, Question, Span, Speaker, Timeline
from levelhead.listening.answered import answered_late, is_answered, is_reply, same_question


def questions_in(text: str) -> tuple[Question, ...]:
    """The questions in a text in order, as their words; not those that want no answer ("are you kidding me?")."""
    found: list[Question] = []
    for sentence in _SENTENCE.finditer(text):
        for span in _questions(text, Span(*sentence.span())):
            found.append(Question(text[span.start : span.end], span))
    return tuple(found)


def open_questions(so_far: Timeline) -> tuple[tuple[int, Question], ...]:
    """(turn n, question) of each question the customer asked and the agent's side hasn't answered since, oldest first.

    A question asked twice counts once, where it was asked last. When the customer says that all is solved, nothing is
    open any more. In doubt a question counts as answered by the reply to it, since to be told of one that was answered
    does more harm; what that reply passed over is closed later only by words that are plainly to the point.
    """
    still_open: list[tuple[int, Question]] = []
    replied_to = 0  # so many of them had a reply that didn't answer them
    for heard in so_far:
        if heard.turn.speaker is not Speaker.CUSTOMER:
            said = heard.turn.text
            still_open = [
                one
                for place, one in enumerate(still_open)
                if not (answered_late if place < replied_to else is_answered)(one[1].text, said)
            ]
            if is_reply(said):
                replied_to = len(still_open)
            continue
        if heard.reading.shows(Cue.CONFIRMS_RESOLVED):
            still_open, replied_to = [], 0
        for question in _asked_in(heard):
            again = [one for one in still_open if same_question(one[1].text, question.text)]
            replied_to -= sum(one in again for one in still_open[:replied_to])
            still_open = [one for one in still_open if one not in again]
            still_open.append((heard.turn.n, question))
    return tuple(still_open)


def _asked_in(heard: Heard) -> tuple[Question, ...]:
    if heard.reading.questions or (not heard.reading.readable and heard.reading.language not in ("", "en")):
        return heard.reading.questions
    return questions_in(heard.turn.text)


_SENTENCE = re.compile(r"[^.!?\n]+(?:(?<=\d)\.(?=\d)[^.!?\n]+)*(?:[?!]+|\.+(?=\s|$)|(?=\n|$)|[.])")
_SUBJECT = r"(?:you|u|ye|i|we|it|they|he|she|there|someone|anyone|somebody|anybody|y'all|yous)"
_THING = r"(?:this|that|these|those|the|my|your|his|her|our|their|a|an)"
_WH = r"(?:when|where|why|how|what|who|whose|which)"
_AUX = (
    r"(?:is|are|was|were|will|would|can|could|do|does|did|has|have|had|should|shall|am|isn['’]?t|aren['’]?t|wasn['’]?t"
    r"|won['’]?t|can['’]?t|don['’]?t|doesn['’]?t|didn['’]?t|hasn['’]?t|haven['’]?t)"
)
_LEAD = (
    r"(?:(?:and|so|but|ok|okay|well|please|pls|plz|right|yeah|yes|no|um+|uh+|hi|hello|hey|sorry|then|also|now|just|look"
    r"|excuse me|oh|ah|ha|alright|sir|madam|ma'am|mate|love)\b[\s,:]*)*"
)
# What a question begins with, at the start of a clause. Without inversion ("when it comes") it is none.
_OPENER = "|".join(
    (
        rf"(?:{_WH}|how (?:much|many|long|soon|often|far|come|about)|what (?:time|date|day|kind|type|number|address)"
        r"|which \w+|whose \w+)(?:['’]?s|['’]re|['’]ll|['’]d)?(?: (?:exactly|on earth|else|then))? ?"
        rf"(?:{_AUX}\b|(?<=['’]s)|(?<=\bwhats)|(?<=\bwheres)|(?<=\bwhens)|(?<=\bwhos)|(?<=\bhows)|(?<=\bwhys)"
        r"|(?<=['’]re)|(?<=['’]ll))(?= |$|\?)",
        r"how (?:much|many|long|soon|often|far|come)\b",
        r"(?:what|how) about\b(?! that\b)",
        r"(?:what|who) (?:happens|gives|pays|decides|handles|gets|sends|fixes|takes|goes|comes)\b(?! to be\b)",
        r"does that (?:matter|count|mean|work|include|apply|cover|help|make)\b",
        r"what (?:time|date|day) (?!i\b)\w+",
        rf"(?:can|could|will|would|should|shall|may) (?:{_SUBJECT}|{_THING})\b",
        rf"(?:is|are|was|were) (?:{_SUBJECT}|this|that|these|those|my|your|his|her|the (?!worst|best|same|only"
        rf"|most))\b",
        r"(?:do|does|did|have|has) (?:you|u|ye|i|we|they|he|she|anyone|anybody|someone|your|my)\b",
        r"(?:does|has) (?:it(?! that['’]?s)|the|this)\b|did (?:the|it (?:ever|come|go|arrive|work|get|say))\b",
        r"any (?:updates?|news|idea|chance|eta|progress|joy|luck|word)\b",
        r"(?:i(?:['’]?d| would)? (?:just )?(?:want|like|need|wanted|wish) to (?:know|ask|find out)"
        r"|i(?:['’]m| am| was)? wonder(?:ing)?|tell me|let me know|please (?:confirm|advise|explain|tell me)"
        rf"|explain(?: to me)?) (?:{_WH}|if(?! you (?:need|want|require|have))|whether|about|the status)\b",
        r"(?:wanted|want|need) to know (?:the )?status\b|please advise\b",
    )
)
_START = re.compile(
    rf"(?:^\s*(?:[@#]\w+\s+)*|[,;:(–—-]\s*|\b(?:and|but|so|or|because|then|please|yeah|right|ok|okay|mate|love)\s+){_LEAD}"
    rf"(?P<opener>{_OPENER})",
    re.IGNORECASE,
)
# Speech has no commas: these stand for a question wherever they come, but after words that make them a part.
_MIDWAY = re.compile(
    r"(?<=\w )(?<!know )(?<!idea )(?<!me )(?<!see )(?<!that's )(?<!is )(?<!of )(?<!about )(?<!understand )(?<!sure )"
    r"(?<!care )(?<!what )(?<!when )(?<!where )(?<!why )(?<!how )(?<!who )(?<!which )(?<!than )(?<!as )(?<!nor"
    r" )(?<!to )"
    r"(?<!exactly )(?<!long )(?<!much )(?<!many )(?<!soon )(?<!if )(?<!only )(?<!time )(?<!day )"
    rf"(?P<opener>(?:when|where|why|how|what|who) (?:will|do|does|did|can|should|is|are|has|would) (?:{_SUBJECT}"
    rf"|{_THING})\b"
    r"|how (?:much|many|long|soon) (?:is|are|will|do|does|did|until|before|to)\b"
    r"|(?:can|could|will|would|do|did) you\b(?! know\b)|(?:can|could|should|do) i\b"
    r"|is (?:there|it)\b|does that (?:matter|count|mean|include|apply|cover)\b)",
    re.IGNORECASE,
)
# Where an unpunctuated question stops: at the next clause.
_STOP = re.compile(
    r"[;:(–—]|,? (?:and|but|because|cause|cos|since|as) (?:i|we|it|you|he|she|they|my|the|now|if|nobody)\b"
    r"|,? (?:i['’]m|i['’]ve|i am|i have)\b"
    r"|, (?:i|we|it|my|the|this|that|they|he|she|nobody|no|not|just)\b",
    re.IGNORECASE,
)
_RHETORICAL = re.compile(
    "|".join(
        (
            r"\b(?:are (?:you|u|ye|these people) (?:\w+ ){0,3}?(?:kidding|joking|jokers?|serious|having (?:a laugh"
            r"|me on)"
            r"|for real|nuts|thick|stupid|deaf|blind|insane|mad|mental|taking the|winding|an? idiot|daft|dumb|high"
            r"|drunk)",
            r"(?:is|was) (?:this|that|it) (?:some kind of |meant to be |supposed to be |so )?"
            r"(?:a joke|a wind[ -]?up|for real|too much to ask|hard\b|difficult\b)",
            r"do (?:you|i|we) (?:think|look|sound|reckon)(?: like)? (?:i|we|this|that|an?|it|stupid|daft)\b"
            r"|does it look like",
            r"how (?:are|r) (?:you|u|ya|ye|things|we)(?: all)?(?: doing| today| going| keeping| getting on)?(?:\W|$)"
            r"|how['’]?s (?:it going|your day|yall|things|everyone)|how do you do\b",
            r"how dare|how (?:hard|difficult|stupid|dumb|thick)\b|how many (?:more )?(?:times|different)",
            r"how (?:is|was|can) (?:this|that|it) (?:be )?(?:even |possibly |at all )?"
            r"(?:acceptable|fair|legal|ok|okay|right|allowed|possible|customer service)"
            r"|how (?:do|can) you (?:sleep|people|live|call)|is this how (?:you|u)\b",
            r"(?:what|wtf) (?:is|are|on earth is) (?:wrong|the matter) with you|what['’]?s (?:wrong"
            r"|the matter) with you",
            r"what(?: is|['’]?s)? the (?:point|use|hell|heck|f\w*|actual)|what part of|what is funny",
            r"what (?:are|is) (?:you|he|she),? an?|what are you (?:on|like|playing at|trying)\b|what a (?:joke|shock"
            r"|surprise)",
            r"what do (?:you|they) (?:take me|expect)|what did i (?:just )?(?:say|tell)|what even (?:is|are)"
            r"|what kind of (?:company|service|people|joke|outfit|business)|what more do you|what else (?:is new"
            r"|do you want)",
            r"who (?:do you think|cares|knows|does that)|who in their right|who would have thought",
            r"why (?:bother|do i bother|should i (?:be|have to)|am i (?:even|not|still|always|paying)|would (?:i"
            r"|anyone)"
            r"|is everyone|don['’]?t you (?:just|people))",
            r"can you (?:believe|imagine|people|not read|even)|did you (?:even|not) (?:read|listen|look|hear)"
            r"|have you (?:lost|any idea (?:how|what)|no shame|people)",
            r"don['’]?t you (?:love|people|think|ever|dare|already)"
            r"|isn['’]?t (?:it|that|this) (?:great|lovely|funny|nice|wonderful|ironic|rich)",
            r"is (?:anyone|anybody|someone) (?:even |actually )?(?:there|awake|home|listening|alive)",
            r"(?:you|ya|y['’]) ?know(?: what(?: i mean)?)?\s*\?|do you know what\s*$|(?:know|see) what i mean"
            r"|you what\b",
            r"you want my blood|(?:aren['’]?t|are|did|didn['’]?t|don['’]?t|do) you\s*\?+\s*$)",
        )
    ),
    re.IGNORECASE,
)
_BARE_WH = re.compile(
    r"(?:and |so |but |ok )?(?:when|where|why|how|who|which|how (?:much|many|long|soon|come)|since when|by when"
    r"|what now"
    r"|what for|why not|any\b.*)",
    re.IGNORECASE,
)
# "where is it is it lost": in speech one question follows upon another.
_ANOTHER = re.compile(r"(?<!\bor )(?:is (?:it|there)|does that|can you|will you|could you)\b", re.IGNORECASE)
_SHORTEST = 6
"""Characters of a question before another may follow."""
_BARE_ASK = re.compile(r"\s*(?:and |so |but )?(?:when|why|how much|how long|since when|by when)[ .]*", re.IGNORECASE)
_NOT_A_QUESTION = re.compile(
    r"\b(?:i don['’]?t (?:know|care|understand)|no idea|not sure|that['’]?s)\s*$", re.IGNORECASE
)
_HANDLES = re.compile(r"\s*(?:[@#]\w+\s+)*")
_FEWEST_WORDS = 4
_FEWEST_UNMARKED = 3
_MOST_WORDS = 30


def _questions(text: str, sentence: Span) -> Iterator[Span]:
    words = text[sentence.start : sentence.end]
    marked = words.rstrip().endswith(("?", "?!", "!?"))
    openers = _openers(words)
    taken = 0
    for place, match in enumerate(openers):
        start = match.start("opener")
        if start < taken:
            continue
        last = place == len(openers) - 1
        end = len(words.rstrip()) if marked and last else _end(words, start)
        for follows in (one.start("opener") for one in openers[place + 1 :]):
            if start + _SHORTEST < follows < end and _ANOTHER.match(words, follows):
                end = start + len(words[start:follows].rstrip(" ,"))
        taken = end
        if _wants_answer(words[start:end], marked=marked):
            yield Span(sentence.start + start, sentence.start + end)
    if not marked and _BARE_ASK.fullmatch(words):
        start = len(words) - len(words.lstrip())
        yield Span(sentence.start + start, sentence.start + len(words.rstrip(" .")))
    if marked and not openers and _is_said_as_question(words):
        handles = _HANDLES.match(words)
        start = handles.end() if handles else 0
        yield Span(sentence.start + start, sentence.start + len(words.rstrip()))


def _openers(words: str) -> list[re.Match[str]]:
    """Where questions begin in a sentence, in order."""
    found = [one for one in _START.finditer(words) if not _NOT_A_QUESTION.search(words[: one.start("opener")])]
    found += (one for one in _MIDWAY.finditer(words))
    return sorted(found, key=lambda one: one.start("opener"))


def _end(words: str, start: int) -> int:
    stop = _STOP.search(words, start + 8)
    end = stop.start() if stop else len(words)
    return start + len(words[start:end].rstrip(" ,.!-–—(;:"))


def _wants_answer(question: str, *, marked: bool) -> bool:
    count = len(question.split())
    if _RHETORICAL.search(question) or count > _MOST_WORDS:
        return False
    return marked or count >= _FEWEST_UNMARKED or _BARE_WH.match(question) is not None


def _is_said_as_question(words: str) -> bool:
    """ "You'll send it tomorrow?" wants an answer; "Educated??" and "Hello?" only echo or call."""
    bare = words.strip(" ?!,\t\"'“”")
    if _RHETORICAL.search(words):
        return False
    return len(bare.split()) >= _FEWEST_WORDS or _BARE_WH.fullmatch(bare) is not None
