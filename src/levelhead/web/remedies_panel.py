"""The panel *remedies*: what went wrong in the customer's words, the options, and where the chosen one stands."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from levelhead.casework.item import Evidence, Item
from levelhead.casework.remedy import CHOOSING, Remedied, RemedyState
from levelhead.casework.remedy_options import Authority, Option
from levelhead.casework.remedy_pack import FactNeeded, Remedies, Wrong, register_of
from levelhead.live.remedying import Look
from levelhead.people.permission import Action, may
from levelhead.people.person import Person
from levelhead.storage.objections import Objections, as_put_right
from levelhead.web import times
from levelhead.web.panel import Looked, Panel
from levelhead.web.remedies_here import approvers, pack_of, remedying_at
from levelhead.web.words import Words

KEY = "r"


@dataclass(frozen=True, slots=True)
class OptionLine:
    """An option as a line: `cost` as it is written, '' where it costs no money; `asks`: somebody has to approve it.

    `leads` is the first that may be offered at once, whose button is the one of the panel.
    """

    option: Option
    cost: str
    asks: bool
    leads: bool


@dataclass(frozen=True, slots=True)
class RemedyShown:
    """The panel at one moment. `wrong` is None while it has to be asked; `among` are those to ask about.

    `settled`: something was granted and nothing has been begun since, so that what else there is may fold.
    """

    state: RemedyState
    chooses: bool
    wrong: Wrong | None
    among: tuple[Wrong, ...]
    others: tuple[Wrong, ...]
    evidence: tuple[Evidence, ...]
    missing: tuple[FactNeeded, ...]
    facts: tuple[FactNeeded, ...]
    amount: str
    days_late: str
    delivered: str
    options: tuple[OptionLine, ...]
    reason: str
    chosen: str
    key: str
    cost: str
    sentence: str
    approver: str
    answer: str
    left: str
    sorry: str
    approvers: tuple[Person, ...]
    given: tuple[str, ...]
    settled: bool
    may_answer: UUID | None
    is_old: bool


def remedies_panel(looked: Looked) -> Panel | None:
    """The panel for whoever may grant remedies here."""
    if not looked.timeline or not may(looked.page.person, Action.GRANT_REMEDY, looked.whose):
        return None
    shown = _shown(looked)
    return Panel("remedies", {"remedy": shown}, news=_news(shown, looked.page.words), key=KEY)


def _shown(looked: Looked) -> RemedyShown:
    page = looked.page
    timeline = as_put_right(looked.timeline, Objections(page.shelf).of(looked.conversation))
    pack = pack_of(page.desk, timeline)
    look = remedying_at(page, timeline).look(looked.whose.team)
    body = look.item.body if look.item else None
    wrong = pack.wrongs.get(look.wrong) if look.wrong else None
    among = tuple(pack.wrongs[key] for key in look.found.among)
    evidence = body.evidence if body else look.found.evidence
    asked = body.request if body else None
    back = pack.back[register_of(timeline[-1].turn.channel)]
    sorry = {RemedyState.REFUSED: back.refused, RemedyState.LAPSED: back.lapsed}.get(look.state, "")
    chosen = body.chosen if body else None
    given = tuple(_given(one, page.now, page.words) for one in look.before if one.body.granted)
    return RemedyShown(
        state=look.state,
        chooses=look.state in CHOOSING,
        wrong=wrong,
        among=among,
        others=tuple(one for one in pack.wrongs.values() if one is not wrong and (wrong or one not in among)),
        evidence=evidence,
        missing=look.missing,
        facts=wrong.needs if wrong else (),
        amount=pack.currency.written(look.facts.amount) if look.facts.amount is not None else "",
        days_late="" if look.facts.days_late is None else str(look.facts.days_late),
        delivered={None: "", True: "yes", False: "no"}[look.facts.delivered],
        options=_lines(look.options, pack),
        reason=_reason(wrong, look.facts.days_late, page.words),
        chosen=chosen.name if chosen else "",
        key=chosen.key if chosen else "",
        cost=pack.currency.written(chosen.minor) if chosen and chosen.cost else "",
        sentence=chosen.sentence if chosen else "",
        approver=(asked.answer.by.name if asked.answer else asked.to_name) if asked else "",
        answer=asked.answer.words if asked and asked.answer else "",
        left=time_left(asked.until, page.now, page.words) if asked else "",
        sorry=sorry.format(what=_in_sentence(chosen.name)) if sorry and chosen else "",
        approvers=approvers(page.shelf, page.place.presence, looked.whose, page.person, page.now),
        given=given,
        settled=bool(given) and look.item is None,
        may_answer=_may_answer(look, looked),
        is_old=pack.is_old(page.now),
    )


def time_left(until: datetime, now: datetime, words: Words) -> str:
    """How long somebody has for an answer yet."""
    return times.span(max(0.0, (until - now).total_seconds()), words)


def _lines(options: tuple[Option, ...], pack: Remedies) -> tuple[OptionLine, ...]:
    first = next((one for one in options if one.authority is Authority.GRANT), None)
    return tuple(
        OptionLine(
            option=one,
            cost=pack.currency.written(one.cost.minor) if one.cost else "",
            asks=one.authority is Authority.ASK,
            leads=one is first,
        )
        for one in options
    )


def _reason(wrong: Wrong | None, days: int | None, words: Words) -> str:
    """What a request says before anybody has changed it; the customer's words go along with it by themselves."""
    if wrong is None:
        return ""
    return words("remedy.reason_days", wrong=wrong.name, count=days) if days else wrong.name


def _in_sentence(name: str) -> str:
    return name[:1].lower() + name[1:]


def _given(item: Item[Remedied], now: datetime, words: Words) -> str:
    grant = item.body.granted
    if grant is None:
        return ""
    return words("remedy.given", what=grant.chosen.name, name=grant.by.name, ago=times.ago(grant.by.at, now, words))


def _may_answer(look: Look, looked: Looked) -> UUID | None:
    """The id of what is asked for, where whoever looks may answer it here."""
    asked = look.item.body.request if look.item and look.state is RemedyState.REQUESTED else None
    if asked is None or look.item is None or asked.by.person == looked.page.person.id:
        return None
    return look.item.id if may(looked.page.person, Action.APPROVE_REMEDY, looked.whose) else None


def _news(shown: RemedyShown, words: Words) -> str:
    if shown.settled:
        return words("remedy_news.granted")
    if shown.state is RemedyState.PROPOSED:
        return shown.wrong.name if shown.wrong else ""
    return words(f"remedy_news.{shown.state}", name=shown.approver)
