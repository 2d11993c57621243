"""Every table. Changing one means a new migration: a test compares these with what the migrations build."""

from levelhead.storage.schema import metadata
from levelhead.storage.tables.belonging import team, tenant
from levelhead.storage.tables.heard import advice, audit, card_answer, conversation, reading, turn
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

__all__ = [
    "advice",
    "api_token",
    "audit",
    "card_answer",
    "conversation",
    "credential",
    "delivery",
    "destination",
    "event",
    "identity",
    "invitation",
    "membership",
    "metadata",
    "person",
    "reading",
    "session",
    "sign_in_failure",
    "team",
    "tenant",
    "turn",
]
