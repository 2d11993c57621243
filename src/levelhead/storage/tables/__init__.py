"""Every table. Changing one means a new migration: a test compares these with what the migrations build."""

from levelhead.storage.schema import metadata
from levelhead.storage.tables.articles import article
from levelhead.storage.tables.audit import audit, audit_seal, audit_waiting
from levelhead.storage.tables.belonging import team, tenant
from levelhead.storage.tables.casework import case_change, case_item
from levelhead.storage.tables.customers import (
    consent,
    customer,
    customer_of,
    ending,
    label_mark,
    labels_end,
    legal_hold,
    privacy_rule,
    sealed,
)
from levelhead.storage.tables.editions import pack_edition
from levelhead.storage.tables.heard import advice, card_answer, conversation, reading, turn
from levelhead.storage.tables.outbox import delivery, destination, event
from levelhead.storage.tables.people import (
    api_token,
    credential,
    identity,
    invitation,
    membership,
    person,
    session,
    sign_in_failure,
)
from levelhead.storage.tables.pulse import pulse
from levelhead.storage.tables.teaching import card_mute, card_settled

__all__ = [
    "advice",
    "api_token",
    "article",
    "audit",
    "audit_seal",
    "audit_waiting",
    "card_answer",
    "card_mute",
    "card_settled",
    "case_change",
    "case_item",
    "consent",
    "conversation",
    "credential",
    "customer",
    "customer_of",
    "delivery",
    "destination",
    "ending",
    "event",
    "identity",
    "invitation",
    "label_mark",
    "labels_end",
    "legal_hold",
    "membership",
    "metadata",
    "pack_edition",
    "person",
    "privacy_rule",
    "pulse",
    "reading",
    "sealed",
    "session",
    "sign_in_failure",
    "team",
    "tenant",
    "turn",
]
