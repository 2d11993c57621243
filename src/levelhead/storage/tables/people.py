"""People, what they sign in with and for how long; what programs call with.

No password, cookie, token or link is kept: only what tells whether one is right.
"""

from sqlalchemy import Column, Index, Integer, Text, UniqueConstraint

from levelhead.storage.columns import Id, Moment
from levelhead.storage.schema import tenant_table, to

person = tenant_table(
    "person",
    Column("id", Id, nullable=False),
    Column("name", Text, nullable=False),
    Column("shown_as", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("is_demo", Integer, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("disabled_at", Moment),
    UniqueConstraint("tenant", "name"),
    key=["id"],
)
"""Nobody is ever taken out, only disabled: the audit goes on naming them."""

membership = tenant_table(
    "membership",
    Column("person", Id, nullable=False),
    Column("team", Id, nullable=False),
    to("person", ["person"], ["id"], ondelete="CASCADE"),
    to("team", ["team"], ["id"], ondelete="CASCADE"),
    key=["person", "team"],
)

credential = tenant_table(
    "credential",
    Column("person", Id, nullable=False),
    Column("digest", Text, nullable=False),
    Column("changed_at", Moment, nullable=False),
    to("person", ["person"], ["id"], ondelete="CASCADE"),
    key=["person"],
)
"""Argon2id with its parameters. Who signs in elsewhere, or has never followed their link, has no row."""

identity = tenant_table(
    "identity",
    Column("issuer", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("person", Id, nullable=False),
    to("person", ["person"], ["id"], ondelete="CASCADE"),
    key=["issuer", "subject"],
)
"""Who somebody of an OpenID provider is here; a subject is unique and never used again at its issuer."""

session = tenant_table(
    "session",
    Column("id", Id, nullable=False),
    Column("person", Id, nullable=False),
    Column("digest", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("address", Text, nullable=False),
    Column("device", Text, nullable=False),
    to("person", ["person"], ["id"], ondelete="CASCADE"),
    UniqueConstraint("tenant", "digest"),
    Index("ix_session_tenant_person", "tenant", "person"),
    key=["id"],
)
"""Who is signed in; a session that is over has no row."""

api_token = tenant_table(
    "api_token",
    Column("id", Id, nullable=False),
    Column("name", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("team", Id),
    Column("made_by", Id),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("last_used_at", Moment),
    Column("ended_at", Moment),
    to("team", ["team"], ["id"]),
    to("person", ["made_by"], ["id"]),
    UniqueConstraint("tenant", "digest"),
    key=["id"],
)
"""`scopes` are names of actions with a space between; `made_by` is empty where it was made on the command line."""

invitation = tenant_table(
    "invitation",
    Column("id", Id, nullable=False),
    Column("person", Id),
    Column("digest", Text, nullable=False),
    Column("expires_at", Moment, nullable=False),
    to("person", ["person"], ["id"], ondelete="CASCADE"),
    UniqueConstraint("tenant", "digest"),
    key=["id"],
)
"""A link that lets somebody choose a password, once; without a person, it makes the first admin."""

sign_in_failure = tenant_table(
    "sign_in_failure",
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("count", Integer, nullable=False),
    Column("last_at", Moment, nullable=False),
    key=["kind", "subject"],
)
"""Tries in a row that failed, for a name (known or not) and for an address; `subject` is a digest of it."""
