"""The panel *follow-up*: whether somebody asks if it worked, and by when; before there is one, a way to plan it."""

from levelhead.casework.follow_up import OPEN, FollowUpState
from levelhead.casework.item import Kind
from levelhead.people.permission import Action, may
from levelhead.web.follow_up_lines import lines_of
from levelhead.web.panel import Looked, Panel
from levelhead.web.promised import cases_of

KEY = "f"


def follow_up_panel(looked: Looked) -> Panel | None:
    """The panel for whoever may see follow-ups here."""
    page = looked.page
    if not looked.timeline or not may(page.person, Action.SEE_FOLLOW_UPS, looked.whose):
        return None
    items = cases_of(page.request).of_conversation(looked.conversation, Kind.FOLLOW_UP)
    lines = lines_of(page, sorted(items, key=lambda item: (item.state not in OPEN, item.due_at or item.changed_at)))
    acts = may(page.person, Action.KEEP_FOLLOW_UPS, looked.whose)
    first = next((line for line in lines if line.state in OPEN), None)
    news = ""
    if first is not None:
        is_told = first.state is not FollowUpState.TO_DO
        news = page.words(f"follow_up_is.{first.state}") if is_told else first.when
    return Panel("follow_up", {"follow_ups": lines, "acts": acts, "has_open": first is not None}, news=news, key=KEY)
