"""What is counted and timed, for Prometheus. Labels are ours and few: no words, no names and no ids of anybody."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info
from prometheus_client.gc_collector import GCCollector
from prometheus_client.process_collector import ProcessCollector

from levelhead import __version__
from levelhead.casework.boundary_policy import Policy
from levelhead.casework.helplines import Helplines
from levelhead.casework.plan_pack import PlanPack
from levelhead.conversation import Heard
from levelhead.live.condition import Condition
from levelhead.live.outbox_schedule import Verdict
from levelhead.storage.outbox import Standing
from levelhead.storage.refusals import CannotKeep, Refused

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""A turn takes about ten milliseconds; what takes a second is felt by the person who waits for the card."""


class Meters:
    """One set of meters with a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        to = self.registry
        self.turns = Counter("levelhead_turns", "Turns by who said them and what came of them.", _TURNS, registry=to)
        self.turn_seconds = Histogram(
            "levelhead_turn_seconds",
            "From a turn's arrival at the desk until it is on disk.",
            buckets=SECONDS,
            registry=to,
        )
        self.cards = Counter(
            "levelhead_cards", "Cards that were raised, by what they are about.", ["kind"], registry=to
        )
        self.outbox = Gauge(
            "levelhead_outbox_events", "Events in the outbox that did not arrive.", ["state"], registry=to
        )
        self.outbox_lag = Gauge("levelhead_outbox_lag_seconds", "Age of the oldest event that waits.", registry=to)
        self.attempts = Counter("levelhead_outbox_attempts", "Attempts to send an event.", ["outcome"], registry=to)
        self.degraded = Gauge("levelhead_degraded", "1 while a part is missing or in trouble.", ["part"], registry=to)
        self.unchecked = Gauge(
            "levelhead_unchecked",
            "Dated texts and numbers that nobody has looked at for twelve months, or ever.",
            ["what"],
            registry=to,
        )
        self.language_model = Counter(
            "levelhead_language_model", "Questions to the language model, by outcome.", ["outcome"], registry=to
        )
        self.mail = Counter("levelhead_mail", "Attempts to hand a mail over, by outcome.", ["outcome"], registry=to)
        Info("levelhead_build", "What is running.", registry=to).info({"version": __version__})

    @contextmanager
    def turn(self, speaker: str) -> Iterator[None]:
        """Time a turn at the desk and count what comes of it."""
        began, outcome = perf_counter(), "broken"
        try:
            yield
            outcome = "kept"
        except CannotKeep:
            outcome = "not_kept"
            raise
        except Refused:
            outcome = "refused"
            raise
        finally:
            self.turns.labels(speaker, outcome).inc()
            self.turn_seconds.observe(perf_counter() - began)

    def heard(self, heard: Heard) -> None:
        """Count the card that a turn raised."""
        if heard.advice.card:
            self.cards.labels(heard.advice.card.kind.value).inc()

    def reworded(self, outcome: str) -> None:
        """Count a question to the language model."""
        self.language_model.labels(outcome).inc()

    def posted(self, came: str) -> None:
        """Count an attempt of the postman."""
        self.mail.labels(came).inc()

    def attempted(self, verdict: Verdict) -> None:
        """Count an attempt of the courier."""
        self.attempts.labels(verdict.value).inc()

    def stand(self, condition: Condition, outboxes: list[Standing], now: float) -> None:
        """Take over how things stand at this moment (seconds since 1970)."""
        for part, trouble in condition.troubles.items():
            self.degraded.labels(part.value).set(trouble is not None)
        self.outbox.labels("waiting").set(sum(standing.waiting for standing in outboxes))
        self.outbox.labels("dead").set(sum(standing.dead for standing in outboxes))
        oldest = [standing.oldest.timestamp() for standing in outboxes if standing.oldest]
        self.outbox_lag.set(max(0.0, now - min(oldest)) if oldest else 0.0)

    def look_at_dates(
        self, policies: Iterable[Policy], plans: Iterable[PlanPack], helplines: Helplines, now: datetime
    ) -> None:
        """Count what somebody has to look at again."""
        self.unchecked.labels("boundary_policies").set(sum(policy.is_old(now) for policy in policies))
        self.unchecked.labels("plan_packs").set(sum(pack.is_old(now) for pack in plans))
        self.unchecked.labels("help_lines").set(len(helplines.old(now)))


_TURNS = ("speaker", "outcome")
