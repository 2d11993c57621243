"""Labels have an end: after so many days what was read in a conversation is dropped, and its words may stay."""

from levelhead.conversation import Advice, Reading

EXPIRED = "What was read in this conversation has expired and was dropped; only the words are left."


def expired_reading() -> Reading:
    """What stands in the place of a reading that has expired."""
    return Reading(language="", readable=False)


def expired_advice() -> Advice:
    """What stands in the place of the advice that was made of it."""
    return Advice(steps={}, quiet_because=EXPIRED)
