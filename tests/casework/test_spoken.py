"""Words for a customer are in the language they speak, or have told us, or that their channel names."""

from dataclasses import replace

import pytest

from levelhead.casework.spoken import heard_in, saying, wanted, writing
from levelhead.conversation import Heard, Timeline
from tests.casework.saying import customer

LONG = "drei Wochen und niemand antwortet"


def talk(*said: tuple[str, str], locale: str = "en-GB") -> Timeline:
    return tuple(_heard(customer(n, text), language, locale) for n, (text, language) in enumerate(said))


def _heard(heard: Heard, language: str, locale: str) -> Heard:
    reading = replace(heard.reading, language=language, readable=language == "en")
    return replace(heard, turn=replace(heard.turn, locale=locale), reading=reading)


@pytest.mark.parametrize(
    ("timeline", "told", "said", "written"),
    [
        ((), "", "en-GB", "en-GB"),
        ((), "de", "de", "de"),
        (talk((LONG, "de")), "", "de", "de"),
        (talk((LONG, "de")), "es", "de", "es"),
        (talk(("Hallo", "en"), locale="de-AT"), "", "de-AT", "de-AT"),
        (talk((LONG, "de"), locale="de-CH"), "", "de-CH", "de-CH"),
        (talk(("three weeks and nobody answers", "en"), locale="de"), "", "en", "en"),
        (talk(("three weeks and nobody answers", "en"), locale="en-US"), "es-MX", "en-US", "es-MX"),
        (talk((LONG, "fr")), "", "en-GB", "en-GB"),
        (talk((LONG, "fr")), "de", "de", "de"),
    ],
)
def test_what_they_speak_is_said_and_what_they_told_is_written(
    timeline: Timeline, told: str, said: str, written: str
) -> None:
    assert (saying(timeline, told), writing(timeline, told)) == (said, written)


def test_a_greeting_tells_no_language() -> None:
    timeline: tuple[Heard, ...] = talk((LONG, "de"), ("ok", "en"))
    assert heard_in(timeline) == "de"
    assert wanted(talk((LONG, "fr")), "de") == "fr"
