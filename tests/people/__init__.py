"""The people that the tests know: Amira who answers, Mr Doyle who is angry, and the refund that is late."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from levelhead.conversation import Channel, Speaker, Turn

AMIRA = "Amira"
"""The agent."""
MR_DOYLE = "Mr Doyle"
"""The customer whose refund is late."""

LONDON = ZoneInfo("Europe/London")
A_THURSDAY = datetime(2025, 3, 6, 10, 42, tzinfo=LONDON)
"""A working day, in the morning."""


def turn(text: str, n: int = 0, speaker: Speaker = Speaker.CUSTOMER, **known: object) -> Turn:
    """One turn of the late refund; anything else about it may be said by name."""
    said = Turn(
        conversation="the-late-refund",
        n=n,
        speaker=speaker,
        text=text,
        channel=Channel.CHAT,
        at=20.0 * n,
        started_at=A_THURSDAY,
        customer=MR_DOYLE,
    )
    return replace(said, **known) if known else said  # type: ignore[arg-type]


def mr_doyle(text: str, n: int = 0, /, **known: object) -> Turn:
    """Something that Mr Doyle says."""
    return turn(text, n, Speaker.CUSTOMER, **known)


def amira(text: str, n: int = 0, /, **known: object) -> Turn:
    """Something that Amira says."""
    return turn(text, n, Speaker.AGENT, **known)


def the_late_refund() -> tuple[Turn, ...]:
    """A chat that starts badly and ends well: a refund was promised twice and has not come."""
    return (
        amira("Hello, you're through to Amira. How can I help today?", 0),
        mr_doyle("You can give me my money back. This is the third time I've had to ask for it.", 1),
        mr_doyle("I was told five working days. It's been three weeks and nobody has rung me. I'm furious.", 2),
        amira("Twice promised and still not there: I'd be angry too, Mr Doyle. I'm sorry the refund is late.", 3),
        amira("Could you give me the order number, so that I can see where it stopped?", 4),
        mr_doyle("It's order 48213, £64.99. The kettle was sent back on the 12th of February.", 5),
        amira("Thank you. Order 48213, £64.99, kettle back with us on 12 February. Have I got that right?", 6),
        mr_doyle("Yes. So when do I get it?", 7),
        amira(
            "I've just released it. It will be in your account by five today, and I'll email you when it has gone.", 8
        ),
        mr_doyle("Right. Well, thank you. That's all I wanted to hear.", 9),
        amira("Is there anything else I can do for you?", 10),
        mr_doyle("No, that's everything. Thanks, Amira.", 11),
    )
