"""The audit as a chain: each row is sealed with the hash of the one before it, so that none can be changed unseen.

A row says who did what, when and to what, in ids and in words of ours (`Deed`), never in words of a customer: erasing
a customer leaves the chain as it is. Pure; what keeps the rows is `storage/audit.py`.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID


class Deed(StrEnum):
    """What the audit tells of. Rows of earlier versions say other things too; those stay as they are."""

    TURN_HEARD = "turn heard"
    CARD_ANSWERED = "card answered"
    CARDS_MUTED = "cards muted"
    CARDS_UNMUTED = "cards shown again"
    CARDS_SETTLED = "cards settled"
    CARDS_UNSETTLED = "cards settled no longer"
    CONVERSATION_TAKEN = "conversation taken"
    CONVERSATION_GIVEN = "conversation given"
    CONVERSATION_LET_GO = "conversation let go"
    CONVERSATION_REMOVED = "conversation removed"
    CONVERSATION_SEEN = "conversation seen"
    LIST_SEEN = "list of conversations seen"
    SEALED_SEEN = "sealed facts seen"
    CONSENT_NOTED = "consent noted"
    CONSENT_SETTLED = "consent settled"
    LABEL_MARKED = "label marked"
    CASE_CHANGED = "casework changed"
    HOURS_SETTLED = "opening hours settled"
    AWAY_NOTED = "absence noted"
    BACK_NOTED = "absence ended"
    LANGUAGE_CHOSEN = "language chosen"
    COMPLAINTS_SETTLED = "complaint rules settled"
    PACK_DRAFTED = "pack drafted"
    PACK_SET_ASIDE = "pack draft set aside"
    PACK_SETTLED = "pack put in force"
    PACK_TRIED = "pack tried on past conversations"
    FOLLOW_UPS_SETTLED = "follow-ups settled"
    HOLD_PLACED = "legal hold placed"
    HOLD_LIFTED = "legal hold lifted"
    RETENTION_CHANGED = "retention changed"
    RETENTION_RUN = "retention run"
    CUSTOMER_EXPORTED = "customer exported"
    CUSTOMER_ERASED = "customer erased"
    CUSTOMER_SEEN = "customer seen"
    PROFILE_CHANGED = "profile changed"
    CUSTOMERS_MERGED = "customers merged"
    CUSTOMERS_SPLIT = "customers split"
    CUSTOMERS_IMPORTED = "customers imported"
    ARTICLE_KEPT = "article kept"
    ARTICLE_REMOVED = "article removed"
    KEYS_ROTATED = "keys rotated"
    PERSON_ADDED = "person added"
    ROLE_GIVEN = "role given"
    TEAMS_GIVEN = "teams given"
    PERSON_DISABLED = "person disabled"
    PERSON_ENABLED = "person enabled"
    LINK_MADE = "link made"
    PASSWORD_CHANGED = "password changed"  # noqa: S105 - the name of a deed
    SIGNED_IN = "signed in"
    SIGNED_OUT = "signed out"
    TEAM_ADDED = "team added"
    ROLLOUT_CHANGED = "roll-out changed"
    TENANT_ADDED = "tenant added"
    TOKEN_MADE = "token made"  # noqa: S105
    TOKEN_ENDED = "token ended"  # noqa: S105
    DESTINATION_ADDED = "destination added"
    DESTINATION_CHANGED = "destination changed"
    DESTINATION_REMOVED = "destination removed"
    EVENT_SENT_AGAIN = "event sent again"


FIRST: Final = "0" * 64
"""What stands for the hash before the first row."""


@dataclass(frozen=True, slots=True)
class Noted:
    """One row as it was written; `who` is None in rows of versions that did not know. `at` is UTC."""

    id: UUID
    at: datetime
    who: str | None
    deed: str
    conversation: str
    subject: str


@dataclass(frozen=True, slots=True)
class Seal:
    """The place of a row in its tenant's chain: numbers count from 1, hashes are SHA-256 in hexadecimal."""

    number: int
    row: UUID
    previous: str
    hash: str


def sealed(tenant: UUID, noted: Noted, after: Seal | None) -> Seal:
    """The seal of a row that comes after another one, or first."""
    number, previous = (after.number + 1, after.hash) if after else (1, FIRST)
    return Seal(number, noted.id, previous, hash_of(tenant, number, noted, previous))


def hash_of(tenant: UUID, number: int, noted: Noted, previous: str) -> str:
    """SHA-256 over the canonical form: everything that the row and its place say, as a JSON array in ASCII.

    The tenant is part of it, so that a row cannot be moved to another one's chain.
    """
    at = noted.at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = [_FORM, str(tenant), number, str(noted.id), at, noted.who, noted.deed, noted.conversation, noted.subject]
    canonical = json.dumps([*parts, previous], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


_FORM = "levelhead audit 1"
