"""Every table. Changing one means a new migration: a test compares these with what the migrations build."""

from levelhead.storage.schema import metadata
from levelhead.storage.tables.belonging import team, tenant
from levelhead.storage.tables.heard import advice, audit, card_answer, conversation, reading, turn

__all__ = ["advice", "audit", "card_answer", "conversation", "metadata", "reading", "team", "tenant", "turn"]
