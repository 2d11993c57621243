"""The types that both databases keep alike: an id, a moment."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Dialect, Text, Uuid
from sqlalchemy.types import TypeDecorator, TypeEngine
from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562): ids of one process sort in the order in which they were made."""
    return uuid7()


class Id(TypeDecorator[UUID]):
    """A UUID: `uuid` in PostgreSQL, 36 characters in SQLite, whose STRICT tables know no such type."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The column type of this database."""
        kind: TypeEngine[Any] = Uuid() if _has_types(dialect) else Text()
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> UUID | str | None:
        """As the database takes it."""
        return value if value is None or _has_types(dialect) else str(value)

    def process_result_value(self, value: UUID | str | None, dialect: Dialect) -> UUID | None:
        """As we know it."""
        return UUID(value) if isinstance(value, str) else value


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, to the microsecond: `timestamptz` in PostgreSQL, ISO text that sorts by time in SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The column type of this database."""
        kind: TypeEngine[Any] = DateTime(timezone=True) if _has_types(dialect) else Text()
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | str | None:
        """As the database takes it; ValueError for a moment without a zone."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError("a moment without a zone cannot be kept")
        moment = value.astimezone(UTC)
        return moment if _has_types(dialect) else moment.isoformat()

    def process_result_value(self, value: datetime | str | None, dialect: Dialect) -> datetime | None:
        """As we know it, in UTC."""
        if value is None:
            return None
        return (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(UTC)


def _has_types(dialect: Dialect) -> bool:
    return dialect.name == "postgresql"
