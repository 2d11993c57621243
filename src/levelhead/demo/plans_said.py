"""What the plans of the demo's past rest on, and what would make it easier for them, in words that they read."""

from dataclasses import dataclass
from datetime import time
from typing import Final

from levelhead.casework.plan_times import Window
from levelhead.conversation import Channel


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a plan proposes and why."""

    channel: Channel
    times: tuple[Window, ...]
    reason: str
    adjustments: str


_MORNINGS: Final = (Window(1, time(10), time(11)), Window(3, time(10), time(11)))
_EVENINGS: Final = (Window(0, time(17), time(18)), Window(2, time(17), time(18)), Window(4, time(17), time(18)))
_NOON: Final = (Window(2, time(12), time(13)),)

REVIEWED: Final = Proposal(
    Channel.VOICE,
    _MORNINGS,
    "Each of us who answered promised you something, and none of us had seen what the one before had noted.",
    "Calls tire you: we ring at a time that you choose, keep it short, and send in writing what was agreed.",
)
ENDED: Final = Proposal(
    Channel.EMAIL,
    _NOON,
    "You were passed on between two of our teams, and each of them waited for the other.",
    "You asked for mails instead of calls at work. We write, and ring only when you ask us to.",
)
OBJECTED: Final = Proposal(
    Channel.VOICE,
    _MORNINGS,
    "You have had two different answers to one question, and we did not tell you which of them holds.",
    "You would like somebody beside you when we speak. They may be on the line.",
)
IN_FORCE: Final = Proposal(
    Channel.EMAIL,
    _MORNINGS,
    "Whoever answered about your case began anew. One of us now sees it through.",
    "We asked whether ringing suits you: you would rather have it in writing, and may ring all the same.",
)
REFUSED: Final = Proposal(
    Channel.VOICE,
    _NOON,
    "You were in touch twice, and both times it broke off before anything was agreed.",
    "You told us that nothing else is needed: a call on one day is enough.",
)
CHANGED: Final = Proposal(
    Channel.VOICE,
    _EVENINGS,
    "You had to tell the whole of it again each time, to somebody who knew none of it.",
    "Evenings are easier, since you look after your father during the day.",
)
AGREED: Final = Proposal(
    Channel.CHAT,
    _NOON,
    "What was promised to you was noted in three places, and nobody saw all of it.",
    "English is your second language: we write short sentences, and you may take your time to answer.",
)
PROPOSED: Final = Proposal(
    Channel.VOICE,
    _EVENINGS,
    "You asked for the same thing twice, and we sent you from one to the other.",
    "You cannot speak freely at work. We ring after five, and leave nothing on the machine but our name.",
)
