"""Help lines and emergency numbers of each locale, with where they stand and when somebody last looked."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from levelhead.advising.table import PackError, Table
from levelhead.casework.dated import day_in, is_old


@dataclass(frozen=True, slots=True)
class Helpline:
    """Whom somebody in danger can call; `reach` is the number and when, `emergency` the number for danger right now."""

    name: str
    reach: str
    emergency: str
    source: str
    checked: date | None

    def is_old(self, now: datetime) -> bool:
        """Whether nobody has compared it with its source for twelve months."""
        return is_old(self.checked, now)


@dataclass(frozen=True, slots=True)
class Helplines:
    """Every line there is, by locale."""

    version: str
    lines: Mapping[str, Helpline]

    def of(self, locale: str) -> Helpline | None:
        """The line of this locale alone: another country's number helps nobody."""
        return self.lines.get(locale)

    def old(self, now: datetime) -> tuple[str, ...]:
        """The locales whose line nobody has looked at for twelve months."""
        return tuple(locale for locale, line in self.lines.items() if line.is_old(now))


def parse_helplines(text: str) -> Helplines:
    """The help lines in this TOML text. Raises PackError, which names the line and the mend."""
    try:
        top = Table(tomllib.loads(text), "")
    except tomllib.TOMLDecodeError as error:
        raise PackError("the file", f"is not TOML ({error})", "mend that line") from error
    top.text("name")
    version = top.text("version")
    lines = {locale: _line(table) for locale, table in top.table("lines").tables()}
    top.done(("name", "version", "lines"))
    return Helplines(version, MappingProxyType(lines))


def _line(table: Table) -> Helpline:
    checked = day_in(table, "checked") if "checked" in table.keys() else None  # noqa: SIM118 - a table is no mapping
    line = Helpline(table.text("name"), table.text("reach"), table.text("emergency"), table.text("source"), checked)
    table.done(Helpline.__slots__)
    return line
