import pytest

from levelhead.conversation import Abuse, Cue, Emotion
from levelhead.listening.patterns import declared_in, patterns_in, threat_in


def cues(text: str) -> set[Cue | Abuse]:
    return {match.label for match in patterns_in(text)}


@pytest.mark.parametrize(
    "text",
    [
        "I just want to die",
        "some days I think about killing myself",
        "honestly I don't want to be here any more",
        "they'd be better off without me",
        "im feeling suicidal and nobody at your end cares",
        "I might as well end it all",
        "it would be simpler for everybody if I weren't here",
        "I don't see any point in going on",
        "honestly everyone would manage better without me",
        "there's nothing left to live for",
    ],
)
def test_words_of_self_harm_are_heard(text: str) -> None:
    assert Cue.SELF_HARM in cues(text)


@pytest.mark.parametrize(
    "text",
    [
        "this queue is killing me",
        "I'm dying to know when it arrives",
        "I killed the app and restarted it",
        "my phone died again",
        "I want to end my contract",
        "I don't want to be here all day",
        "the battery wants to die at noon",
        "end of my life savings, that is",
        "I could kill for a straight answer",
        "stop hurting your own business",
        "it would be easier if I wasn't on hold",
        "I won't be around on Tuesday for the engineer",
        "there is no point in calling again",
        "you lot would do better without me as a customer",
    ],
)
def test_look_alikes_of_self_harm_are_left_alone(text: str) -> None:
    assert Cue.SELF_HARM not in cues(text)


@pytest.mark.parametrize(
    "text",
    ["Put me through to your manager", "I want to speak to a supervisor now", "I'd like to make a formal complaint"],
)
def test_asking_for_someone_in_charge_is_heard(text: str) -> None:
    assert Cue.ASKS_SUPERVISOR in cues(text)


@pytest.mark.parametrize(
    "text",
    [
        "I don't want to speak to a manager, I want it fixed",
        "I have already spoken to a supervisor",
        "my manager wants the laptop",
    ],
)
def test_a_manager_merely_named_is_not_asked_for(text: str) -> None:
    assert Cue.ASKS_SUPERVISOR not in cues(text)


def test_a_match_says_which_words() -> None:
    text = "Right. I’ll take you to court over this."
    [match] = patterns_in(text)
    assert match.rule == "exposure.authority"
    assert text[match.span.start : match.span.end] == "take you to court"


@pytest.mark.parametrize(
    ("text", "emotion"),
    [
        ("I’m absolutely furious about this", Emotion.ANGRY),
        ("im so worried about my mum", Emotion.ANXIOUS),
        ("I am really disappointed in you all", Emotion.DISAPPOINTED),
    ],
)
def test_a_feeling_named_as_ones_own_is_taken_at_its_word(text: str, emotion: Emotion) -> None:
    declared = declared_in(text)
    assert declared is not None
    assert declared.emotion is emotion


@pytest.mark.parametrize(
    "text", ["I'm not angry, just tired", "she is furious", "I'm almost disappointed", "an angry mob"]
)
def test_a_feeling_taken_back_or_of_someone_else_is_not(text: str) -> None:
    assert declared_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "watch your car tonight",
        "I know where you work",
        "I'll be waiting for you when you finish",
        "be a shame about that window",
        "I'm going to find him and break his legs",
        "I’ll burn that yard flat",
    ],
)
def test_a_threat_is_heard_however_polite(text: str) -> None:
    match = threat_in(text)
    assert match is not None
    assert match.label is Abuse.THREAT


@pytest.mark.parametrize(
    "text",
    [
        "do you know where your driver is",
        "I'll be waiting for your call",
        "I'll be outside when the engineer comes",
        "the parcel broke my neighbour's window",
        "I will find another provider",
        "this delay is going to kill my business",
        "watch your tone please",
        "put me through to the shop",
    ],
)
def test_what_only_sounds_like_a_threat_is_left_alone(text: str) -> None:
    assert threat_in(text) is None
