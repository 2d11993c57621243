"""When answers to cards become a proposal, from its TOML: whole, or refused with the place and the mend."""

import tomllib
from datetime import timedelta

from levelhead.advising.table import PackError, Table
from levelhead.casework.teaching import Proposing

_LONGEST_DAYS = 366


def parse_proposing(text: str) -> Proposing:
    """The figures in this TOML text. Raises PackError."""
    try:
        top = Table(tomllib.loads(text), "")
    except tomllib.TOMLDecodeError as error:
        raise PackError("the file", f"is not TOML ({error})", "mend that line") from error
    proposing, lasting = top.table("proposing"), top.table("lasting")
    top.text("version")
    found = Proposing(
        window=timedelta(days=proposing.whole("window_days", 1, _LONGEST_DAYS)),
        least_answers=proposing.whole("least_answers", 1, 1_000),
        least_conversations=proposing.whole("least_conversations", 1, 1_000),
        wrong_share=proposing.number("wrong_share", 0, 1),
        not_now_share=proposing.number("not_now_share", 0, 1),
        from_intensity=proposing.whole("from_intensity", 1, 3),
        silent_for=timedelta(days=lasting.whole("silent_days", 1, _LONGEST_DAYS)),
        declined_for=timedelta(days=lasting.whole("declined_days", 1, _LONGEST_DAYS)),
    )
    proposing.done(_PROPOSING)
    lasting.done(("silent_days", "declined_days"))
    top.done(("version", "proposing", "lasting"))
    return found


_PROPOSING = (
    "window_days",
    "least_answers",
    "least_conversations",
    "wrong_share",
    "not_now_share",
    "from_intensity",
)
