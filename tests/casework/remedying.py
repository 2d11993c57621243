"""Packs, options and people for the tests of remedies."""

from datetime import UTC, date, datetime
from importlib.resources import files
from uuid import UUID

from levelhead import packs
from levelhead.casework.arrangement import Signed
from levelhead.casework.remedy_options import Case, Facts, Option, options_for
from levelhead.casework.remedy_pack import Register, Remedies
from levelhead.people.person import Role

LOCALES = ("en-GB", "en-US")
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = date(2026, 11, 23)
AMIRA = Signed(UUID(int=1), "Amira", NOW)
SAM = Signed(UUID(int=2), "Sam Okafor", NOW)


def text(locale: str = "en-GB") -> str:
    """The pack as it is shipped."""
    return files(packs).joinpath(f"remedies.{locale}.toml").read_text("utf-8")


def british() -> Remedies:
    """The British pack."""
    return packs.remedies("en-GB")


def options(
    wrong: str = "not_arrived",
    facts: Facts = Facts(),  # noqa: B008 - frozen
    role: Role = Role.AGENT,
    *,
    register: Register = Register.SPOKEN,
    today: date = TODAY,
    spent: int = 0,
    precedents: dict[str, int] | None = None,
    without: frozenset[str] = frozenset(),
    declined: frozenset[str] = frozenset(),
) -> tuple[Option, ...]:
    """What may be offered."""
    case = Case(wrong, facts, today, spent, precedents, without, declined)
    return options_for(british(), case, role, register)
