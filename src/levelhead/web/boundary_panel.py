"""The panel *boundary*: help lines where a life is at stake, else the rung that is due, in words for this channel."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from levelhead.advising.history import Line
from levelhead.casework import boundary as ladder
from levelhead.casework.boundary import OPEN, Boundary, BoundaryState, Rung
from levelhead.casework.helplines import Helpline
from levelhead.casework.item import Item
from levelhead.conversation import Turn
from levelhead.live.climbing import boundary_of, in_peril
from levelhead.live.helping import standing
from levelhead.live.restricting import Restrictions
from levelhead.people.permission import Action, may
from levelhead.privacy.objections import Mark
from levelhead.privacy.objections import standing as standing_marks
from levelhead.storage.objections import Objections, as_put_right
from levelhead.web.panel import Looked, Panel
from levelhead.web.rendering import Page
from levelhead.web.seeing import shown
from levelhead.web.words import Words

Marks = Mapping[int, tuple[Mark, ...]]
_SHOWN = (*OPEN, BoundaryState.CALMED, BoundaryState.ENDED)
KEY = "b"


@dataclass(frozen=True, slots=True)
class Said:
    """Words that the ladder rests on, as the panel quotes them; `disputed` where the customer says otherwise."""

    n: int
    words: str
    kind: str
    disputed: bool


@dataclass(frozen=True, slots=True)
class Safety:
    """What stands there at once where somebody may be in danger; the line is None where none is known."""

    line: Helpline | None
    checked: str
    is_old: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """The panel at one moment; texts are in the customer's language where they are said, else in the reader's.

    `is_on_card`: the card above says it already, so it is not said twice on one page.
    """

    acts: bool
    safety: Safety | None = None
    called: bool = False
    state: str = ""
    due: Rung | None = None
    say: str = ""
    is_on_card: bool = False
    ask: str = ""
    may_end: bool = False
    told: bool = False
    emergency: str = ""
    seen: tuple[Said, ...] = ()
    policy_is_old: bool = False
    restriction: str = ""
    rungs: tuple[Rung, ...] = tuple(Rung)


def boundary_panel(looked: Looked) -> Panel:
    """The panel; where there is nothing to decide or to know it is empty, and the page does not show it."""
    shown = _shown(looked) if looked.timeline else None
    if shown is None:
        return Panel("boundary", {"boundary": None}, key=KEY)
    news = _news(shown, looked.page.words)
    return Panel("boundary", {"boundary": shown}, news=news, key=KEY, opens=shown.safety is not None)


def _shown(looked: Looked) -> Shown | None:
    page, last = looked.page, looked.timeline[-1].turn
    marks = Objections(page.shelf).of(looked.conversation)
    bare = Shown(
        acts=may(page.person, Action.HOLD_BOUNDARY, looked.whose),
        called=standing(page.desk.cases, looked.conversation) is not None,
        restriction=_restriction(looked),
    )
    lines = tuple(Line(heard.turn, heard.reading) for heard in as_put_right(looked.timeline, marks))
    if in_peril(lines, page.desk.pack_for(last.locale)):
        return replace(bare, safety=_safety(last, page))
    found = boundary_of(page.desk.cases, looked.conversation)
    if found is not None and found.state in _SHOWN:
        return _climbed(bare, found, looked, marks)
    return bare if bare.restriction else None


def _climbed(bare: Shown, found: Item[Boundary], looked: Looked, marks: Marks) -> Shown:
    body, state, last = _undisputed(found.body, marks), BoundaryState(found.state), looked.timeline[-1].turn
    policy, line = looked.page.desk.packs.boundary(last.locale), _line(last, looked.page)
    asks = body.due is Rung.FINAL_WARNING and ladder.must_ask_first(body)
    say = policy.say(body.due, last.channel, body.because.abuse) if body.due else ""
    card = shown(looked.page.request, looked.timeline)[-1].advice.showing
    return replace(
        bare,
        state=state,
        due=body.due,
        say=say,
        is_on_card=card is not None and card.say == say,
        ask=policy.ask(last.channel) if asks else "",
        may_end=ladder.may_end(state, body),
        told=body.told,
        emergency=line.emergency if line and body.was_threat else "",
        seen=_said(body, marks, looked.page.words),
        policy_is_old=policy.is_old(looked.page.now),
    )


def _undisputed(body: Boundary, marks: Marks) -> Boundary:
    """Nothing is proposed on the strength of words that the customer says were no such thing."""
    latest = body.because
    return replace(body, due=None) if latest.abuse in standing_marks(marks.get(latest.n, ())) else body


def _said(body: Boundary, marks: Marks, words: Words) -> tuple[Said, ...]:
    return tuple(
        Said(seen.n, seen.words, words(f"shows.{seen.abuse}"), seen.abuse in standing_marks(marks.get(seen.n, ())))
        for seen in body.seen
    )


def _line(last: Turn, page: Page) -> Helpline | None:
    return page.desk.packs.helplines().of(last.locale)


def _safety(last: Turn, page: Page) -> Safety:
    line = _line(last, page)
    if line is None:
        return Safety(None, "", is_old=True)
    checked = page.words.date("time.day_month_year", line.checked) if line.checked else ""
    return Safety(line, checked, line.is_old(page.now))


def _restriction(looked: Looked) -> str:
    """What holds for this customer, as they were told; '' where nothing does."""
    page = looked.page
    policy = page.desk.packs.boundary(looked.timeline[-1].turn.locale)
    holding = Restrictions(page.desk.books, policy, page.place.clock).holding_for(looked.conversation)
    if holding is None:
        return ""
    ends = page.words.date("time.day_month_year", holding.body.expires_at)
    return page.words("boundary.restricted", ends=ends, meaning=holding.body.meaning)


def _news(shown: Shown, words: Words) -> str:
    if shown.safety is not None:
        return words("boundary_news.safety")
    if shown.due is not None:
        return words("boundary_news.ask" if shown.ask else f"boundary_news.{shown.due}")
    return words(f"boundary_news.{shown.state}") if f"boundary_news.{shown.state}" in words else ""
