"""A remedies pack as TOML, read whole or not at all: every slip is named with its place and its mend."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import timedelta
from string import Formatter
from types import MappingProxyType
from typing import Final, TypeVar

from levelhead.advising.table import PackError, Table
from levelhead.advising.wording_pattern import pattern_of
from levelhead.casework.dated import day_in
from levelhead.casework.money import LARGEST, Currency
from levelhead.casework.remedy_pack import (
    MONEY_SLOT,
    PAYS,
    SLOTS,
    Law,
    Limits,
    Measure,
    Offering,
    Owed,
    Register,
    Remedies,
    RemedyKind,
    Said,
    Wrong,
)
from levelhead.conversation import Cause, Channel, Cue
from levelhead.listening.issues import ISSUES
from levelhead.people.person import Role

GRANTING: Final = (Role.AGENT, Role.SUPERVISOR)
"""The roles that a pack gives limits for; nobody else grants anything."""
_FREE_OPTIONS: Final = 2
_KEYS: Final = ("name", "version", "locale", "checked", "currency", "limits", "requests", "back", "laws", "wrongs")
_ISO: Final = re.compile(r"[A-Z]{3}")
_Key = TypeVar("_Key")


def parse_remedies(text: str) -> Remedies:
    """The pack in this TOML text. Raises PackError."""
    try:
        top = Table(tomllib.loads(text), "")
    except tomllib.TOMLDecodeError as error:
        raise PackError("the file", f"is not TOML ({error})", "mend that line") from error
    requests, locale = top.table("requests"), top.text("locale")
    laws = {key: _law(key, table) for key, table in top.table("laws").tables()}
    limits, back = top.table("limits"), top.table("back")
    pack = Remedies(
        name=top.text("name"),
        version=top.text("version"),
        locale=locale,
        checked=day_in(top, "checked"),
        currency=_currency(top.table("currency"), locale),
        month=timedelta(days=limits.whole("month_days", 28, 31)),
        waits=_fixed({one: timedelta(minutes=requests.whole(one, 1, 24 * 60)) for one in Channel}),
        limits=_fixed({role: _limits(limits.table(role)) for role in GRANTING}),
        order=back.text("order"),
        order_numbered=_filled(back, "order_numbered", frozenset({"number"})),
        back=_fixed({register: _back(back.table(register)) for register in Register}),
        laws=_fixed(laws),
        wrongs=_fixed({key: _wrong(key, table, laws) for key, table in top.table("wrongs").tables()}),
    )
    if not pack.wrongs:
        raise PackError("wrongs", "there is none", "add one, as [wrongs.not_arrived]")
    for table, known in ((requests, Channel), (limits, ("month_days", *GRANTING))):
        table.done(known)
    back.done(("order", "order_numbered", *Register))
    top.done(_KEYS)
    _check_ladder(pack)
    return pack


def _fixed(values: Mapping[_Key, object]) -> MappingProxyType:  # type: ignore[type-arg]
    return MappingProxyType(dict(values))


def _currency(table: Table, locale: str) -> Currency:
    currency = Currency(table.text("code"), table.text("sign"), table.whole("digits", 0, 3, 2), locale)
    if not _ISO.fullmatch(currency.code):
        raise PackError(f"{table.where}.code", f"{currency.code!r} is no ISO code", 'write it like "GBP"')
    table.done(("code", "sign", "digits"))
    return currency


def _limits(table: Table) -> Limits:
    kinds = table.table("kinds") if "kinds" in table.keys() else Table({}, table.where)  # noqa: SIM118 - a table is no mapping
    by_kind = {kind: kinds.whole(kind, 0, LARGEST) for kind in RemedyKind if kind in kinds.keys()}  # noqa: SIM118
    kinds.done(RemedyKind)
    limits = Limits(table.whole("one", 0, LARGEST), table.whole("month", 0, LARGEST), _fixed(by_kind))
    table.done(("one", "month", "kinds"))
    return limits


def _check_ladder(pack: Remedies) -> None:
    """Whoever is asked has to be able to say yes to more than whoever asks."""
    agent, supervisor = (pack.limits[role] for role in GRANTING)
    for key, less, more in (("one", agent.one, supervisor.one), ("month", agent.month, supervisor.month)):
        if less > more:
            raise PackError(f"limits.supervisor.{key}", f"{more} is less than an agent's {less}", "raise it")
    for kind in RemedyKind:
        if agent.kinds.get(kind, agent.one) > supervisor.kinds.get(kind, supervisor.one):
            raise PackError(f"limits.supervisor.kinds.{kind}", "it is less than an agent's", "raise it")


def _back(table: Table) -> Said:
    said = Said(*(_filled(table, key, frozenset({"what"})) for key in Said.__slots__))
    table.done(Said.__slots__)
    return said


def _law(key: str, table: Table) -> Law:
    ends = day_in(table, "ends") if "ends" in table.keys() else None  # noqa: SIM118 - a table is no mapping
    checked = day_in(table, "checked") if "checked" in table.keys() else None  # noqa: SIM118
    law = Law(key, table.text("says"), table.text("source"), day_in(table, "starts"), ends, checked)
    if ends is not None and ends < law.starts:
        raise PackError(f"{table.where}.ends", "it ends before it starts", "put the later day here")
    table.done(("says", "source", "starts", "ends", "checked"))
    return law


def _wrong(key: str, table: Table, laws: Mapping[str, Law]) -> Wrong:
    options = tuple(_offering(name, one) for name, one in table.table("options").tables())
    free = sum(option.measure is Measure.FREE for option in options)
    if free < _FREE_OPTIONS:
        raise PackError(
            f"{table.where}.options", f"{free} of them are free", "add one with free = true; two are needed"
        )
    owed = table.table("owed") if "owed" in table.keys() else Table({}, table.where)  # noqa: SIM118
    names = [option.key for option in options]
    wrong = Wrong(
        key=key,
        name=table.text("name"),
        issues=frozenset(table.labels("issues", ISSUES)),
        causes=frozenset(table.some_of("causes", Cause)),
        cues=frozenset(table.some_of("cues", Cue)),
        words=pattern_of(table.texts("words", needed=True)),
        protocol=table.texts("protocol", needed=True),
        owed=tuple(_owed(one, names, laws) for _, one in owed.tables()),
        options=options,
    )
    table.done(("name", "issues", "causes", "cues", "words", "protocol", "owed", "options"))
    return wrong


def _owed(table: Table, options: Iterable[str], laws: Mapping[str, Law]) -> Owed:
    keys = table.keys()
    owed = Owed(
        law=_named(table, "law", laws),
        options=table.labels("options", options, needed=True),
        delivered=table.yes("delivered", default=False) if "delivered" in keys else None,
        days_late_from=table.whole("days_late_from", 1, 366) if "days_late_from" in keys else None,
    )
    table.done(("law", "options", "delivered", "days_late_from"))
    return owed


def _named(table: Table, key: str, known: Iterable[str]) -> str:
    name = table.text(key)
    if name not in known:
        raise PackError(f"{table.where}.{key}", f"there is no {key} {name!r}", f"add [{key}s.{name}]")
    return name


def _offering(key: str, table: Table) -> Offering:
    measure, value = _measure(table)
    kind = table.one_of("kind", RemedyKind)
    needs = frozenset({MONEY_SLOT}) if kind in PAYS and measure is not Measure.FREE else frozenset[str]()
    offering = Offering(
        key=key,
        kind=kind,
        name=table.text("name"),
        measure=measure,
        value=value,
        cap=table.whole("cap", 1, LARGEST) if "cap" in table.keys() else None,  # noqa: SIM118
        after_days=table.whole("after_days", 0, 60, 0),
        says=_fixed({register: _filled(table, register, needs, SLOTS) for register in Register}),
    )
    if measure is Measure.PER_DAY and offering.cap is None:
        raise PackError(f"{table.where}.cap", "a sum for each day has no end", "say the most in minor units")
    table.done(("kind", "name", *Measure, "cap", "after_days", *Register))
    return offering


def _measure(table: Table) -> tuple[Measure, int]:
    given = [measure for measure in Measure if measure in table.keys()]  # noqa: SIM118
    if len(given) != 1:
        raise PackError(
            table.where, f"it says {' and '.join(given) or 'nothing'} of its amount", "say exactly one of them"
        )
    (measure,) = given
    if measure is Measure.FREE:
        if not table.yes("free", default=False):
            raise PackError(f"{table.where}.free", "false says nothing", "say its amount instead")
        return measure, 0
    return measure, table.whole(measure, 1, 100 if measure is Measure.SHARE else LARGEST)


def _filled(table: Table, key: str, needs: frozenset[str], may: frozenset[str] = frozenset()) -> str:
    text = table.text(key)
    try:
        slots = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError as wrong:
        raise PackError(f"{table.where}.{key}", f"a bracket is left open ({wrong})", "close it") from wrong
    allowed = needs | (may - {MONEY_SLOT})
    for missing in sorted(needs - slots):
        raise PackError(f"{table.where}.{key}", f"{{{missing}}} is missing", "put it where it is said")
    for unknown in sorted(slots - allowed):
        known = ", ".join(f"{{{name}}}" for name in sorted(allowed)) or "no brackets"
        raise PackError(f"{table.where}.{key}", f"{{{unknown}}} is not known here", f"use {known}")
    return text
