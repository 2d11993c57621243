"""The ways of saying a part of the day or a clock time: one small pattern for each."""

from levelhead.listening.when import DayKind, Part
from levelhead.listening.when_meaning_clocks import (
    bare_clock,
    clock,
    coming_hour,
    half_past,
    in_four_digits,
    named_clock,
    on_24_hours,
    on_the_half_hour,
    on_the_hour,
    past,
    plain_clock,
    window,
)
from levelhead.listening.when_meaning_days import day_named, part_named
from levelhead.listening.when_pieces import BEGINS, HALF_DAY, HOUR, MINUTES, Rule

# "Friday am", "tomorrow pm"; but "on Friday am I in".
_AFTER_DAY = r"(?<=day |row |oro |mon |tue |wed |thu |fri |sat |sun )"
_NO_VERB = r"(?=\s*(?:$|[.,;:!?)]|(?:and|or|so|with|for|to|if|slot|by|at|please|about|your)\b))"

CLOCKS: tuple[Rule, ...] = (
    # The clock time of this turn on another day
    (r"\b(?:this|(?:the )?same) time next week\b", day_named(DayKind.AHEAD, 7, part=Part.SAME_TIME)),
    (r"(?:(?<=tomorrow )|(?<=day ))at the same time\b", part_named(Part.SAME_TIME)),
    (
        r"\b(?:this|(?:the )?same) time(?= (?:tomorrow|on|next|mon|tues|wednes|thurs|fri|satur|sun))",
        part_named(Part.SAME_TIME),
    ),
    # Parts of the day
    (r"\b(?:first thing|opening time)\b", part_named(Part.FIRST_THING)),
    (r"(?<=before )lunch(?:time)?\b", part_named(Part.BEFORE_LUNCH)),
    (r"\blunch(?:time)?\b(?<!after lunch)(?<!at lunch)", part_named(Part.LUNCH)),
    (r"\bmorning\b(?<!good morning)", part_named(Part.MORNING)),
    (r"\b(?:afternoon|arvo)\b(?<!good afternoon)", part_named(Part.AFTERNOON)),
    (r"\bevening\b(?<!good evening)", part_named(Part.EVENING)),
    (r"\bnight\b(?<!good night)", part_named(Part.NIGHT)),
    (
        r"\b(?:the )?(?:close of (?:business|play)|end of (?:the )?(?:business |working )?(?:day|play"
        r"|business|trading)|day's end|closing time)\b"
        r"|(?<!the )\blast thing\b|\b(?:eod|cob|eob|cop)\b|\bclose\b(?<=by close)"
        r"|(?:(?<=before )|(?<='s ))close\b(?! of)|(?<=by )closing\b"
        r"|\bbefore the day(?:'s| is) (?:out|over|done)\b",
        part_named(Part.CLOSE),
    ),
    (rf"{_AFTER_DAY}(?:am|a\.m\.?){_NO_VERB}", part_named(Part.MORNING)),
    (rf"{_AFTER_DAY}(?:pm|p\.m\.?){_NO_VERB}", part_named(Part.AFTERNOON)),
    (r"\b(?:the )?end of (?=today\b|tomorrow\b)", part_named(Part.CLOSE)),
    # Clock times
    (rf"\b(?P<hour>\d{{1,2}})[:.](?P<minute>\d\d)(?:\s?{HALF_DAY}|\b(?![.:]?\d))", plain_clock),
    (rf"(?<![\d.:£$€])\b(?P<hour>{HOUR})(?: (?P<minute>{MINUTES}))?\s?{HALF_DAY}", clock),
    (rf"\b(?P<hour>{HOUR})\s?o'?\s?clock\b", clock),
    (rf"\b(?P<hour>{HOUR})-?ish\b", clock),
    (r"\b(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)\s?(?:hours|hrs|h)\b", on_24_hours),
    (r"\b(?P<hour>[01]?\d|2[0-3])h(?P<minute>[0-5]\d)\b", on_24_hours),
    (
        r"(?<![\d.:£$€,#-])\b(?!19|20[0-5])(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)\b(?![%:-]|[.,]\d)",
        in_four_digits,
    ),
    (r"\b(?:(?:12|twelve) )?(?:noon|midday|midnight)(?:-?ish)?\b", named_clock),
    # "8 to 12" is a window, "ten to six" a clock time unless it is "from ten to six".
    (
        r"\b(?P<minute>half|quarter|five|ten|twenty(?:[ -]five)?|\d{1,2})(?: minutes?)? (?P<way>past) "
        rf"(?P<hour>{HOUR}|midnight|noon)(?:-?ish)?\b(?:\s?{HALF_DAY})?(?! minutes| hours| days| working| business|%)",
        past,
    ),
    (rf"\b(?P<minute>quarter) (?P<way>of|til|till|to|after) (?P<hour>{HOUR})(?:-?ish)?\b(?:\s?{HALF_DAY})?", past),
    (
        r"(?:(?<=at )|(?<=by )|(?<=around )|(?<=about ))(?P<minute>five|ten|twenty(?:[ -]five)?)"
        rf" (?P<way>after|of|till|til) (?P<hour>{HOUR})\b(?! minutes| hours| days| working| business)",
        past,
    ),
    (r"\b(?:(?:the )?top of the|on the) hour\b", on_the_hour),
    (r"\bon the half[ -]hour\b", on_the_half_hour),
    (
        r"(?<!from )(?<!between )\b(?P<minute>quarter|five|ten|twenty(?:[ -]five)?|\d{1,2}(?= min))"
        rf"(?: minutes?)? (?P<way>to) (?P<hour>{HOUR})\b(?! minutes| hours| days| working| business| pm| am|%)",
        past,
    ),
    (
        rf"(?:(?<=at )|(?<=by )|(?<=til )|(?<=till )|(?<=until )|(?<=before )|(?<=about )|(?<=around )|(?<=make it )"
        rf"|{BEGINS})(?:a )?(?P<minute>half|quarter|five|ten|twenty(?:[ -]five)?) (?P<way>past|to|til|till)"
        r"(?=\s*(?:$|[.,;!?]|(?:and|so|with|if|then|to get|it is|it's|she|he|she's|he's|they|i|i'll|i'm|we|we'll"
        r"|you|you'll|your|when|about|or|latest|sharp|on the dot)\b))",
        coming_hour,
    ),
    (rf"\bhalf (?P<hour>{HOUR})(?:-?ish)?\b(?:\s?{HALF_DAY})?", half_past),
    (
        rf"\bbetween (?P<opens>{HOUR})(?:[:.]\d\d| (?:fifteen|thirty"
        rf"|forty five))?\s?(?:[ap]\.?m\.?)? and (?P<hour>{HOUR})"
        rf"(?:[:.](?P<minute>\d\d))?(?:\s?{HALF_DAY}|\b)(?!\s*(?:working|business|minutes|hours|days|weeks"
        rf"|pounds|percent))",
        clock,
    ),
    (
        rf"(?<![\d.:£$€])\b(?P<opens>{HOUR})(?:[:.]\d\d)?\s?(?:[ap]\.?m\.?)?\s?(?:to|till|until|-"
        rf"|–)\s?(?P<hour>{HOUR})"
        rf"(?:[:.](?P<minute>\d\d))?(?:\s?{HALF_DAY}|\b)(?!\s?(?:working|business|minutes|mins|hours|hrs"
        rf"|days|weeks|months|pounds|[%:\d-]|\.\d))",
        window,
    ),
    (
        rf"\bthe (?P<opens>{HOUR})(?:[ -](?:to|till|until)[ -]|\s?[–-]\s?)(?P<hour>{HOUR})(?P<minute>)(?P<half>)"
        r"(?= (?:window|slot)\b)",
        clock,
    ),
    (
        rf"\b(?:between )?(?P<opens>{HOUR}) (?:and|to|till|until) (?P<hour>noon|midday)\b",
        named_clock,
    ),
    (rf"(?<![\d.:£$€,])\b(?P<hour>{HOUR})(?:[ :](?P<minute>{MINUTES}))?\b(?![%:\d-]|[.,]\d)", bare_clock),
)
