"""The closed sets of words that a reading, a step or a card may use.

The members and their meaning are the labelling guide's (`docs/glossary.md`); other tools rely on the spelling.
"""

from enum import StrEnum


class Speaker(StrEnum):
    """Who said a turn."""

    CUSTOMER = "customer"
    AGENT = "agent"
    SUPERVISOR = "supervisor"
    BOT = "bot"


class Channel(StrEnum):
    """How the conversation is held."""

    VOICE = "voice"
    CHAT = "chat"
    EMAIL = "email"
    SOCIAL = "social"
    IN_PERSON = "in_person"


class Emotion(StrEnum):
    """What the customer's words express; the strongest one, `neutral` when unsure."""

    NEUTRAL = "neutral"
    SATISFIED = "satisfied"
    CONFUSED = "confused"
    ANXIOUS = "anxious"
    DISAPPOINTED = "disappointed"
    FRUSTRATED = "frustrated"
    ANGRY = "angry"


class Cue(StrEnum):
    """What a customer turn says about the case, any number of them."""

    REPEAT_CONTACT = "repeat_contact"
    ASKS_SUPERVISOR = "asks_supervisor"
    THREATENS_TO_LEAVE = "threatens_to_leave"
    THREATENS_EXPOSURE = "threatens_exposure"
    DEADLINE = "deadline"
    VULNERABLE = "vulnerable"
    SELF_HARM = "self_harm"
    REJECTS_OFFER = "rejects_offer"
    ACCEPTS_OFFER = "accepts_offer"
    CONFIRMS_RESOLVED = "confirms_resolved"
    STILL_UNRESOLVED = "still_unresolved"
    THANKS = "thanks"
    SARCASM = "sarcasm"
    GIVES_DETAILS = "gives_details"
    ASKS_QUESTION = "asks_question"


class Abuse(StrEnum):
    """The worst abuse in a customer turn. A complaint, however loud, is `none`."""

    NONE = "none"
    PROFANITY = "profanity"
    INSULT = "insult"
    THREAT = "threat"
    HATE = "hate"
    SEXUAL = "sexual"


class Move(StrEnum):
    """What an agent turn did, any number of them."""

    GREET = "greet"
    ACKNOWLEDGE_FEELING = "acknowledge_feeling"
    APOLOGISE_SPECIFIC = "apologise_specific"
    APOLOGISE_GENERIC = "apologise_generic"
    REFLECT = "reflect"
    ASK_OPEN = "ask_open"
    ASK_CLOSED = "ask_closed"
    CONFIRM_DETAILS = "confirm_details"
    TAKE_OWNERSHIP = "take_ownership"
    EXPLAIN = "explain"
    OFFER_SOLUTION = "offer_solution"
    OFFER_CHOICE = "offer_choice"
    ACT = "act"
    SET_EXPECTATION = "set_expectation"
    PROMISE = "promise"
    DECLINE = "decline"
    THANK = "thank"
    APPRECIATE = "appreciate"
    CHECK_RESOLVED = "check_resolved"
    OFFER_MORE_HELP = "offer_more_help"
    CLOSE = "close"
    ESCALATE_OFFER = "escalate_offer"
    TRANSFER = "transfer"
    SET_BOUNDARY = "set_boundary"
    FINAL_WARNING = "final_warning"
    END_CONTACT = "end_contact"
    SIGNPOST_SUPPORT = "signpost_support"
    USE_NAME = "use_name"
    HOLD_NOTICE = "hold_notice"


class Fault(StrEnum):
    """What an agent turn had better not done, any number of them."""

    NEGATIVE_LANGUAGE = "negative_language"
    BLAME_CUSTOMER = "blame_customer"
    EXCUSE = "excuse"
    JARGON = "jargon"
    DISMISSIVE = "dismissive"
    DEFENSIVE = "defensive"
    OVER_APOLOGY = "over_apology"
    VAGUE = "vague"
    FALSE_PROMISE = "false_promise"
    REPEAT_REQUEST = "repeat_request"
    SCRIPTED = "scripted"
    CULTURALLY_INSENSITIVE = "culturally_insensitive"


class FactKind(StrEnum):
    """What a customer or agent gave that a draft, note or hand-over can stand on."""

    ORDER_NUMBER = "order_number"
    REFERENCE = "reference"
    AMOUNT = "amount"
    DATE = "date"
    TIME = "time"
    PLACE = "place"
    NAME = "name"
    TRIED = "tried"


class Cause(StrEnum):
    """What gave rise to a conversation."""

    PRODUCT_FAULT = "product_fault"
    SERVICE_FAILURE = "service_failure"
    DELIVERY = "delivery"
    BILLING = "billing"
    POLICY = "policy"
    MISCOMMUNICATION = "miscommunication"
    UNANSWERED = "unanswered"
    AGENT_CONDUCT = "agent_conduct"
    ACCOUNT_ACCESS = "account_access"
    PERSONAL_STRESS = "personal_stress"
    OTHER = "other"


class DueKind(StrEnum):
    """How a promise says when."""

    ABSOLUTE = "absolute"
    RELATIVE = "relative"
    VAGUE = "vague"
    NONE = "none"


class Step(StrEnum):
    """The six steps of a difficult conversation."""

    LISTEN = "listen"
    ACKNOWLEDGE = "acknowledge"
    QUESTION = "question"
    CONFIRM = "confirm"
    PROVIDE = "provide"
    CHECK = "check"


class StepState(StrEnum):
    """Where a step stands after a turn."""

    IDLE = "idle"
    DUE = "due"
    DONE = "done"
    MISSED = "missed"


class CardKind(StrEnum):
    """What a card asks for."""

    ACKNOWLEDGE = "acknowledge"
    APOLOGISE = "apologise"
    ASK = "ask"
    REFLECT = "reflect"
    CONFIRM = "confirm"
    OFFER = "offer"
    EXPECT = "expect"
    PROMISE = "promise"
    CHECK = "check"
    BOUNDARY = "boundary"
    ESCALATE = "escalate"
    SUPPORT = "support"
    REPAIR = "repair"
    REPHRASE = "rephrase"
    CLOSE = "close"
