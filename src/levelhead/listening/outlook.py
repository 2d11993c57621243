"""Outlook: how the rest of the conversation is likely to go, from the readings so far.

Three small linear models over plain counts (weights by `training/`, signs fixed so that e.g. a repeated fault never
lowers a risk), calibrated for each position. A forecast is shown only at positions where, on conversations it had not
seen, it was calibrated and beat "as angry as now" and "same as last turn"; which those are is written in the settings
by the run that measured it.
"""

from collections.abc import Mapping, Sequence
from math import exp
from typing import Any, NamedTuple

from levelhead.conversation import Abuse, Cue, CustomerReading, Emotion, Fault, Move, Outlook, Reading

HEAT: Mapping[Emotion, float] = {
    Emotion.ANGRY: 1.0,
    Emotion.FRUSTRATED: 0.8,
    Emotion.DISAPPOINTED: 0.5,
    Emotion.ANXIOUS: 0.5,
}
"""How much of an emotion's intensity counts as heat: the "as angry as now" that a forecast has to beat."""

BUCKETS = (2, 5)
"""Positions are counted in customer turns: first to second, third to fifth, sixth and later."""

SOON_ENOUGH = 0.08
"""A reason is named when it moves the forecast by at least this much on the logit scale."""


ASKED = 0.8
"""From this probability on a request for a supervisor counts as made. With less, a false alarm that stays to the end
made the forecast worse than the naive ones on conversations it had not seen."""

PRESENT = 0.3
"""A ground is only named where it is this much there: a probability of .3, or the like of heat, faults and turns."""


class Moment(NamedTuple):
    """A turn's reading as the outlook needs it."""

    of_customer: CustomerReading | None
    moves: Mapping[Move, float]
    faults: Mapping[Fault, float]


REASONS: Mapping[str, str] = {
    "heat_now": "strong words in the last turn",
    "heat_most": "strong words earlier on",
    "heat_rise": "it has become more heated",
    "repeat_contact": "has been in touch about this before",
    "still_unresolved": "says it is still not solved",
    "rejects_offer": "turned down what was offered",
    "exposure": "speaks of a review, a regulator or a lawyer",
    "leave": "speaks of leaving",
    "supervisor": "asked for someone in charge",
    "deadline": "is under time pressure",
    "sarcasm": "sarcastic words",
    "abuse": "abusive words",
    "faults": "replies that missed the point",
    "faults_last": "the last reply missed the point",
    "scripted": "canned replies",
    "vague": "vague replies",
    "transfers": "was passed on",
    "apologies": "several apologies so far",
    "declined": "was told no",
    "length": "it has gone on for long",
    "calm": "calm words in the last turn",
    "accepts": "took up what was offered",
    "resolved": "says it is solved",
    "thanks": "said thank you",
    "solution": "something concrete was offered or done",
    "heard": "the feeling was acknowledged",
    "checked": "was asked whether it is solved",
}


def moment(reading: Reading) -> Moment:
    """A reading reduced to what the outlook looks at."""
    agent = reading.of_agent
    return Moment(reading.of_customer, agent.moves if agent else {}, agent.faults if agent else {})


def heat(reading: CustomerReading) -> float:
    """Intensity (0-3) times the weight of the emotion that the words express."""
    return reading.intensity * HEAT.get(reading.emotion, 0.0)


def soft_heat(reading: CustomerReading) -> float:
    """The same with the probabilities instead of the one label, 0-3."""
    return sum(p * HEAT.get(emotion, 0.0) for emotion, p in reading.emotion_p.items()) * max(1.0, reading.intensity)


def grounds(moments: Sequence[Moment]) -> Mapping[str, float]:
    """What a forecast stands on after these turns, the last one a customer's. Each value grows with what it names."""
    customer = [m.of_customer for m in moments if m.of_customer is not None]
    agent = [m for m in moments if m.of_customer is None and (m.moves or m.faults)]
    heats = [soft_heat(one) for one in customer]
    last = customer[-1]

    def most(cue: Cue) -> float:
        return max(one.cues[cue] for one in customer)

    def bad(one: Moment) -> float:
        return min(1.5, sum(one.faults.get(fault, 0.0) for fault in Fault))

    def times(fault: Fault) -> float:
        return min(3.0, sum(one.faults.get(fault, 0.0) for one in agent))

    def total(move: Move, at_most: float = 3.0) -> float:
        return min(at_most, sum(one.moves.get(move, 0.0) for one in agent))

    return {
        "heat_now": heats[-1],
        "heat_most": max(heats),
        "heat_rise": max(0.0, heats[-1] - heats[0]),
        "repeat_contact": most(Cue.REPEAT_CONTACT),
        "still_unresolved": most(Cue.STILL_UNRESOLVED),
        "rejects_offer": most(Cue.REJECTS_OFFER),
        "exposure": most(Cue.THREATENS_EXPOSURE),
        "leave": most(Cue.THREATENS_TO_LEAVE),
        "supervisor": most(Cue.ASKS_SUPERVISOR),
        "deadline": most(Cue.DEADLINE),
        "sarcasm": most(Cue.SARCASM),
        "abuse": max(1.0 - one.abuse_p[Abuse.NONE] for one in customer),
        "faults": min(4.0, sum(bad(one) for one in agent)),
        "faults_last": bad(agent[-1]) if agent else 0.0,
        "scripted": times(Fault.SCRIPTED),
        "vague": times(Fault.VAGUE),
        "transfers": total(Move.TRANSFER, 2.0),
        "apologies": total(Move.APOLOGISE_GENERIC),
        "declined": total(Move.DECLINE),
        "length": min(len(customer), 12) / 12,
        "calm": last.emotion_p[Emotion.NEUTRAL] + last.emotion_p[Emotion.SATISFIED],
        "accepts": last.cues[Cue.ACCEPTS_OFFER],
        "resolved": last.cues[Cue.CONFIRMS_RESOLVED],
        "thanks": last.cues[Cue.THANKS] * last.emotion_p[Emotion.SATISFIED],
        "solution": total(Move.OFFER_SOLUTION, 1.5) + total(Move.OFFER_CHOICE, 1.5) + total(Move.ACT, 1.5),
        "heard": total(Move.ACKNOWLEDGE_FEELING, 1.5) + total(Move.TAKE_OWNERSHIP, 1.5),
        "checked": total(Move.CHECK_RESOLVED, 2.0),
    }


GOOD = frozenset({"calm", "accepts", "resolved", "thanks", "solution", "heard", "checked"})
"""Grounds that may only lower a risk; all others may only raise it."""


def outlook_of(moments: Sequence[Moment], models: Mapping[str, Any]) -> Outlook | None:
    """Forecasts after a customer turn; None where no forecast has earned its place."""
    if not models or not moments or moments[-1].of_customer is None:
        return None
    stands_on = grounds(moments)
    bucket = bucket_of(sum(1 for m in moments if m.of_customer is not None))
    asked = max(m.of_customer.cues[Cue.ASKS_SUPERVISOR] for m in moments if m.of_customer is not None)
    supervisor, why_supervisor = _forecast("asks_supervisor", stands_on, bucket, models)
    dissatisfied, why_dissatisfied = _forecast("ends_dissatisfied", stands_on, bucket, models)
    csat, _ = _forecast("csat", stands_on, bucket, models)
    if supervisor is None and dissatisfied is None and csat is None:
        return None
    return Outlook(
        asks_supervisor=max(supervisor, asked) if supervisor is not None and asked >= ASKED else supervisor,
        ends_dissatisfied=dissatisfied,
        csat=csat,
        reasons=tuple(dict.fromkeys(why_dissatisfied + why_supervisor))[:3],
    )


def bucket_of(customer_turns: int) -> int:
    """0, 1 or 2 by `BUCKETS`."""
    return sum(1 for limit in BUCKETS if customer_turns > limit)


def _forecast(
    name: str, stands_on: Mapping[str, float], bucket: int, models: Mapping[str, Any]
) -> tuple[float | None, tuple[str, ...]]:
    """The forecast and the reasons that raise or lower it most, against a conversation of middling values."""
    model = models.get(name)
    if model is None or not model["shown"][bucket]:
        return None, ()
    scale, bias = model["scale"][bucket], model["bias"][bucket]
    parts = {
        ground: scale * model["weights"][ground] * (value - model["middle"][ground])
        for ground, value in stands_on.items()
    }
    z = bias + sum(parts.values())
    if name == "csat":
        return min(5.0, max(1.0, z)), ()
    weighty = sorted((ground for ground in parts if abs(parts[ground]) >= SOON_ENOUGH), key=lambda g: -abs(parts[g]))
    # A reason is something that is there, not something whose absence moves the figure; and it says why the figure is
    # high where it is above the middling conversation's, why it is low where it is below.
    high = z > bias
    there = [
        ground
        for ground in weighty
        if stands_on[ground] > max(model["middle"][ground], PRESENT) and (parts[ground] > 0) == high
    ]
    if "faults" in there and "faults_last" in there:
        there.remove("faults")  # the last reply is among them: said once is enough
    return 1.0 / (1.0 + exp(-z)), tuple(REASONS[ground] for ground in there[:3])
