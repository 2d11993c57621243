"""Which remedies to offer for a wrong: two or three, the same for the same case, and never above anyone's authority.

What this team has granted for the same wrong lately comes first and says so, then what is owed, then the pack's order.
Nothing of the customer but the facts of the case plays a part.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from levelhead.casework.money import LARGEST, Money, share_of
from levelhead.casework.remedy_pack import FactNeeded, Law, Measure, Offering, Register, Remedies, RemedyKind, Wrong
from levelhead.people.person import Role

MOST: Final = 3


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the case, None while it is not: whether it came, how late, what was paid in minor units."""

    delivered: bool | None = None
    days_late: int | None = None
    amount: int | None = None
    order: str = ""

    def missing(self, needed: tuple[FactNeeded, ...]) -> tuple[FactNeeded, ...]:
        """Those of the needed facts that nobody has given yet."""
        return tuple(fact for fact in needed if getattr(self, fact.value) is None)


class Authority(StrEnum):
    """What the one who answers can do with an option: grant it, or ask somebody who may."""

    GRANT = "grant"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Option:
    """A remedy that can be offered now. `cost` is None where it costs no money; `law` is None where it is goodwill.

    `precedents` counts how often this team has granted it for the same wrong lately.
    """

    key: str
    kind: RemedyKind
    name: str
    cost: Money | None
    sentence: str
    authority: Authority
    law: Law | None = None
    precedents: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """What options are worked out from. `spent` is what the customer was given within a month, in minor units.

    `precedents` counts what this team granted for the same wrong lately; `without` are remedies that somebody above
    has refused, `declined` those that the customer did not want: these come last.
    """

    wrong: str
    facts: Facts
    today: date
    spent: int = 0
    precedents: Mapping[str, int] | None = None
    without: frozenset[str] = frozenset()
    declined: frozenset[str] = frozenset()


def options_for(pack: Remedies, case: Case, role: Role, register: Register) -> tuple[Option, ...]:
    """Two or three options, one of which whoever has this role may grant at once. Empty for a role that grants none.

    What would be above a supervisor's authority too is not among them.
    """
    if role not in pack.limits:
        return ()
    wrong = pack.wrongs[case.wrong]
    possible = [one for offering in wrong.options if (one := _option(pack, wrong, offering, case, role, register))]
    # Stable: where all this is equal, the pack's order decides.
    possible.sort(key=lambda option: (option.key in case.declined, -option.precedents, option.law is None))
    chosen = possible[:MOST]
    if not any(option.cost is None for option in chosen):
        chosen[-1] = next(option for option in possible if option.cost is None)
    return tuple(chosen)


def authority_for(pack: Remedies, role: Role, kind: RemedyKind, cost: int, spent: int) -> Authority | None:
    """What this role can do with a remedy of this cost; None where not even a supervisor may grant it."""
    limits = pack.limits.get(role)
    if limits is None:
        return None
    if limits.allow(kind, cost, spent):
        return Authority.GRANT
    above = pack.limits[Role.SUPERVISOR]
    return Authority.ASK if role is Role.AGENT and above.allow(kind, cost, spent) else None


def _option(
    pack: Remedies, wrong: Wrong, offering: Offering, case: Case, role: Role, register: Register
) -> Option | None:
    cost = cost_of(offering, case.facts)
    if cost is None or offering.key in case.without:
        return None
    authority = authority_for(pack, role, offering.kind, cost, case.spent)
    if authority is None:
        return None
    return Option(
        key=offering.key,
        kind=offering.kind,
        name=offering.name,
        cost=Money(cost, pack.currency.code) if cost else None,
        sentence=_sentence(pack, offering, cost, case.facts, register),
        authority=authority,
        law=_law(pack, wrong, offering, case),
        precedents=(case.precedents or {}).get(offering.key, 0),
    )


def cost_of(offering: Offering, facts: Facts) -> int | None:
    """What it comes to in minor units; None where a fact is missing, or where nothing would be due."""
    if offering.measure is Measure.FREE:
        return 0
    amount = _measured(offering, facts)
    return min(amount, offering.cap or LARGEST, LARGEST) if amount else None


def _measured(offering: Offering, facts: Facts) -> int | None:
    if offering.measure is Measure.FIXED:
        return offering.value
    if offering.measure is Measure.SHARE:
        return None if facts.amount is None else share_of(facts.amount, offering.value)
    return None if facts.days_late is None else offering.value * max(0, facts.days_late - offering.after_days)


def _sentence(pack: Remedies, offering: Offering, cost: int, facts: Facts, register: Register) -> str:
    order = pack.order_numbered.format(number=facts.order) if facts.order else pack.order
    return offering.says[register].format(amount=pack.currency.written(cost), order=order)


def _law(pack: Remedies, wrong: Wrong, offering: Offering, case: Case) -> Law | None:
    """The rule that owes it, in force today and with every condition met; None makes it goodwill."""
    for rule in wrong.owed:
        law = pack.laws[rule.law]
        if offering.key not in rule.options or not law.holds(case.today):
            continue
        came = rule.delivered is None or rule.delivered is case.facts.delivered
        late = rule.days_late_from is None or (case.facts.days_late or 0) >= rule.days_late_from
        if came and late:
            return law
    return None
