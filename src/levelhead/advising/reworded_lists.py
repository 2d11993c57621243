"""English words that `reworded_words.py` tells facts by."""

from types import MappingProxyType
from typing import Final


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


FIGURES: Final = _set(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion dozen half
    quarter couple both double triple twice once first second third fourth fifth sixth seventh eighth ninth tenth
    second seconds minute minutes hour hours day days week weeks fortnight month months year years working business
    weekday weekdays weekend weekends daily weekly monthly yearly hourly
    monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays
    sundays january february april june july august september october november december today tonight tomorrow
    yesterday morning afternoon evening night noon midday midnight lunchtime o'clock am pm
    pound pounds euro euros dollar dollars cent cents pence penny percent gbp usd eur
    now soon shortly immediately straightaway asap urgently instantly later eventually
    always everything everyone entire entirely whole full fully all every each
    """
) - {"am"}
BINDERS: Final = MappingProxyType(
    dict.fromkeys(_set("to in most least over about around next last past every exactly up"), 1)
    | dict.fromkeys(
        _set(
            "by before within until till after from since under between than nearly almost approximately roughly"
            " minus plus extra another during more less fewer"
        ),
        3,
    )
)
"""How many words after them a figure stands that they bind: "to 5", but "by the end of Monday"."""
CONDITIONS: Final = _set("if unless only except provided providing subject depending otherwise")
NOT: Final = MappingProxyType(
    dict.fromkeys(("not", "no", "none", "neither", "nor", "without"), "not")
    | {"never": "never", "nothing": "nothing", "nobody": "nobody", "hardly": "hardly", "refuse": "refuse"}
)
MODALS: Final = MappingProxyType(
    {
        "will": "will",
        "shall": "will",
        "can": "can",
        "could": "could",
        "may": "may",
        "might": "may",
        "should": "should",
        "must": "must",
        "would": "would",
        "ought": "should",
    }
)
SUBJECTS: Final = MappingProxyType({"i": "we", "we": "we", "you": "you"})
PEOPLE: Final = MappingProxyType(
    dict.fromkeys(_set("i we us me my our ours mine myself ourselves"), "we")
    | dict.fromkeys(_set("you your yours yourself"), "you")
    | dict.fromkeys(_set("he him his"), "he")
    | dict.fromkeys(_set("she her hers"), "she")
    | dict.fromkeys(_set("they them their theirs"), "they")
)
AUXILIARIES: Final = _set("will would can could has have had is was are were may might should must shall does did")
DEEDS: Final = _set(
    """
    promise guarantee ensure assure definite certain absolute personal priority pledge swear commit vow
    refund repay reimburse replace exchange credit compensate voucher discount free waive goodwill gift cancel charge
    price cost fee pay owe invoice engineer technician manager supervisor colleague team courier driver legal court
    ombudsman police lawyer liable fault blame complain escalate upgrade extend deliver delivery dispatch
    call ring phone email write text message contact check look send post ship arrange book visit fix repair confirm
    update collect return chase ask speak report pass transfer raise investigate sort resolve track find open close
    unlock block reset delete remove add change switch renew order approve agree accept decline reject deny stop start
    wait hold arrive come leave ready done complete finish
    lost late early cheap cheaper dear dearer safe fail broken break available empty wrong correct true false better
    worse high low damage avoid mistake error missing
    """
)
GENERIC: Final = (
    "inconvenience",
    "any trouble this",
    "frustration this may",
    "understand your frustration",
    "understand how you feel",
    "value your",
    "valued customer",
    "appreciate your patience",
    "thank you for your patience",
    "thank you for your understanding",
    "bear with",
    "rest assured",
)
NOBODY: Final = _set(
    """
    i sir madam ma'am dear hi hello kindly please unfortunately sorry ok yes no
    """
) | {"."}
OPENERS: Final = _set(
    """
    i we you it he she they this that these those there here what which who whose where when why how someone somebody
    everyone everybody nobody nothing everything something the a an my our your his her their its and but so or then
    also once if unless although while because since as at by for from in of on to with within without after before
    until during let please thanks thank yes no ok okay right well great good dear hi hello hey morning afternoon
    evening sorry unfortunately sadly do does did is are was were have has had can could may might will would shall
    should must not never one two three four five six seven eight nine ten both each every all any some more most
    today tomorrow tonight yesterday now soon next last first second monday tuesday wednesday thursday friday saturday
    sunday january february march april june july august september october november december
    """
)
EMPTY: Final = (
    OPENERS
    | AUXILIARIES
    | _set(
        """
        be been being am get got able allowed possible yet just still already again even quite really very too myself
        yourself me us him them mine yours ours able up out off down over about around than such other now only ever
        know like want need going go make take give able way bit lot sure glad able here straight right away
        back please personally possible
        """
    )
    - _set("not no never nobody nothing without")
)
