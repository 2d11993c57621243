"""The panel *complaint*: one quiet question where there may be one, how it stands where it is one."""

from dataclasses import dataclass

from levelhead.casework.complaint import STANDING, ComplaintState
from levelhead.casework.spoken import saying
from levelhead.live.complaint_ledger import Complaints
from levelhead.live.speaking import told_language
from levelhead.people.permission import Action, may
from levelhead.web.complaint_lines import ComplaintLine, line_of
from levelhead.web.panel import Looked, Panel
from levelhead.web.promised import cases_of

KEY = "o"


@dataclass(frozen=True, slots=True)
class Shown:
    """The panel at one moment; `line` is None where nobody has said or heard anything of a complaint."""

    line: ComplaintLine | None
    say: str
    acts: bool
    has_letters: bool


def complaint_panel(looked: Looked) -> Panel | None:
    """The panel for whoever may see complaints here; always there, since nobody is told that they cannot complain."""
    page = looked.page
    if not looked.timeline or not may(page.person, Action.SEE_COMPLAINTS, looked.whose):
        return None
    told = told_language(page.desk.books, looked.conversation)
    complaints = Complaints(cases_of(page.request), saying(looked.timeline, told))
    item = complaints.of(looked.conversation)
    line = line_of(page, item) if item else None
    rules = complaints.rules_of(item.body) if item else None
    gives = rules is not None and rules.gives_code and item is not None and item.state in STANDING
    shown = Shown(
        line,
        rules.code_says.replace("{code}", item.body.code) if gives and rules and item else "",
        may(page.person, Action.KEEP_COMPLAINTS, looked.whose),
        bool(item and item.body.letters),
    )
    return Panel("complaint", {"complaint": shown}, news=_news(looked, line), key=KEY)


def _news(looked: Looked, line: ComplaintLine | None) -> str:
    words = looked.page.words
    if line is None or line.state is ComplaintState.NOT_ONE:
        return ""
    if line.state is ComplaintState.PROPOSED:
        return words("complaint.news_ask")
    return words("complaint.news_limit") if line.at_limit else words(f"complaint_is.{line.state}")
