import pytest

from levelhead.conversation import Abuse, Advice, CardKind
from tests.advising.talking import Talk


def rule_of(advice: Advice) -> str | None:
    return advice.card.rule if advice.card else None


def test_swearing_at_the_fault_never_climbs() -> None:
    talk = Talk(seconds=90)
    for _ in range(6):
        advice = talk.customer("This f***ing thing is useless.", "angry", 3, abuse="profanity")
        assert advice.card is None or advice.card.kind is not CardKind.BOUNDARY
        talk.agent("I'm on it.", "act")


def test_an_insult_is_named_then_warned_then_finally_warned_and_then_the_agent_may_end() -> None:
    talk = Talk(seconds=90)
    assert rule_of(talk.customer("You idiot.", "angry", 2, abuse="insult")) == "insult_named"
    talk.agent("Please leave the names out.", "set_boundary")
    assert rule_of(talk.customer("Moron.", "angry", 2, abuse="insult")) == "abuse_warned"
    talk.agent("I have asked once; if it goes on I'll have to stop.", "set_boundary")
    assert rule_of(talk.customer("Clown.", "angry", 2, abuse="insult")) == "final_warning"
    talk.agent("This is the last warning.", "final_warning")
    assert rule_of(talk.customer("Imbecile.", "angry", 2, abuse="insult")) == "offer_to_end"


def test_a_rung_that_was_not_spoken_is_due_again() -> None:
    talk = Talk(seconds=90)
    talk.customer("You idiot.", "angry", 2, abuse="insult")
    talk.agent("I'm looking at the order.", "act")
    talk.agent("Still looking.", "hold_notice")
    assert rule_of(talk.customer("Moron.", "angry", 2, abuse="insult")) == "insult_named"


@pytest.mark.parametrize(
    ("abuse", "rule"), [("hate", "hate_named"), ("threat", "threat_named"), ("sexual", "sexual_named")]
)
def test_hate_and_threats_start_higher_than_an_insult(abuse: str, rule: str) -> None:
    assert rule_of(Talk().customer("…", "angry", 2, abuse=abuse)) == rule


def test_a_threat_is_a_matter_of_safety() -> None:
    card = Talk().customer("I know where your office is.", "angry", 3, abuse="threat").card
    assert card is not None
    assert card.safety


def test_who_has_spoken_of_dying_is_not_told_off_for_what_sounds_like_a_threat() -> None:
    talk = Talk(seconds=90)
    talk.customer("Everyone would manage better without me.", "disappointed", 3, "self_harm")
    talk.agent("You can ring Samaritans on 116 123, free, day and night.", "signpost_support")
    advice = talk.customer("My brother's next door. I'll knock him up.", "angry", 2, abuse="threat")
    assert advice.card is None or advice.card.kind is not CardKind.BOUNDARY


def test_distress_is_asked_about_before_the_ladder_climbs() -> None:
    advice = Talk().customer("My wife is in hospital and you idiots cut us off.", "angry", 3, "vulnerable", "insult")
    assert advice.card is not None
    assert advice.card.kind is CardKind.SUPPORT


def test_every_abuse_but_profanity_has_its_place_on_the_ladder() -> None:
    starts = Talk().pack.ladder_starts
    assert set(starts) == set(Abuse) - {Abuse.NONE, Abuse.PROFANITY}
    assert starts[Abuse.THREAT] > starts[Abuse.HATE] > starts[Abuse.INSULT]
