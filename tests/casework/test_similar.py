"""Past cases that ended well are found by what customers said, and shown with what turned them."""

from dataclasses import replace

import numpy as np

from levelhead.casework.note import Outcome
from levelhead.casework.similar import FEWEST, Case, alike, case_of, ended_well, nearest, turned_by
from levelhead.conversation import Cue, Emotion, Heard, Timeline
from tests.casework.saying import agent, customer

WELL: Timeline = (
    customer(0, "The washing machine leaks and the engineer never came.", felt=(Emotion.ANGRY, 3)),
    agent(1, "That should not happen."),
    customer(2, "It is the second leak this month.", felt=(Emotion.ANGRY, 2)),
    agent(3, "Sorry. I have booked the engineer for tomorrow at nine, and I will ring you at ten."),
    customer(4, "Good, that helps.", felt=(Emotion.NEUTRAL, 0)),
    agent(5, "Anything else?"),
    customer(6, "No, thank you.", Cue.THANKS, felt=(Emotion.SATISFIED, 1)),
)
NOW: Timeline = (customer(0, "The engineer for my washing machine did not come.", felt=(Emotion.FRUSTRATED, 2)),)


def named(timeline: Timeline, name: str, *directions: tuple[float, ...]) -> Timeline:
    given = iter(directions)

    def one(heard: Heard) -> Heard:
        direction = next(given, None) if heard.reading.of_customer else None
        vector = np.array(direction, dtype="<f4").tobytes() if direction else b""
        return replace(
            heard, turn=replace(heard.turn, conversation=name), reading=replace(heard.reading, vector=vector, model="m")
        )

    return tuple(map(one, timeline))


def test_what_turned_it_is_what_our_side_said_before_they_calmed_for_good() -> None:
    turned = turned_by(WELL)
    assert turned is not None
    assert (turned.n, turned.words) == (
        3,
        "I have booked the engineer for tomorrow at nine, and I will ring you at ten.",
    )
    assert turned_by(WELL[:3]) is None
    assert turned_by(WELL[4:]) is None, "it was never hard"


def test_a_case_ended_well_where_it_was_hard_and_somebody_says_so_at_its_end() -> None:
    assert ended_well(WELL)
    assert not ended_well(WELL[:5])
    assert ended_well(WELL[:5], Outcome.SOLVED)
    assert not ended_well(WELL, Outcome.NOT_SOLVED)
    assert not ended_well(NOW)


def test_the_nearest_come_first_and_of_few_none() -> None:
    near, far = case_of(named(WELL, "near", (1.0, 0.1))), case_of(named(WELL, "far", (0.8, 0.6)))
    away = [case_of(named(WELL, f"away-{n}", (-1.0, 0.0))) for n in range(FEWEST)]
    cases: list[Case] = [case for case in (*away, far, near) if case]
    asked = named(NOW, "now", (1.0, 0.0))
    assert nearest(cases, asked) == ("near", "far")
    assert nearest(cases[-2:], asked) == ()
    assert nearest(cases, NOW) == (), "nothing of it was read"
    own = case_of(asked)
    assert own is not None
    assert nearest([*cases, own], asked) == ("near", "far"), "never itself"


def test_it_is_shown_with_the_words_in_common_or_not_at_all() -> None:
    found = alike(NOW, WELL)
    assert found is not None
    assert found.words == ("engineer", "machine", "washing")
    assert alike((customer(0, "My bill is wrong."),), WELL) is None
