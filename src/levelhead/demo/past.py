"""The demo's past conversations: chosen from the written corpus (`training/demo_past.py`) and dated back from today."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from hashlib import sha256
from importlib import resources
from random import Random
from typing import Any, Final
from zoneinfo import ZoneInfo

from levelhead.conversation import Channel, Speaker, Turn
from levelhead.demo.addresses import with_address

PREFIX: Final = "past-"
"""Ids of past conversations begin like this; ids of those that are playing do not."""
SEED: Final = 2026
WEEK: Final = timedelta(days=7)
_SPEAKERS: Final = {"c": Speaker.CUSTOMER, "a": Speaker.AGENT, "s": Speaker.SUPERVISOR, "b": Speaker.BOT}
_LAST_AT_LEAST: Final = timedelta(minutes=20)
"""Before now: what is over may be dealt with until then."""


@dataclass(frozen=True, slots=True)
class Past:
    """One past conversation: `week` counts back from this one, `day` is the weekday, `at` the time on the clock."""

    id: str
    channel: Channel
    locale: str
    customer: str
    week: int
    day: int
    at: time
    said: tuple[tuple[Speaker, float, str], ...]

    @property
    def lasts(self) -> timedelta:
        """From the first turn to the last."""
        return timedelta(seconds=self.said[-1][1])

    def began(self, now: datetime) -> datetime:
        """The latest moment of its week and weekday after which all of it is over by now; in the zone of `now`."""
        day = now.date() - timedelta(days=(now.weekday() - self.day) % 7) - self.week * WEEK
        began = datetime.combine(day, self.at, tzinfo=now.tzinfo)
        while began + self.lasts > now - _LAST_AT_LEAST:
            began -= WEEK
        return began

    def turns(self, began: datetime) -> Iterator[Turn]:
        """Its turns, if it began then."""
        for n, (speaker, at, text) in enumerate(self.said):
            yield Turn(
                conversation=self.id,
                n=n,
                speaker=speaker,
                text=text,
                channel=self.channel,
                locale=self.locale,
                at=at,
                started_at=began,
                customer=self.customer,
                customer_ref=self.reference,
            )

    @property
    def reference(self) -> str:
        """What the demo's shop calls the customer; on social media it knows them by another account."""
        return reference(self.customer, social=self.channel is Channel.SOCIAL)

    def chance(self, of: str) -> Random:
        """Chance that is the same at every start, for this conversation and this purpose."""
        return Random(f"{SEED}:{self.id}:{of}")  # noqa: S311 - nobody's secret


def reference(customer: str, *, social: bool = False) -> str:
    """What the demo's shop calls a customer."""
    known = f"{customer} elsewhere" if social else customer
    return f"{int(sha256(known.encode()).hexdigest(), 16) % 900_000 + 100_000}"


def load_past() -> tuple[Past, ...]:
    """All past conversations, in the order of their ids."""
    lines = resources.files("levelhead.demo").joinpath("past.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(_past(json.loads(line)) for line in lines)


def in_zone(now: datetime, zone: str) -> datetime:
    """The moment on the clock of this zone."""
    return now.astimezone(ZoneInfo(zone))


def _past(told: dict[str, Any]) -> Past:
    past = Past(
        PREFIX + told["id"],
        Channel(told["channel"]),
        told["locale"],
        told["customer"],
        told["week"],
        told["day"],
        time.fromisoformat(told["time"]),
        tuple((_SPEAKERS[speaker], float(at), text) for speaker, at, text in told["turns"]),
    )
    return replace(past, said=with_address(past.customer, past.said, past.chance("address")))
