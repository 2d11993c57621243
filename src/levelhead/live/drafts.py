"""An unsent reply, read as if the agent had said it next and checked against the conversation so far."""

from collections.abc import Callable

from levelhead.advising.draft import check_draft
from levelhead.advising.pack import Pack
from levelhead.conversation import Channel, DraftCheck, Speaker, Timeline, Turn
from levelhead.listening.listen import listen
from levelhead.listening.reader import Reader


def check(draft: str, so_far: Timeline, reader: Reader | None, pack_for: Callable[[str], Pack]) -> DraftCheck:
    """The findings in a redacted draft; without a reading model, those that need none."""
    turn = as_turn(draft, so_far)
    reading = listen(turn, so_far, reader=reader) if reader else None
    return check_draft(draft, so_far, pack_for(turn.locale), reading)


def as_turn(draft: str, so_far: Timeline) -> Turn:
    """The turn that the draft would become; before anything was said, a British chat."""
    if not so_far:
        return Turn(conversation="", n=0, speaker=Speaker.AGENT, text=draft, channel=Channel.CHAT)
    last = so_far[-1].turn
    return Turn(
        conversation=last.conversation,
        n=last.n + 1,
        speaker=Speaker.AGENT,
        text=draft,
        channel=last.channel,
        locale=last.locale,
        at=last.at,
        started_at=last.started_at,
        customer=last.customer,
    )
