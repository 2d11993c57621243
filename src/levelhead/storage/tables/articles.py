"""What the tenant itself has written for its agents: articles and policies."""

from sqlalchemy import Column, Text, UniqueConstraint

from levelhead.storage.columns import Id, Moment
from levelhead.storage.schema import tenant_table

article = tenant_table(
    "article",
    Column("id", Id, nullable=False),
    Column("name", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("changed_at", Moment, nullable=False),
    UniqueConstraint("tenant", "name"),
    key=["id"],
)
"""One row an article that was sent to us; those of the folder stay there. `body` is Markdown."""
