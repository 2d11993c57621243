"""A supervisor's list: what can still be changed, with its reasons, down to what one can do."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from levelhead.casework.handover import Called, Handing, HandoverState, Why
from levelhead.casework.item import Item, Kind
from levelhead.casework.promise import Promised, PromiseState
from levelhead.casework.where_to_help import CALLS, Ground, GroundKind, Line, Live, Ranked, Weighing, ranked
from levelhead.conversation import Cue, Emotion, Heard
from tests.casework.saying import agent, customer

NOW = datetime(2025, 3, 6, 16, tzinfo=UTC)
SAM, UNA = uuid4(), uuid4()
WEIGHING = Weighing(forecast=0.4, promise_within=timedelta(hours=1), calm_turns=2)
ANGRY = (Emotion.ANGRY, 3)
CALM = (Emotion.NEUTRAL, 0)


def item(kind: Kind, state: str, body: object, due: datetime | None = None) -> Item[object]:
    return Item(uuid4(), kind, "k", state, uuid4(), "c", None, None, due, NOW, NOW, body)


def call(state: HandoverState, helper: UUID | None = None, to: UUID | None = None, due: int = 3) -> Item[Called]:
    handing = Handing(to, Why.DECIDES, "I'm bringing in Sam.") if to else None
    called = Called("Refund above what I may give", 3, UNA, helper, handing)
    return item(Kind.HANDOVER, state, called, NOW + timedelta(minutes=due))  # type: ignore[return-value]


def promise(state: PromiseState, minutes: int) -> Item[Promised]:
    return item(Kind.PROMISE, state, Promised("call back", "by five", 2), NOW + timedelta(minutes=minutes))  # type: ignore[return-value]


def lines(*lives: Live, capacity: int = 3, viewer: UUID = SAM, **answered: GroundKind) -> Ranked:
    known = {name: frozenset({kind}) for name, kind in answered.items()}
    return ranked(lives, known, viewer=viewer, now=NOW, weighing=WEIGHING, capacity=capacity)


def kinds(found: Ranked) -> list[tuple[str, list[GroundKind]]]:
    return [(line.conversation, [ground.kind for ground in line.grounds]) for line in found.now]


def test_safety_comes_first_then_who_asked_then_what_can_still_be_kept() -> None:
    lives = (
        Live("again", (customer(0, "third time", Cue.REPEAT_CONTACT, felt=ANGRY),)),
        Live("foretold", (customer(0, "hm", forecast=0.6),)),
        Live("asked", (customer(0, "your manager, please", Cue.ASKS_SUPERVISOR),)),
        Live("promised", (customer(0, "well"),), (promise(PromiseState.DUE_SOON, 20),)),
        Live("hand", (customer(0, "well"),), call=call(HandoverState.RAISED)),
        Live("danger", (customer(0, "I can't go on", Cue.SELF_HARM),)),
    )
    order = [name for name, _ in kinds(lines(*lives, capacity=9))]
    assert order == ["danger", "hand", "promised", "asked", "foretold", "again"]


def test_anger_alone_is_no_reason() -> None:
    assert lines(Live("loud", (customer(0, "THIS IS OUTRAGEOUS", felt=ANGRY),))) == Ranked((), (), ())


def test_a_line_leaves_when_the_customer_has_calmed() -> None:
    upset = (customer(0, "third time, your manager", Cue.REPEAT_CONTACT, Cue.ASKS_SUPERVISOR, felt=ANGRY),)
    calmer = (*upset, agent(1, "…"), customer(2, "all right", felt=CALM))
    calm = (*calmer, agent(3, "…"), customer(4, "good", felt=CALM))
    solved = (*upset, agent(1, "…"), customer(2, "that's solved it", Cue.CONFIRMS_RESOLVED))
    assert [len(lines(Live("one", said)).now) for said in (upset, calmer, calm, solved)] == [1, 1, 0, 0]


def test_a_forecast_that_recovers_takes_its_line_along() -> None:
    before = customer(0, "hm", forecast=0.6)
    assert lines(Live("one", (before,))).now[0].grounds[0] == Ground(
        GroundKind.FORECAST, words="has asked twice", p=0.6
    )
    assert lines(Live("one", (before, customer(2, "ah", forecast=0.2)))).now == ()


def test_what_was_foretold_and_came_true_is_no_forecast_any_more() -> None:
    asked = customer(0, "your manager", Cue.ASKS_SUPERVISOR, felt=ANGRY, forecast=0.97)
    assert kinds(lines(Live("one", (asked,)))) == [("one", [GroundKind.ASKED])]
    calm = (asked, customer(2, "all right", forecast=0.97), customer(4, "good", forecast=0.97))
    assert lines(Live("one", calm)).now == ()


def test_a_promise_that_is_broken_cannot_be_kept_any_more() -> None:
    states = {PromiseState.MADE: 1, PromiseState.LATE: 1, PromiseState.BROKEN: 0, PromiseState.KEPT: 0}
    for state, count in states.items():
        assert len(lines(Live("one", (customer(0, "well"),), (promise(state, 20),))).now) == count
    assert lines(Live("one", (customer(0, "well"),), (promise(PromiseState.MADE, 90),))).now == ()


def test_what_is_over_soonest_stands_first_among_the_same() -> None:
    late, soon = call(HandoverState.RAISED, due=3), call(HandoverState.RAISED, due=1)
    found = lines(Live("a", (customer(0, "x"),), call=late), Live("b", (customer(0, "x"),), call=soon))
    assert [line.conversation for line in found.now] == ["b", "a"]


def test_a_hand_that_somebody_sees_to_is_theirs_and_a_hand_over_is_for_whom_it_is() -> None:
    seen, offered = call(HandoverState.SEEN, helper=UNA), call(HandoverState.OFFERED, to=UNA)
    lives = (Live("seen", (customer(0, "x"),), call=seen), Live("offered", (customer(0, "x"),), call=offered))
    assert kinds(lines(*lives)) == []
    assert kinds(lines(*lives, viewer=UNA)) == [("offered", [GroundKind.HANDED]), ("seen", [GroundKind.HAND])]


def test_what_was_acknowledged_comes_back_only_for_something_new() -> None:
    said = (customer(0, "third time", Cue.REPEAT_CONTACT),)
    found = lines(Live("one", said), one=GroundKind.AGAIN)
    assert (found.now, [line.conversation for line in found.answered]) == ((), ["one"])
    asks = (*said, customer(2, "your manager", Cue.ASKS_SUPERVISOR))
    assert kinds(lines(Live("one", asks), one=GroundKind.AGAIN)) == [("one", [GroundKind.ASKED])]


def _timeline(labels: list[Cue], felt: int, forecast: float | None) -> tuple[Heard, ...]:
    return (customer(0, "words", *labels, felt=(Emotion.ANGRY, felt), forecast=forecast),)


CUES = st.lists(st.sampled_from([Cue.REPEAT_CONTACT, Cue.ASKS_SUPERVISOR, Cue.SELF_HARM, Cue.DEADLINE]), unique=True)
TIMELINES = st.builds(_timeline, CUES, st.integers(0, 3), st.none() | st.floats(0, 1))
CALLED = st.none() | st.sampled_from([HandoverState.RAISED, HandoverState.SEEN]).map(call)
LIVES = st.lists(st.tuples(TIMELINES, CALLED), max_size=8).map(
    lambda found: [Live(f"c{n}", timeline, call=called) for n, (timeline, called) in enumerate(found)]
)


@given(LIVES, st.integers(0, 5), st.randoms())
def test_the_list_fits_what_one_can_do_and_hides_nobody_who_asked(
    lives: list[Live], capacity: int, chance: object
) -> None:
    found = lines(*lives, capacity=capacity)
    asked = [line for line in (*found.now, *found.later) if line.grounds[0].kind in CALLS]
    assert set(asked) <= set(found.now)
    assert len(found.now) <= max(capacity, len(asked))
    assert all(line.grounds for line in (*found.now, *found.later))
    shuffled = list(lives)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert lines(*shuffled, capacity=capacity) == found


@given(LIVES, st.integers(0, 3))
def test_more_room_only_adds_to_the_list(lives: list[Live], capacity: int) -> None:
    less, more = lines(*lives, capacity=capacity), lines(*lives, capacity=capacity + 1)
    assert more.now[: len(less.now)] == less.now
    assert (*less.now, *less.later) == (*more.now, *more.later)


def test_a_line_says_where_it_rests_on_and_nothing_of_who_answers() -> None:
    (line,) = lines(Live("one", (customer(0, "the third time now", Cue.REPEAT_CONTACT),))).now
    assert line == Line("one", (Ground(GroundKind.AGAIN, 0, "the third time now"),))
