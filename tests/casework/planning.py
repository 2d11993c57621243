"""A plan as the tests know it: Hana Weber looks after Mr Doyle, by phone, on Tuesdays."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from levelhead.casework.arrangement import Signed
from levelhead.casework.plan import Plan
from levelhead.casework.plan_times import Window
from levelhead.conversation import Channel

NOW = datetime(2025, 3, 6, 12, tzinfo=UTC)
HANA, BEN = UUID(int=7), UUID(int=8)
AMIRA, SAM, JO = (
    Signed(UUID(int=place), name, NOW) for place, name in enumerate(("Amira", "Sam Okafor", "Jo March"), 1)
)
TUESDAYS = Window(1, time(10), time(12))


def plan(**known: Any) -> Plan:
    """A plan that lacks nothing, with whatever else is said by name."""
    body = Plan(
        reason="You have rung us seven times since January about one refund, and told it to six of us.",
        adjustments="We asked: you would rather speak than write, and with somebody who knows the case.",
        appeal_to="Ring 020 7946 0000 or tell any of us",
        proposed=AMIRA,
        expires_at=NOW + timedelta(days=90),
        review_at=NOW + timedelta(days=45),
        contact=HANA,
        contact_name="Hana Weber",
        channel=Channel.VOICE,
        times=(TUESDAYS,),
        locale="en-GB",
    )
    return replace(body, **known)
