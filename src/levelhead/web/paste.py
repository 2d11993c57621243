"""Something pasted becomes turns: a transcript by its "Customer:" and "Agent:", anything else is the customer."""

import re
from typing import NamedTuple

from levelhead.conversation import Channel, Speaker
from levelhead.conversation.languages import AMERICAN, BRITISH, nearest
from levelhead.listening.language import language_of

MOST_CHARACTERS = 40_000
MOST_TURNS = 200

_WHO = {
    Speaker.CUSTOMER: (
        *("customer", "client", "caller", "user", "guest", "member", "patient"),
        *("kunde", "kundin", "cliente", "clienta"),
    ),
    Speaker.AGENT: (
        *("agent", "adviser", "advisor", "support", "rep", "representative", "assistant", "operator", "staff"),
        *("berater", "beraterin", "beratung", "mitarbeiter", "mitarbeiterin", "agente", "asesor", "asesora"),
    ),
    Speaker.SUPERVISOR: ("supervisor", "manager", "team leader", "teamleitung", "responsable"),
    Speaker.BOT: ("bot", "robot", "chatbot"),
}
_SPEAKER = {name: speaker for speaker, names in _WHO.items() for name in names}
_BEGINS = re.compile(
    rf"^\s*(?:\[[^\]]{{1,20}}\]\s*)?(?P<who>{'|'.join(_SPEAKER)})(?:\s*\([^)]{{1,40}}\))?\s*:\s*(?P<text>.*)$",
    re.IGNORECASE,
)
# Longer than this and in paragraphs is a mail, not a chat message.
_MAIL_WORDS = 60
_SIGNED = re.compile(r"(?:[A-ZÀ-Þ][\w'’.-]*\s?){1,4}")
_LONGEST_NAME = 40


class Pasted(NamedTuple):
    """Who said what, in order; the channel it looks like; the name that a mail is signed with."""

    turns: tuple[tuple[Speaker, str], ...]
    channel: Channel
    customer: str | None


def pasted(text: str) -> Pasted:
    """The turns of a pasted text; none when it is blank."""
    turns = _turns(text.replace("\r\n", "\n").replace("\r", "\n"))
    is_mail = len(turns) == 1 and _looks_like_mail(turns[0][1])
    return Pasted(turns, Channel.EMAIL if is_mail else Channel.CHAT, _signature(turns[0][1]) if is_mail else None)


def locale_of(found: Pasted, shown_in: str) -> str:
    """The tag of what was pasted into a page in this language: that of the page, but for English in another one."""
    if nearest(shown_in) in (BRITISH, AMERICAN):
        return shown_in
    text = " ".join(words for _, words in found.turns)
    return BRITISH if language_of(text).readable else shown_in


def _turns(text: str) -> tuple[tuple[Speaker, str], ...]:
    turns: list[tuple[Speaker, list[str]]] = []
    for line in text.split("\n"):
        begins = _BEGINS.match(line)
        if begins:
            turns.append((_SPEAKER[begins["who"].lower()], [begins["text"]]))
        elif turns:
            turns[-1][1].append(line)
        elif line.strip():
            turns.append((Speaker.CUSTOMER, [line]))
    said = ((speaker, "\n".join(lines).strip()) for speaker, lines in turns)
    return tuple((speaker, words) for speaker, words in said if words)


def _looks_like_mail(text: str) -> bool:
    return "\n\n" in text or len(text.split()) > _MAIL_WORDS


def _signature(text: str) -> str | None:
    last = text.rstrip().split("\n")[-1].strip(" ,")
    return last if len(last) <= _LONGEST_NAME and _SIGNED.fullmatch(last) and not last.endswith(".") else None
