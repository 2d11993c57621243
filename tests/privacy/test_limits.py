"""Long and strange texts take no longer than they must: nobody can stop the desk with one turn."""

from time import process_time

import pytest

from levelhead.conversation import Channel, Speaker, Turn
from levelhead.privacy.redact import redact, redact_turn

STRANGE = (
    "?" * 20_000,
    "4 " * 8_000,
    "password is " * 1_600,
    "a" * 20_000,
    ". " * 10_000,
    "\n" * 20_000,
    "pin is " * 2_500,
)


@pytest.mark.parametrize("text", STRANGE, ids=lambda text: repr(text[:8]))
def test_a_strange_text_is_done_within_seconds(text: str) -> None:
    asked = Turn("t", 0, Speaker.AGENT, f"what is your password {text}", Channel.CHAT)
    answer = Turn("t", 1, Speaker.CUSTOMER, text, Channel.CHAT)
    began = process_time()
    redact(text)
    redact_turn(answer, [asked])
    redact_turn(asked, [answer, Turn("t", 2, Speaker.CUSTOMER, "[password]", Channel.CHAT)])
    assert process_time() - began < 10  # a hundred times what it takes; a regex gone wrong takes minutes
