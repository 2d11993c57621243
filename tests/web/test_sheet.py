"""What the *Conversation* page shows, from the turns alone."""

from datetime import UTC, datetime

from levelhead.conversation import (
    Abuse,
    Advice,
    Card,
    CardKind,
    CustomerReading,
    DueKind,
    Emotion,
    Fact,
    FactKind,
    Heard,
    Likely,
    Outlook,
    Promise,
    Reading,
    Signal,
    Span,
    Step,
    StepState,
    Timeline,
    Turn,
)
from levelhead.storage.records import Answered, CardAnswer
from levelhead.web.curve import curve_of
from levelhead.web.sheet import Sheet, noted, sheet_of
from levelhead.web.words import words_for
from tests.people import A_THURSDAY, MR_DOYLE, amira, mr_doyle

CARD = Card("the-late-refund:1", CardKind.ACKNOWLEDGE, "Name it", "I see.", (), "anger", "anger-1")


def heard(turn: Turn, *, card: Card | None = None, showing: Card | None = None, **read: object) -> Heard:
    reading = Reading("en", readable=True, **read)  # type: ignore[arg-type]
    return Heard(turn, reading, Advice({Step.LISTEN: StepState.DUE}, card=card, showing=showing))


def felt(emotion: Emotion, intensity: int) -> CustomerReading:
    return CustomerReading(emotion, {emotion: 1.0}, intensity, {}, Abuse.NONE, {Abuse.NONE: 1.0})


def seen(*timeline: Heard) -> Sheet:
    return sheet_of("the-late-refund", timeline, now=A_THURSDAY, words=words_for("en-GB"))


def answer(said: CardAnswer) -> tuple[Answered, ...]:
    return (Answered(CARD.id, said, datetime(2025, 3, 6, tzinfo=UTC), 2),)


def test_before_the_first_turn_there_is_a_sheet_that_says_nothing() -> None:
    sheet = seen()
    assert (sheet.who, sheet.channel, sheet.curve, sheet.ahead, sheet.card) == (None, None, None, None, None)
    assert [state for _, state in sheet.steps] == [StepState.IDLE] * 6


def test_facts_and_promises_stand_once_each_with_their_turn() -> None:
    fact = Fact(FactKind.ORDER_NUMBER, "48213", Span(6, 11))
    due = Promise("agent", "call back", "by five", A_THURSDAY.replace(hour=17, minute=0), DueKind.ABSOLUTE, Span(0, 4))
    brief = seen(
        heard(mr_doyle("order 48213", 0), facts=(fact,)),
        heard(mr_doyle("order 48213", 1), facts=(fact, Fact(FactKind.NAME, MR_DOYLE, Span(0, 1)))),
        heard(amira("I'll call back by five", 2), promises=(due,)),
    ).brief
    assert [(given.value, given.turn) for given in brief.facts] == [("48213", 0)]
    assert [(promise.action, promise.when) for promise in brief.promises] == [("call back", "today 17:00, in 6 h")]


def test_a_broken_promise_is_told_from_one_that_still_holds() -> None:
    past = Promise("agent", "call back", "at ten", A_THURSDAY.replace(hour=10, minute=0), DueKind.ABSOLUTE, Span(0, 4))
    (promise,) = seen(heard(amira("I'll call at ten", 0), promises=(past,))).brief.promises
    assert promise.is_past


def test_the_outlook_says_how_it_was_at_the_start_once_it_has_moved() -> None:
    ahead = seen(
        heard(mr_doyle("Hello?", 0), outlook=Outlook(0.1, None, 3.2)),
        heard(mr_doyle("Hello?!", 1), outlook=Outlook(0.5, None, 2.1, ("strong words",))),
    ).ahead
    assert ahead
    assert [(forecast.key, forecast.now, forecast.was) for forecast in ahead.forecasts] == [
        ("supervisor", "1 in 2", "1 in 10")
    ]
    assert (ahead.csat, ahead.reasons) == ("2.1", ("strong words",))


def test_the_outlook_is_said_in_the_language_of_the_page() -> None:
    timeline = (heard(mr_doyle("Hello?", 0), outlook=Outlook(0.5, None, 2.1, ("vague replies",))),)
    ahead = sheet_of("the-late-refund", timeline, now=A_THURSDAY, words=words_for("de")).ahead
    assert ahead
    assert (ahead.csat, ahead.reasons) == ("2,1", ("vage Antworten",))


def test_an_outlook_that_is_not_worth_showing_is_not_shown() -> None:
    assert seen(heard(mr_doyle("Hello?"), outlook=Outlook(None, None, None))).ahead is None


def test_of_an_agents_faults_only_the_surest_is_said() -> None:
    signals = (Signal("vague", 0.6, ()), Signal("scripted", 0.9, ()))
    (line,) = seen(heard(amira("We'll see."), fired=("vague", "scripted"), signals=signals)).lines
    assert line.faults == ("scripted",)


def test_an_answer_is_noted_while_its_card_stands_and_until_the_customer_speaks_again() -> None:
    standing: Timeline = (heard(mr_doyle("Hello?", 1), card=CARD, showing=CARD),)
    away: Timeline = (heard(mr_doyle("Hello?", 1), card=CARD), heard(amira("One moment.", 2)))
    later: Timeline = (*away, heard(mr_doyle("Well?", 3)))
    assert noted(standing, answer(CardAnswer.USED)) is CardAnswer.USED
    assert noted(away, answer(CardAnswer.WRONG)) is CardAnswer.WRONG
    assert noted(away, answer(CardAnswer.USED)) is None
    assert noted(later, answer(CardAnswer.WRONG)) is None
    assert noted(standing, ()) is None


def test_the_curve_rises_with_strength_and_dips_below_calm_when_pleased() -> None:
    curve = curve_of(
        (
            heard(mr_doyle("a", 0), of_customer=felt(Emotion.NEUTRAL, 0)),
            heard(amira("b", 1)),
            heard(mr_doyle("c", 2), of_customer=felt(Emotion.ANGRY, 3)),
            heard(mr_doyle("d", 3), of_customer=felt(Emotion.SATISFIED, 2)),
        )
    )
    assert curve
    calm, angry, pleased = curve.points
    assert angry.y < calm.y == curve.calm < pleased.y
    assert angry.x - calm.x == 2 * (pleased.x - angry.x), "points stand at their turns"
    assert curve.peak == angry
    assert curve.now == pleased


def test_what_it_is_about_stands_in_one_line_with_its_cause() -> None:
    late = heard(mr_doyle("Where is my parcel?", 0), issue=Likely("late delivery", 0.9))
    both = heard(mr_doyle("It is a week late.", 2), issue=Likely("late delivery", 0.9), cause=Likely("delivery", 0.9))
    assert seen(late).about == "About: late delivery"
    assert seen(late, both).about == "About: late delivery (delivery)"
    assert seen(heard(mr_doyle("Hello?", 0), cause=Likely("unanswered", 0.9))).about == "About: no answer"


def test_what_was_clear_once_stands_until_something_else_is() -> None:
    late = heard(mr_doyle("Where is my parcel?", 0), issue=Likely("late delivery", 0.9))
    twice = heard(mr_doyle("And you charged me twice.", 4), issue=Likely("charged twice", 0.9))
    thanks = heard(mr_doyle("Thank you.", 6))
    assert seen(late, thanks).about == "About: late delivery"
    assert seen(late, twice, thanks).about == "About: charged twice"
    assert seen(thanks).about is None
