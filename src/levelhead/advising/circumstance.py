"""Circumstance: the closed vocabulary in which a pack's rules say when they apply."""

from enum import StrEnum

from levelhead.conversation import Abuse, Cue, Emotion, Fault


class Circumstance(StrEnum):
    """What can be true of a conversation after a turn, beside the guide's own labels.

    Emotions, cues and abuse hold of the customer's turn just heard; faults of the agent's turn just heard, or of the
    one before when the customer has now answered it. "Just" is the agent's latest turn, "known" is any turn so far.
    """

    CUSTOMER_SPOKE = "customer_spoke"
    AGENT_SPOKE = "agent_spoke"
    UNDER_WAY = "under_way"
    # How the customer's latest words stand.
    CALM = "calm"
    UNEASY = "uneasy"
    UPSET = "upset"
    HEATED = "heated"
    STRONG = "strong"
    RISING = "rising"
    UPSET_BEFORE = "upset_before"
    STRONG_BEFORE = "strong_before"
    ABUSED_BEFORE = "abused_before"
    THREATENED_BEFORE = "threatened_before"
    LONG_ACCOUNT = "long_account"
    FACTS_GIVEN = "facts_given"
    FACTS_KNOWN = "facts_known"
    CASE_TOLD = "case_told"
    ASKS_WHEN = "asks_when"
    ASKS_WHO = "asks_who"
    DEADLINE_TOLD = "deadline_told"
    ASKED_AGAIN = "asked_again"
    CONTACT_TOLD = "contact_told"
    NOT_COME = "not_come"
    EFFORT_TOLD = "effort_told"
    TOLD_BEFORE = "told_before"
    CORRECTS = "corrects"
    STRONG_CONFUSION = "strong_confusion"
    CONFUSED_BEFORE = "confused_before"
    BROKEN_PROMISE_TOLD = "broken_promise_told"
    BEREAVED = "bereaved"
    HEALTH_TOLD = "health_told"
    HARDSHIP_TOLD = "hardship_told"
    HARDSHIP_PLAIN = "hardship_plain"
    DEMAND_TOLD = "demand_told"
    ASKS_OTHER_WAY = "asks_other_way"
    ACCOUNT_DANGER = "account_danger"
    FEAR_TOLD = "fear_told"
    SAYS_SORRY = "says_sorry"
    LOUD = "loud"
    WISH_TOLD = "wish_told"
    NOT_UNDERSTOOD = "not_understood"
    ASKS_SLOWER = "asks_slower"
    AGREED = "agreed"
    DISBELIEVED = "disbelieved"
    NOT_HEARD = "not_heard"
    DEADLINE_KNOWN = "deadline_known"
    SUPERVISOR_WANTED = "supervisor_wanted"
    VULNERABLE_UNMET = "vulnerable_unmet"
    SELF_HARM_KNOWN = "self_harm_known"
    SELF_HARM_MET = "self_harm_met"
    SOMEONE_MISSING = "someone_missing"
    IN_DANGER = "in_danger"
    MEDICINE_TOLD = "medicine_told"
    SELF_HARM_PASSED = "self_harm_passed"
    # Where the boundary ladder stands, when this turn was abuse that climbs it.
    NAMING_DUE = "naming_due"
    WARNING_DUE = "warning_due"
    FINAL_WARNING_DUE = "final_warning_due"
    ENDING_DUE = "ending_due"
    # What the agent's turn just heard left undone: a letter that misses the point, a question gone past, the
    # same no again, "ring them" instead of help, a line off the shelf, a need (Deaf, no phone) told and passed over.
    LETTER_AMISS = "letter_amiss"
    DEAD_END = "dead_end"
    SENT_AWAY = "sent_away"
    CANNED = "canned"
    ACCESS_PASSED = "access_passed"
    QUESTION_PASSED = "question_passed"
    # What the agent has done; harmful when the faults of the latest turn, taken together, are clear.
    HARMFUL = "harmful"
    JUST_ACKNOWLEDGED = "just_acknowledged"
    JUST_APOLOGISED = "just_apologised"
    JUST_ASKED = "just_asked"
    JUST_EXPLAINED = "just_explained"
    JUST_OFFERED = "just_offered"
    JUST_ACTED = "just_acted"
    JUST_PROMISED = "just_promised"
    JUST_EXPECTED = "just_expected"
    JUST_CONFIRMED = "just_confirmed"
    JUST_ESCALATED = "just_escalated"
    JUST_REFLECTED = "just_reflected"
    JUST_DECLINED = "just_declined"
    JUST_HELD = "just_held"
    JUST_CHECKED = "just_checked"
    JUST_CLOSED = "just_closed"
    JUST_SUPPORTED = "just_supported"
    JUST_SET_BOUNDARY = "just_set_boundary"
    ACKNOWLEDGED = "acknowledged"
    APOLOGISED = "apologised"
    REFLECTED = "reflected"
    OFFERED = "offered"
    ACTED = "acted"
    CHECKED = "checked"
    SIGNPOSTED = "signposted"
    ESCALATED = "escalated"
    CLOSED = "closed"
    ENDED = "ended"
    # Promises the agent's side has made.
    PROMISE_VAGUE = "promise_vague"
    PROMISE_KNOWN = "promise_known"
    PROMISE_OVERDUE = "promise_overdue"
    # The six steps: due now, or due and passed over.
    LISTEN_DUE = "listen_due"
    ACKNOWLEDGE_DUE = "acknowledge_due"
    QUESTION_DUE = "question_due"
    CONFIRM_DUE = "confirm_due"
    PROVIDE_DUE = "provide_due"
    CHECK_DUE = "check_due"


VOCABULARY: frozenset[str] = frozenset(
    str(word)
    for words in (Circumstance, Cue, Fault, Emotion, Abuse)
    for word in words
    if word not in (Emotion.NEUTRAL, Abuse.NONE)
)
