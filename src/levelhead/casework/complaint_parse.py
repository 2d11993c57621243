"""TOML to a rule set for complaints, whole or not at all; what is wrong is named with its place and its mend."""

import tomllib
from datetime import date
from types import MappingProxyType
from typing import Final

import holidays

from levelhead.advising.table import PackError, Table
from levelhead.casework.complaint import LetterKind
from levelhead.casework.complaint_letter import KNOWN, NEEDS, OF_THE_HOUSE, TYPED, places_of
from levelhead.casework.complaint_rules import (
    FOREVER,
    Decision,
    Duty,
    From,
    LetterForm,
    Limit,
    PartText,
    RuleSet,
    Unit,
)
from levelhead.casework.dated import day_in

_TOP: Final = ("name", "title", "about", "version", "locale", "checked", "date_form", "nameless", "code", "calendar")
_LIMIT: Final = (
    "duty", "within", "unit", "met_by", "source", "checked", "counts", "binds", "pauses", "extends_to", "warn_days",
    "valid_from", "valid_until",
)  # fmt: skip
_MOST = 400


def parse_rules(text: str) -> RuleSet:
    """The rule set in this TOML text. Raises PackError, which names the place and the mend."""
    try:
        top = Table(tomllib.loads(text), "")
    except tomllib.TOMLDecodeError as error:
        raise PackError("the file", f"is not TOML ({error})", "mend that line") from error
    code, (country, region) = top.table("code"), _calendar(top)
    rules = RuleSet(
        name=top.text("name"),
        title=top.text("title"),
        about=top.text("about"),
        version=top.text("version"),
        locale=top.text("locale"),
        checked=_looked_at(top),
        date_form=top.text("date_form"),
        nameless=top.text("nameless"),
        gives_code=code.yes("at_once", default=False),
        code_says=_code_says(code),
        country=country,
        region=region,
        decisions=MappingProxyType(_decisions(top.table("decisions"))),
        limits=_limits(top.table("limits")),
        letters=MappingProxyType(_letters(top.table("letters"))),
        sources=top.table("sources").mapping(),
    )
    if not rules.sources:
        raise PackError("sources", "there is none", "name the document and the section that the rules come from")
    top.done((*_TOP, "decisions", "limits", "letters", "sources"))
    _check_met(rules)
    return rules


def _code_says(code: Table) -> str:
    says = code.text("says")
    if "{code}" not in says:
        raise PackError("code.says", "{code} is missing", "put it where the customer is told it")
    code.done(("at_once", "says"))
    return says


def _calendar(top: Table) -> tuple[str, str]:
    if "calendar" not in top.keys():  # noqa: SIM118 - a table is no mapping
        return "", ""
    calendar = top.table("calendar")
    country, region = calendar.text("country"), calendar.text("region", "-")
    region = "" if region == "-" else region
    calendar.done(("country", "region"))
    known = holidays.list_supported_countries()
    if country not in known:
        raise PackError("calendar.country", f"no holidays are known for {country!r}", "name it by two letters, like GB")
    if region and region not in known[country]:
        raise PackError("calendar.region", f"{region!r} is not known", f"use one of: {', '.join(known[country])}")
    return country, region


def _decisions(table: Table) -> dict[Decision, str]:
    found = {decision: table.text(decision) for decision in Decision}
    table.done(Decision)
    return found


def _limits(table: Table) -> tuple[Limit, ...]:
    found = tuple(_limit(name, one) for name, one in table.tables())
    if not found:
        raise PackError("limits", "there is none", "write one, like [limits.final_response]")
    return found


def _limit(name: str, table: Table) -> Limit:
    within = table.whole("within", 0, _MOST)
    limit = Limit(
        name=name,
        duty=table.one_of("duty", Duty),
        within=within,
        unit=table.one_of("unit", Unit),
        met_by=table.some_of("met_by", LetterKind),
        source=table.text("source"),
        checked=_looked_at(table),
        counts=table.one_of("counts", From) if "counts" in table.keys() else From.WORDS,  # noqa: SIM118
        binds=table.yes("binds", default=True),
        pauses=table.yes("pauses", default=False),
        extends_to=table.whole("extends_to", within, _MOST, default=within),
        warn_days=table.whole("warn_days", 0, 30, default=3),
        valid_from=_day(table, "valid_from", FOREVER[0]),
        valid_until=_day(table, "valid_until", FOREVER[1]),
    )
    if not limit.met_by:
        raise PackError(f"{table.where}.met_by", "it names no letter", "name the letters that do what it asks for")
    if limit.valid_from > limit.valid_until:
        raise PackError(f"{table.where}.valid_until", "it ends before it begins", "turn the two days around")
    table.done(_LIMIT)
    return limit


def _looked_at(table: Table) -> date | None:
    return day_in(table, "checked") if "checked" in table.keys() else None  # noqa: SIM118


def _day(table: Table, key: str, default: date) -> date:
    return day_in(table, key) if key in table.keys() else default  # noqa: SIM118


def _letters(table: Table) -> dict[LetterKind, LetterForm]:
    kinds = [key for key in table.keys() if key in set(LetterKind)]  # noqa: SIM118
    found = {LetterKind(key): _letter(LetterKind(key), table.table(key)) for key in kinds}
    table.done(LetterKind)
    for needed in (LetterKind.ACKNOWLEDGEMENT, LetterKind.FINAL_RESPONSE):
        if needed not in found:
            raise PackError("letters", f"{needed} is missing", f"write it as [letters.{needed}]")
    return found


def _letter(kind: LetterKind, table: Table) -> LetterForm:
    title, encloses = table.text("title"), table.texts("encloses")
    parts = {name: _part(part) for name, part in table.table("parts").tables()}
    table.done(("title", "encloses", "parts"))
    said = {place for part in parts.values() for place in places_of(part.text)}
    for missing in sorted(NEEDS[kind] - said):
        raise PackError(f"{table.where}.parts", f"{{{missing}}} is missing", "every such letter has to say it; add it")
    return LetterForm(title, MappingProxyType(parts), encloses)


def _part(table: Table) -> PartText:
    part = PartText(table.text("text"), table.text("source"))
    table.done(("text", "source"))
    known = KNOWN | OF_THE_HOUSE | TYPED
    for unknown in sorted(set(places_of(part.text)) - known):
        raise PackError(f"{table.where}.text", f"{{{unknown}}} is not known", f"use one of: {', '.join(sorted(known))}")
    return part


def _check_met(rules: RuleSet) -> None:
    """A limit that no letter of the set could ever meet would be missed by everybody."""
    for limit in rules.limits:
        if not any(kind in rules.letters for kind in limit.met_by):
            raise PackError(f"limits.{limit.name}.met_by", "none of these letters is there", "write one under letters")
