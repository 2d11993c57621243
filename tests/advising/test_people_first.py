"""People before cases: what comes at any time, what takes another card's place, and what stays silent."""

from levelhead.conversation import Advice, Card, CardKind, Channel
from tests.advising.talking import Talk


def card_of(advice: Advice) -> Card:
    assert advice.card is not None
    return advice.card


def after_an_angry_start(seconds: float) -> Talk:
    talk = Talk(seconds=seconds, known={"channel": Channel.CHAT})
    assert talk.customer("You people are a disgrace, where is my money?", "angry", 2, "asks_question").card is not None
    return talk


def test_somebody_hurt_is_asked_after_however_drily_it_is_told() -> None:
    card = card_of(Talk().customer("My driver crashed and I hit my head, happy Halloween.", cues="gives_details"))
    assert card.rule == "in_danger"
    assert card.safety


def test_asking_after_them_closes_it() -> None:
    talk = Talk()
    talk.customer("My driver crashed and I hit my head.", cues="gives_details")
    assert talk.agent("Oh no. Are you hurt, is anyone with you?", "ask_closed").closed == "done"


def test_medicine_that_runs_out_does_not_wait_for_the_minute() -> None:
    talk = after_an_angry_start(seconds=10)
    card = card_of(talk.customer("It's my wife's meds, she finishes tomorrow.", "anxious", 2, "deadline"))
    assert card.rule == "medicine_needed"


def test_a_death_just_told_takes_the_place_of_a_weaker_card() -> None:
    talk = after_an_angry_start(seconds=10)
    advice = talk.customer("My wife Opal died in May, it was hers.", "disappointed", 2, "vulnerable")
    assert card_of(advice).rule == "acknowledge_loss"
    assert advice.closed == "replaced"


def test_it_does_so_once() -> None:
    talk = after_an_angry_start(seconds=10)
    talk.customer("My wife died in May.", "disappointed", 2, "vulnerable")
    talk.agent("One moment.", "hold_notice")
    assert talk.customer("The funeral was in June.", "disappointed", 2, "vulnerable").card is None


def test_nothing_else_comes_before_the_minute_is_over() -> None:
    talk = after_an_angry_start(seconds=10)
    assert talk.customer("So I'm a liar, am I?", "angry", 2).card is None


def test_a_need_gone_past_is_said_before_they_have_to_say_it_again() -> None:
    talk = Talk(known={"channel": Channel.CHAT}, seconds=30)
    talk.customer("New address please. I am Deaf, so not the phone.", cues="gives_details")
    card = card_of(talk.agent("Just give us a ring on the number below.", "explain offer_solution"))
    assert card.rule == "repair_access"


def test_the_same_no_again_fetches_somebody_who_can_decide() -> None:
    talk = Talk(seconds=70)
    talk.customer("I paid it, here's the receipt.", "frustrated", 2, "gives_details")
    talk.agent("That can't be changed here.", "decline negative_language")
    talk.customer("So change it where you can.", "frustrated", 2)
    card = card_of(talk.agent("As I said, I can't do that.", "decline negative_language"))
    assert card.rule == "escalate_dead_end"


def test_a_stock_line_after_a_raised_word_is_taken_back() -> None:
    talk = Talk(known={"channel": Channel.CHAT}, seconds=30)
    talk.customer("Weighs nothing. That might be because the box was EMPTY.", "disappointed", 1, "gives_details")
    assert card_of(talk.agent("We appreciate your feedback.", "thank scripted")).rule == "repair_canned"


def test_a_warning_that_names_the_end_is_the_last_one() -> None:
    talk = Talk(seconds=70)
    talk.customer("You brainless clown.", "angry", 3, abuse="insult")
    talk.agent("I've asked once. If the insults carry on I'll end this chat.", "set_boundary")
    assert card_of(talk.customer("You worthless moron.", "angry", 3, abuse="insult")).rule == "offer_to_end"


def test_whoever_says_sorry_for_being_sharp_gets_a_kind_word() -> None:
    talk = Talk(seconds=70)
    talk.customer("Three mornings I waited.", "angry", 2)
    talk.agent("I'll ring you at half eight.", "promise")
    card = card_of(talk.customer("Thank you. I'm sorry I bit your head off.", "satisfied", 2, "thanks"))
    assert card.rule == "close_forgiven"


def test_an_upset_that_names_nothing_is_left_to_the_agent() -> None:
    talk = Talk()
    said = talk.customer("My room is a thousand degrees, any chance of a fix?", "disappointed", 2, "asks_question")
    assert said.card is None or said.card.kind is not CardKind.ACKNOWLEDGE


def test_the_fear_comes_before_the_wording() -> None:
    card = card_of(Talk().customer("I don't know these words, is it the police?", "confused", 2, "asks_question"))
    assert card.rule == "support_fear"
