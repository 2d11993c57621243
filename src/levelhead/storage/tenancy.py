"""Whose rows a statement may touch: said here for every statement, so that none can be built without it.

A transaction is opened for one tenant (`database.py`). Whatever statement is executed in it on a table made by
`schema.tenant_table`, its compiled form says `tenant = :mine` of every such table that it reads, changes or removes
from, in subqueries and joins as well, and every row that it adds carries the tenant of the transaction. The value
comes from the transaction alone. Outside such a transaction, those tables cannot be spoken of (NoTenant).

SQLAlchemy compiles a statement once and then remembers it, so this costs nothing from the second time on.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextvars import ContextVar
from typing import Any, Protocol, cast
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnClause,
    ColumnElement,
    Connection,
    Delete,
    Dialect,
    Engine,
    FromClause,
    Insert,
    Join,
    Select,
    SelectBase,
    Table,
    TextClause,
    Update,
    and_,
    bindparam,
    event,
)
from sqlalchemy.engine.interfaces import ExecutionContext
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.sql.selectable import AliasedReturnsRows, FromGrouping, SelectState

from levelhead.storage.columns import Id

OF_A_TENANT = "of_a_tenant"
"""What `Table.info` says of a table whose rows belong to tenants."""
TENANT = "tenant"
"""The column that every such table has, and the execution option that says for whom a transaction is open."""

_speaking_for: ContextVar[UUID | None] = ContextVar("speaking_for", default=None)


class _Compiler(Protocol):
    """What we need of SQLAlchemy's SQLCompiler, which says little of its types."""

    dialect: Dialect
    binds: Mapping[str, object]
    insert_prefetch: Sequence[Column[Any]]

    def visit_select(self, select: Select[Any], **how: object) -> str: ...

    def visit_join(self, join: Join, **how: object) -> str: ...

    def visit_update(self, update: Update, **how: object) -> str: ...

    def visit_delete(self, delete: Delete, **how: object) -> str: ...

    def visit_insert(self, insert: Insert, **how: object) -> str: ...


class NoTenant(Exception):
    """A statement that would reach rows without saying whose: a fault of ours, never of the person who asked."""


def speak_for_one(engine: Engine) -> None:
    """Have every statement of this engine speak for the tenant of its transaction."""
    event.listen(engine, "before_execute", _speak)


def _speak(connection: Connection, statement: object, *_: object) -> None:
    tenant = connection.get_execution_options().get(TENANT)
    if tenant is not None and isinstance(statement, TextClause):
        raise NoTenant("SQL as text cannot be held to one tenant; build the statement from the tables")
    _speaking_for.set(tenant)


def _mine() -> UUID:
    tenant = _speaking_for.get()
    if tenant is None:
        raise NoTenant("a tenant's table was spoken of in a transaction that is open for no tenant")
    return tenant


def stamp(context: ExecutionContext) -> UUID:
    """The tenant of a row that is being added: what a tenant's column gets, and all that it may get."""
    return _mine()


_MINE = bindparam("mine", type_=Id(), callable_=_mine)


def only_mine(source: FromClause) -> tuple[ColumnElement[bool], ...]:
    """What a statement has to say of `source` so that it sees no other tenant's rows; nothing of other sources."""
    return (source.c[TENANT] == _MINE,) if _is_tenants(source) else ()


@compiles(Select)
def _select(select: Select[Any], compiler: _Compiler, **how: object) -> str:
    # `Select.get_final_froms` would compile for no database at all, where words of PostgreSQL have no meaning.
    for source in SelectState(select, cast(SQLCompiler, compiler)).froms:
        select = select.where(*only_mine(_leftmost(source)))
    return compiler.visit_select(select, **how)


@compiles(Join)
def _join(join: Join, compiler: _Compiler, **how: object) -> str:
    if join.full:
        raise NoTenant("a full join cannot be held to one tenant")
    # In ON and not in WHERE: an outer join must still give its left row where the right one is missing.
    on = and_(join.onclause, *only_mine(_leftmost(join.right))) if join.onclause is not None else None
    return compiler.visit_join(Join(join.left, join.right, on, isouter=join.isouter), **how)


@compiles(Update)
def _update(update: Update, compiler: _Compiler, **how: object) -> str:
    _only_its_own_table(update, update.table)
    written = compiler.visit_update(update.where(*only_mine(update.table)), **how)
    if _is_tenants(update.table) and TENANT in compiler.binds:
        raise NoTenant("a row cannot be given to another tenant")
    return written


@compiles(Delete)
def _delete(delete: Delete, compiler: _Compiler, **how: object) -> str:
    _only_its_own_table(delete, delete.table)
    return compiler.visit_delete(delete.where(*only_mine(delete.table)), **how)


@compiles(Insert)
def _insert(insert: Insert, compiler: _Compiler, **how: object) -> str:
    written = compiler.visit_insert(insert, **how)
    if _is_tenants(insert.table) and insert.table.c[TENANT] not in compiler.insert_prefetch:
        raise NoTenant("a row's tenant is the one of its transaction and cannot be given")
    return written


def _is_tenants(source: FromClause) -> bool:
    named: object = source
    while isinstance(named, AliasedReturnsRows):
        named = named.element
    return isinstance(named, Table) and OF_A_TENANT in named.info


def _leftmost(source: FromClause) -> FromClause:
    while isinstance(source, Join | FromGrouping):
        source = source.left if isinstance(source, Join) else source.element
    return source


def _only_its_own_table(statement: Update | Delete, table: FromClause) -> None:
    criteria = statement.whereclause
    named = _tables_of(criteria) if criteria is not None else ()
    if any(_is_tenants(other) for other in named if other is not table):
        raise NoTenant("another tenant table in UPDATE or DELETE has to stand in a subquery")


def _tables_of(clause: ClauseElement) -> Iterator[FromClause]:
    if isinstance(clause, SelectBase):
        return
    if isinstance(clause, ColumnClause) and clause.table is not None:
        yield clause.table
    for part in clause.get_children():
        if isinstance(part, ClauseElement):
            yield from _tables_of(part)
