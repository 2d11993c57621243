"""Who may do what: one table, and `may`, which is asked everywhere. Nothing else decides."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from levelhead.people.api_token import ApiToken
from levelhead.people.person import Person, Relation, Role, Whose


class Action(StrEnum):
    """Everything that a route or a command does on somebody's behalf."""

    READ_CONVERSATION = "read_conversation"
    SEE_READINGS = "see_readings"
    TAKE_CONVERSATION = "take_conversation"
    ASSIGN_CONVERSATION = "assign_conversation"
    HEAR_TURN = "hear_turn"
    CHECK_DRAFT = "check_draft"
    ANSWER_CARD = "answer_card"
    SEE_TEACHING = "see_teaching"
    SETTLE_CARDS = "settle_cards"
    SEE_PACKS = "see_packs"
    DRAFT_PACK = "draft_pack"
    SETTLE_PACK = "settle_pack"
    SEE_FORECASTS = "see_forecasts"
    SEE_SUPERVISOR_LIST = "see_supervisor_list"
    ASK_FOR_HELP = "ask_for_help"
    GIVE_HELP = "give_help"
    READ_NOTE = "read_note"
    WRITE_NOTE = "write_note"
    HOLD_BOUNDARY = "hold_boundary"
    DECIDE_RESTRICTION = "decide_restriction"
    SEE_PLANS = "see_plans"
    PROPOSE_PLAN = "propose_plan"
    DECIDE_PLAN = "decide_plan"
    SEE_SEALED = "see_sealed"
    RECORD_CONSENT = "record_consent"
    CORRECT_LABEL = "correct_label"
    SEE_PROMISES = "see_promises"
    KEEP_PROMISES = "keep_promises"
    SEE_KEEPING = "see_keeping"
    SEE_FOLLOW_UPS = "see_follow_ups"
    KEEP_FOLLOW_UPS = "keep_follow_ups"
    SEE_SURVEYS = "see_surveys"
    SEE_COMPLAINTS = "see_complaints"
    KEEP_COMPLAINTS = "keep_complaints"
    SETTLE_COMPLAINTS = "settle_complaints"
    SAY_AWAY = "say_away"
    CHOOSE_LANGUAGE = "choose_language"
    SEE_REMEDIES = "see_remedies"
    GRANT_REMEDY = "grant_remedy"
    APPROVE_REMEDY = "approve_remedy"
    SEE_CUSTOMER = "see_customer"
    SEE_BRIEF = "see_brief"
    EDIT_CUSTOMER = "edit_customer"
    MERGE_CUSTOMERS = "merge_customers"
    IMPORT_CUSTOMERS = "import_customers"
    KEEP_ARTICLES = "keep_articles"
    REMOVE_CONVERSATION = "remove_conversation"
    REPLAY = "replay"
    EXPORT_CUSTOMER = "export_customer"
    ERASE_CUSTOMER = "erase_customer"
    MANAGE_RETENTION = "manage_retention"
    READ_AUDIT = "read_audit"
    SEE_PEOPLE = "see_people"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_TEAMS = "manage_teams"
    MANAGE_TOKENS = "manage_tokens"
    MANAGE_SESSIONS = "manage_sessions"
    CHANGE_PASSWORD = "change_password"  # noqa: S105 - the name of a deed
    MANAGE_DELIVERIES = "manage_deliveries"
    SEE_OPERATION = "see_operation"
    READ_PRACTICE = "read_practice"
    READ_WELLBEING = "read_wellbeing"


OWN, TEAM, TENANT, NO = Relation.OWN, Relation.TEAM, Relation.TENANT, None

# fmt: off
ROLES: Final =               (Role.AGENT, Role.SUPERVISOR, Role.REVIEWER, Role.TRAINER, Role.ANALYST, Role.ADMIN)
_TABLE: Final[Mapping[Action, tuple[Relation | None, ...]]] = {
    Action.READ_CONVERSATION:   (OWN,       TEAM,            TEAM,          TEAM,         TENANT,       NO),
    Action.SEE_READINGS:        (OWN,       TEAM,            NO,            OWN,          TENANT,       NO),
    Action.TAKE_CONVERSATION:   (TEAM,      TEAM,            NO,            NO,           NO,           NO),
    Action.ASSIGN_CONVERSATION: (NO,        TEAM,            NO,            NO,           NO,           NO),
    Action.HEAR_TURN:           (OWN,       TEAM,            NO,            OWN,          NO,           NO),
    Action.CHECK_DRAFT:         (OWN,       TEAM,            NO,            OWN,          NO,           NO),
    Action.ANSWER_CARD:         (OWN,       TEAM,            NO,            OWN,          NO,           NO),
    Action.SEE_TEACHING:        (TEAM,      TEAM,            NO,            NO,           TENANT,       NO),
    Action.SETTLE_CARDS:        (NO,        TEAM,            NO,            NO,           NO,           NO),
    Action.SEE_PACKS:           (TENANT,    TENANT,          NO,            TENANT,       TENANT,       TENANT),
    Action.DRAFT_PACK:          (NO,        TENANT,          NO,            TENANT,       NO,           TENANT),
    Action.SETTLE_PACK:         (NO,        NO,              NO,            TENANT,       NO,           TENANT),
    Action.SEE_FORECASTS:       (OWN,       TEAM,            NO,            OWN,          TENANT,       NO),
    Action.SEE_SUPERVISOR_LIST: (NO,        TEAM,            NO,            NO,           NO,           NO),
    Action.ASK_FOR_HELP:        (OWN,       TEAM,            NO,            NO,           NO,           NO),
    Action.GIVE_HELP:           (NO,        TEAM,            NO,            NO,           NO,           NO),
    Action.READ_NOTE:           (OWN,       TEAM,            NO,            NO,           NO,           NO),
    Action.WRITE_NOTE:          (OWN,       TEAM,            NO,            NO,           NO,           NO),
    Action.HOLD_BOUNDARY:       (OWN,       TEAM,            NO,            NO,           NO,           NO),
    Action.DECIDE_RESTRICTION:  (NO,        TEAM,            NO,            NO,           NO,           NO),
    Action.SEE_PLANS:           (OWN,       TEAM,            NO,            NO,           NO,           NO),
    Action.PROPOSE_PLAN:        (OWN,       TEAM,            NO,            NO,           NO,           NO),
    Action.DECIDE_PLAN:         (NO,        TEAM,            NO,            NO,           NO,           NO),
    Action.SEE_SEALED:          (OWN,       TEAM,            NO,            NO,           NO,           NO),
    Action.RECORD_CONSENT:      (OWN,       TEAM,            NO,            NO,           NO,           NO),
    Action.CORRECT_LABEL:       (OWN,       TEAM,            NO,            NO,           NO,           NO),
    Action.SEE_PROMISES:        (OWN,       TEAM,            NO,            NO,           NO,           NO),
    Action.KEEP_PROMISES:       (OWN,       TEAM,            NO,            NO,           NO,           NO),
    Action.SEE_KEEPING:         (NO,        TEAM,            NO,            NO,           TENANT,       NO),
    Action.SEE_FOLLOW_UPS:      (OWN,       TEAM,            NO,            NO,           NO,           NO),
    Action.KEEP_FOLLOW_UPS:     (OWN,       TEAM,            NO,            NO,           NO,           NO),
    Action.SEE_SURVEYS:         (NO,        TEAM,            NO,            NO,           TENANT,       NO),
    Action.SEE_COMPLAINTS:      (OWN,       TEAM,            NO,            NO,           NO,           NO),
    Action.KEEP_COMPLAINTS:     (OWN,       TEAM,            NO,            NO,           NO,           NO),
    Action.SETTLE_COMPLAINTS:   (NO,        NO,              NO,            NO,           NO,           TENANT),
    Action.SAY_AWAY:            (OWN,       OWN,             OWN,           OWN,          OWN,          OWN),
    Action.CHOOSE_LANGUAGE:     (OWN,       OWN,             OWN,           OWN,          OWN,          OWN),
    Action.SEE_REMEDIES:        (OWN,       TEAM,            NO,            NO,           NO,           NO),
    Action.GRANT_REMEDY:        (OWN,       TEAM,            NO,            NO,           NO,           NO),
    Action.APPROVE_REMEDY:      (NO,        TEAM,            NO,            NO,           NO,           NO),
    Action.SEE_CUSTOMER:        (OWN,       TEAM,            NO,            NO,           NO,           NO),
    Action.SEE_BRIEF:           (OWN,       TEAM,            NO,            NO,           NO,           NO),
    Action.EDIT_CUSTOMER:       (OWN,       TEAM,            NO,            NO,           NO,           NO),
    Action.MERGE_CUSTOMERS:     (NO,        TEAM,            NO,            NO,           NO,           NO),
    Action.IMPORT_CUSTOMERS:    (NO,        NO,              NO,            NO,           NO,           TENANT),
    Action.KEEP_ARTICLES:       (NO,        TEAM,            NO,            NO,           NO,           TENANT),
    Action.REMOVE_CONVERSATION: (NO,        NO,              NO,            NO,           NO,           TENANT),
    Action.REPLAY:              (NO,        NO,              NO,            NO,           TENANT,       NO),
    Action.EXPORT_CUSTOMER:     (NO,        NO,              NO,            NO,           NO,           TENANT),
    Action.ERASE_CUSTOMER:      (NO,        NO,              NO,            NO,           NO,           TENANT),
    Action.MANAGE_RETENTION:    (NO,        NO,              NO,            NO,           NO,           TENANT),
    Action.READ_AUDIT:          (NO,        NO,              NO,            NO,           NO,           TENANT),
    Action.SEE_PEOPLE:          (NO,        TEAM,            NO,            NO,           NO,           TENANT),
    Action.MANAGE_PEOPLE:       (NO,        NO,              NO,            NO,           NO,           TENANT),
    Action.MANAGE_TEAMS:        (NO,        NO,              NO,            NO,           NO,           TENANT),
    Action.MANAGE_TOKENS:       (NO,        NO,              NO,            NO,           NO,           TENANT),
    Action.MANAGE_SESSIONS:     (OWN,       OWN,             OWN,           OWN,          OWN,          TENANT),
    Action.CHANGE_PASSWORD:     (OWN,       OWN,             OWN,           OWN,          OWN,          OWN),
    Action.MANAGE_DELIVERIES:   (NO,        NO,              NO,            NO,           NO,           TENANT),
    Action.SEE_OPERATION:       (NO,        NO,              NO,            NO,           NO,           TENANT),
    Action.READ_PRACTICE:       (OWN,       OWN,             OWN,           OWN,          OWN,          OWN),
    Action.READ_WELLBEING:      (OWN,       OWN,             OWN,           OWN,          OWN,          OWN),
}
# fmt: on

PERMISSIONS: Final[Mapping[tuple[Role, Action], Relation | None]] = MappingProxyType(
    {(role, action): row[place] for action, row in _TABLE.items() for place, role in enumerate(ROLES)}
)
"""The widest relation in which a role may do a thing; None where it may not at all."""

SCOPES: Final = frozenset(
    {
        Action.READ_CONVERSATION,
        Action.SEE_READINGS,
        Action.HEAR_TURN,
        Action.CHECK_DRAFT,
        Action.ANSWER_CARD,
        Action.SEE_TEACHING,
        Action.SEE_PACKS,
        Action.DRAFT_PACK,
        Action.SEE_FORECASTS,
        Action.ASK_FOR_HELP,
        Action.READ_NOTE,
        Action.WRITE_NOTE,
        Action.RECORD_CONSENT,
        Action.CORRECT_LABEL,
        Action.SEE_PROMISES,
        Action.KEEP_PROMISES,
        Action.SEE_FOLLOW_UPS,
        Action.SEE_COMPLAINTS,
        Action.KEEP_COMPLAINTS,
        Action.SEE_PLANS,
        Action.SEE_REMEDIES,
        Action.SEE_CUSTOMER,
        Action.SEE_BRIEF,
        Action.EDIT_CUSTOMER,
        Action.IMPORT_CUSTOMERS,
        Action.KEEP_ARTICLES,
        Action.REMOVE_CONVERSATION,
        Action.EXPORT_CUSTOMER,
        Action.ERASE_CUSTOMER,
        Action.SEE_OPERATION,
    }
)
"""What an API token can be made for: never people, tokens, sealed facts, or what is a person's own."""

_SPEAKS_WITH_THE_DESK: Final = frozenset({Action.HEAR_TURN, Action.CHECK_DRAFT, Action.ANSWER_CARD})
"""A program with one of these stands on the agent's side and is given what the desk has to say to it."""


BEFORE_TAKING: Final = frozenset({Action.READ_CONVERSATION, Action.SEE_BRIEF})
"""What is open to whoever may take a conversation that nobody holds: nobody takes what they have not seen."""


def may(who: Person | ApiToken, action: Action, of: Whose) -> bool:
    """Whether they may do this to a thing that is `of`. Nobody reaches another tenant; who is not active, nothing.

    Whether a token or a session still counts is found where it is looked up, not here.
    """
    if who.tenant != of.tenant:
        return False
    reach = reach_of(who, action)
    return reach is not None and reach.includes(_relation(who, of))


def may_open(who: Person | ApiToken, of: Whose, action: Action = Action.READ_CONVERSATION) -> bool:
    """Whether they may look at this conversation: by `action` of BEFORE_TAKING, or as one that they may take."""
    return may(who, action, of) or _may_take(who, of)


def may_see_readings(who: Person | ApiToken, of: Whose) -> bool:
    """Whether they see what live help made of a conversation that they may open, and not its words alone.

    Live help: what was read, the steps, the cards and what became of them. It serves the conversation and never a
    judgement of whoever holds it, so those who review and train do not see it (docs/decisions/0015).
    """
    return may(who, Action.SEE_READINGS, of) or _may_take(who, of)


def reach_of(who: Person | ApiToken, action: Action) -> Relation | None:
    """The widest relation in which they may do this; None where they may not at all. For lists: what to ask for."""
    if isinstance(who, ApiToken):
        if action not in SCOPES or not _is_for(who, action):
            return None
        return Relation.TENANT if who.team is None else Relation.TEAM
    return PERMISSIONS[who.role, action] if who.active else None


def _may_take(who: Person | ApiToken, of: Whose) -> bool:
    return of.owner is None and may(who, Action.TAKE_CONVERSATION, of)


def _is_for(token: ApiToken, action: Action) -> bool:
    if action is Action.SEE_READINGS and not _SPEAKS_WITH_THE_DESK.isdisjoint(token.scopes):
        return True
    return action in token.scopes


def _relation(who: Person | ApiToken, of: Whose) -> Relation:
    """The narrowest relation that they have to a thing of their own tenant."""
    teams = {who.team} if isinstance(who, ApiToken) else who.teams
    if isinstance(who, Person) and of.owner == who.id:
        return Relation.OWN
    return Relation.TEAM if of.team is not None and of.team in teams else Relation.TENANT
