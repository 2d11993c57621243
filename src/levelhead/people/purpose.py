"""What everything here is for: each action, and what an action for one purpose may read that is kept for another.

Live help is not surveillance: what it makes never reaches a report about a person, and what a person practises or
carries is readable by that person alone. `purpose_columns.py` says the same of what is kept, and `purpose_check.py`
computes from both what could be read where.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from levelhead.people.permission import Action
from levelhead.people.person import Role


class Purpose(StrEnum):
    """Why something is kept or done."""

    ASSIST = "assist"
    COACHING = "coaching"
    QUALITY = "quality"
    STAFF_CARE = "staff care"
    OPERATION = "operation"
    CASEWORK = "casework"


class Tells(StrEnum):
    """Whom an answer is about. A person is one of ours; a customer never counts as one here."""

    CONVERSATION = "conversation"
    CUSTOMER = "customer"
    PERSON = "person"
    HOUSE = "house"


@dataclass(frozen=True, slots=True)
class Use:
    """What an action is for, and whom its answer is about."""

    purpose: Purpose
    tells: Tells


ASSIST, COACHING, QUALITY, STAFF_CARE, OPERATION, CASEWORK = Purpose

USES: Final[Mapping[str, Use]] = MappingProxyType(
    {
        Action.READ_CONVERSATION: Use(ASSIST, Tells.CONVERSATION),
        Action.SEE_READINGS: Use(ASSIST, Tells.CONVERSATION),
        Action.TAKE_CONVERSATION: Use(ASSIST, Tells.CONVERSATION),
        Action.ASSIGN_CONVERSATION: Use(ASSIST, Tells.CONVERSATION),
        Action.HEAR_TURN: Use(ASSIST, Tells.CONVERSATION),
        Action.CHECK_DRAFT: Use(ASSIST, Tells.CONVERSATION),
        Action.ANSWER_CARD: Use(ASSIST, Tells.CONVERSATION),
        Action.SEE_TEACHING: Use(ASSIST, Tells.HOUSE),
        Action.SETTLE_CARDS: Use(ASSIST, Tells.HOUSE),
        Action.SEE_PACKS: Use(ASSIST, Tells.HOUSE),
        Action.DRAFT_PACK: Use(ASSIST, Tells.HOUSE),
        Action.SETTLE_PACK: Use(ASSIST, Tells.HOUSE),
        Action.SEE_FORECASTS: Use(ASSIST, Tells.CONVERSATION),
        Action.SEE_SUPERVISOR_LIST: Use(ASSIST, Tells.CONVERSATION),
        Action.ASK_FOR_HELP: Use(ASSIST, Tells.CONVERSATION),
        Action.GIVE_HELP: Use(ASSIST, Tells.CONVERSATION),
        Action.READ_NOTE: Use(CASEWORK, Tells.CUSTOMER),
        Action.WRITE_NOTE: Use(CASEWORK, Tells.CUSTOMER),
        Action.REPLAY: Use(ASSIST, Tells.CONVERSATION),
        Action.MANAGE_DELIVERIES: Use(ASSIST, Tells.HOUSE),
        Action.HOLD_BOUNDARY: Use(CASEWORK, Tells.CONVERSATION),
        Action.DECIDE_RESTRICTION: Use(CASEWORK, Tells.CUSTOMER),
        Action.SEE_PLANS: Use(CASEWORK, Tells.CUSTOMER),
        Action.PROPOSE_PLAN: Use(CASEWORK, Tells.CUSTOMER),
        Action.DECIDE_PLAN: Use(CASEWORK, Tells.CUSTOMER),
        Action.SEE_SEALED: Use(CASEWORK, Tells.CUSTOMER),
        Action.RECORD_CONSENT: Use(CASEWORK, Tells.CUSTOMER),
        Action.CORRECT_LABEL: Use(CASEWORK, Tells.CUSTOMER),
        Action.SEE_PROMISES: Use(CASEWORK, Tells.CUSTOMER),
        Action.KEEP_PROMISES: Use(CASEWORK, Tells.CUSTOMER),
        Action.SEE_KEEPING: Use(CASEWORK, Tells.HOUSE),
        Action.SEE_FOLLOW_UPS: Use(CASEWORK, Tells.CUSTOMER),
        Action.KEEP_FOLLOW_UPS: Use(CASEWORK, Tells.CUSTOMER),
        # How a matter was dealt with, by team and cause: never of a person, so nobody is ranked by it.
        Action.SEE_SURVEYS: Use(CASEWORK, Tells.HOUSE),
        Action.SEE_COMPLAINTS: Use(CASEWORK, Tells.CUSTOMER),
        Action.KEEP_COMPLAINTS: Use(CASEWORK, Tells.CUSTOMER),
        Action.SETTLE_COMPLAINTS: Use(CASEWORK, Tells.HOUSE),
        Action.SAY_AWAY: Use(OPERATION, Tells.PERSON),
        Action.CHOOSE_LANGUAGE: Use(OPERATION, Tells.PERSON),
        Action.SEE_CUSTOMER: Use(CASEWORK, Tells.CUSTOMER),
        Action.SEE_BRIEF: Use(CASEWORK, Tells.CUSTOMER),
        Action.EDIT_CUSTOMER: Use(CASEWORK, Tells.CUSTOMER),
        Action.MERGE_CUSTOMERS: Use(CASEWORK, Tells.CUSTOMER),
        Action.IMPORT_CUSTOMERS: Use(CASEWORK, Tells.CUSTOMER),
        Action.KEEP_ARTICLES: Use(CASEWORK, Tells.HOUSE),
        Action.EXPORT_CUSTOMER: Use(CASEWORK, Tells.CUSTOMER),
        Action.ERASE_CUSTOMER: Use(CASEWORK, Tells.CUSTOMER),
        Action.SEE_REMEDIES: Use(CASEWORK, Tells.CUSTOMER),
        Action.GRANT_REMEDY: Use(CASEWORK, Tells.CUSTOMER),
        Action.APPROVE_REMEDY: Use(CASEWORK, Tells.CUSTOMER),
        Action.REMOVE_CONVERSATION: Use(CASEWORK, Tells.CONVERSATION),
        Action.MANAGE_RETENTION: Use(CASEWORK, Tells.HOUSE),
        Action.READ_AUDIT: Use(OPERATION, Tells.PERSON),
        Action.SEE_PEOPLE: Use(OPERATION, Tells.PERSON),
        Action.MANAGE_PEOPLE: Use(OPERATION, Tells.PERSON),
        Action.MANAGE_TEAMS: Use(OPERATION, Tells.HOUSE),
        Action.MANAGE_TOKENS: Use(OPERATION, Tells.HOUSE),
        Action.MANAGE_SESSIONS: Use(OPERATION, Tells.PERSON),
        Action.CHANGE_PASSWORD: Use(OPERATION, Tells.PERSON),
        Action.SEE_OPERATION: Use(OPERATION, Tells.HOUSE),
        Action.READ_PRACTICE: Use(COACHING, Tells.PERSON),
        Action.READ_WELLBEING: Use(STAFF_CARE, Tells.PERSON),
    }
)
"""Every action, and with it every route: a route names its action (`web/gate.py`)."""

READS: Final[Mapping[Purpose, frozenset[Purpose]]] = MappingProxyType(
    {
        ASSIST: frozenset({ASSIST, CASEWORK}),
        CASEWORK: frozenset(
            {CASEWORK, ASSIST}
        ),  # A customer is given what was read of them, and it is erased with them.
        COACHING: frozenset({COACHING}),
        QUALITY: frozenset({QUALITY, CASEWORK}),  # What was said, and not what live help made of it.
        STAFF_CARE: frozenset({STAFF_CARE}),
        OPERATION: frozenset({OPERATION}),
    }
)
"""What an action for a purpose may read, by what that is kept for."""

OF_ONE_PERSON: Final = frozenset({COACHING, STAFF_CARE})
"""Practice and wellbeing: readable by the person whose it is, and by nobody else."""

WORK: Final[Mapping[Role, Purpose]] = MappingProxyType(
    {
        Role.AGENT: ASSIST,
        Role.SUPERVISOR: ASSIST,
        Role.REVIEWER: QUALITY,
        Role.TRAINER: COACHING,
        Role.ANALYST: ASSIST,
        Role.ADMIN: OPERATION,
    }
)
"""What each role does with the conversations of others: where that may not read live help, neither may the role."""
