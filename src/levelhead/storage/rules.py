"""What a tenant has settled, as names and values: about its customers' data, when it is open, who is away."""

from collections.abc import Mapping
from functools import cache

from sqlalchemy import Connection, Select, delete, insert, select

from levelhead.storage import tables


def rules_under(connection: Connection, prefix: str) -> Mapping[str, str]:
    """The settled values whose names begin like this."""
    return {row.name: row.value for row in connection.execute(_under(prefix))}


@cache
def _under(prefix: str) -> Select[tuple[str, str]]:
    rule = tables.privacy_rule.c
    return select(rule.name, rule.value).where(rule.name.startswith(prefix, autoescape=True))


def settle(connection: Connection, name: str, value: str | None) -> None:
    """Settle a value; None unsettles it."""
    connection.execute(delete(tables.privacy_rule).where(tables.privacy_rule.c.name == name))
    if value is not None:
        connection.execute(insert(tables.privacy_rule), {"name": name, "value": value})
