"""Other words for a reply are taken only where they say the same: written cases both ways, and texts made at random."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.advising.reworded import Refusal, Why, check

SAME = [
    ("I'll call you by 5 pm on Monday.", "By 5pm on Monday, I'll call you."),
    (
        "I can't refund this, but I can send a replacement.",
        "I'm not able to refund this, but I can send a replacement.",
    ),
    ("I'm sorry the engineer missed your visit.", "I am sorry that the engineer missed your visit."),
    ("Could you send me your order number?", "Would you send me your order number, please?"),
    ("I will check the meter reading and call you by 3pm.", "I'll check the meter reading and then call you by 3 pm."),
    ("Amira will call you tomorrow.", "Amira will give you a call tomorrow."),
    ("The refund of £42.50 is on its way.", "Your refund of £42.50 is on its way."),
    ("We're going to replace the router on Friday.", "We will replace the router on Friday."),
    ("Please send it to [email address].", "Please send it over to [email address]."),
    ("I have raised this with the warehouse.", "I've raised this with the warehouse."),
    ("It won't be charged again.", "It will not be charged again."),
    ("What would help most right now?", "What would help you most right now?"),
    ("Your parcel 4471 left the depot on 3 May.", "Parcel 4471 of yours left the depot on 3 May."),
    ("I can hear how long you have waited.", "I can hear how long you've waited."),
    ("You can return it within 30 days.", "You can then return it within 30 days."),
    ("Mr Doyle, I will check this with the depot.", "Mr Doyle, I'll check this with the depot."),
    ("I don't have the date yet.", "I do not have the date yet."),
    ("Thanks for telling me about the leak.", "Thank you for telling me about the leak."),
    ("We will send a replacement, free of charge.", "We'll send a replacement free of charge."),
    ("If it fails again, I will send an engineer.", "I will send an engineer if it fails again."),
    ("The line was down for two days.", "For two days the line was down."),
    ("I cannot change the delivery address.", "I can't change the delivery address."),
    ("Shall I book the visit for Tuesday?", "Can I book the visit for Tuesday?"),
    ("Your account [bank account] was charged twice.", "Your account [bank account] has been charged twice."),
]
OTHER = [
    ("I will refund £20 today.", "I will refund £25 today.", Why.FIGURE),
    ("I will refund £20 today.", "I will refund €20 today.", Why.FIGURE),
    ("I will refund £20 today.", "I will refund £20 tomorrow.", Why.FIGURE),
    ("I will refund £20 today.", "I will refund £20.", Why.FIGURE),
    ("I will refund you.", "I will refund you £20.", Why.FIGURE),
    ("I'll call you by 5 pm.", "I'll call you by 6 pm.", Why.FIGURE),
    ("I'll call you by 5 pm.", "I'll call you by 5 am.", Why.FIGURE),
    ("I'll call you by 5 pm.", "I'll call you after 5 pm.", Why.FIGURE),
    ("It takes up to 5 working days.", "It takes 5 working days.", Why.FIGURE),
    ("It takes 5 days.", "It takes 5 hours.", Why.FIGURE),
    ("It takes 5 working days.", "It takes 5 days.", Why.FIGURE),
    ("It takes two days.", "It takes three days.", Why.FIGURE),
    ("I'll look into it.", "I'll look into it now.", Why.FIGURE),
    ("It happens on Monday.", "It happens on Tuesday.", Why.FIGURE),
    ("Your visit is on 3 March.", "Your visit is on 3 May.", Why.FIGURE),
    ("Refund 20 and charge 30.", "Refund 30 and charge 20.", Why.FIGURE),
    ("It is on example.com already.", "It is on example.org already.", Why.FIGURE),
    ("Order AB-1234 has left.", "Order AB-1235 has left.", Why.FIGURE),
    ("Amira will call you.", "Priya will call you.", Why.NAME),
    ("Mark will call you.", "Rose will call you.", Why.NAME),
    ("Your parcel is in Leeds.", "Your parcel is in Derby.", Why.NAME),
    ("I will call you, Mr Doyle.", "I will call you, Mrs Doyle.", Why.NAME),
    ("I will call you, Mr Doyle.", "I will call you, sir.", Why.NAME),
    ("Amira will tell Ben about it.", "Ben will tell Amira about it.", Why.NAME),
    ("I can't refund this.", "I can refund this.", Why.NEGATION),
    ("I can refund this.", "I can't refund this.", Why.NEGATION),
    ("I can't refund it but I can replace it.", "I can refund it but I can't replace it.", Why.NEGATION),
    ("It was never charged.", "It was not charged.", Why.NEGATION),
    ("There is no fee for you.", "There is a fee for you.", Why.NEGATION),
    ("I will refund it if it is faulty.", "I will refund it, it is faulty.", Why.CONDITION),
    ("I might send an engineer.", "I will send an engineer.", Why.PROMISE),
    ("I will send an engineer.", "I could send an engineer.", Why.PROMISE),
    ("I will check it.", "I have checked it.", Why.PROMISE),
    ("You will pay for it.", "We will pay for it.", Why.PROMISE),
    ("I'll call you about the leak.", "I'll visit you about the leak.", Why.PROMISE),
    ("I'm checking the order for you.", "I checked the order for you.", Why.PROMISE),
    ("I'll check the order and call you.", "I'll check the order for you.", Why.DEED),
    ("Let me look at your order.", "Let me look at your refund.", Why.DEED),
    ("I'll check this order for you.", "I'll check this order, guaranteed.", Why.DEED),
    ("Send it to [email address].", "Send it to [phone number].", Why.PLACEHOLDER),
    ("Send it to [email address].", "Send it to a@b.com.", Why.PLACEHOLDER),
    ("Send it to us, please do.", "Send it [to us], please.", Why.CHARACTERS),
    ("Thanks for telling me.", "Thanks for telling me!", Why.TONE),
    ("Thanks for telling me.", "THANKS for telling me.", Why.TONE),
    ("The parcel was late and I see that.", "Sorry, the parcel was late, I see that.", Why.APOLOGY),
    ("I'm sorry the visit was missed.", "The visit was missed.", Why.APOLOGY),
    ("I'm sorry about the long queue.", "I'm sorry for the inconvenience.", Why.APOLOGY),
    ("It was our mistake, not the depot's.", "It was your mistake, not the depot's.", Why.PEOPLE),
    ("She is on her way.", "He is on his way.", Why.PEOPLE),
    ("You owe us the rest of it.", "We owe you the rest of it.", Why.PROMISE),
    ("It costs more than £5.", "It costs less than £5.", Why.FIGURE),
    ("Your parcel is in the van.", "Your parcel is lost.", Why.DEED),
    ("I am happy with that.", "I am unhappy with that.", Why.MEANING),
    ("I failed to call you.", "I have called you.", Why.PROMISE),
    ("What is your order number?", "Give your order number.", Why.QUESTION),
    ("The router sits behind a thick wall.", "Some parrots enjoy ripe bananas at sea.", Why.MEANING),
    ("The parcel was late.", "The parcel, which was travelling, was quite late.", Why.LENGTH),
    ("The parcel was late, and I can see why that is a worry.", "Late.", Why.LENGTH),
    ("The parcel was late.", "", Why.LENGTH),
    ("The parcel was late.", "The parcel was \u202elate.", Why.CHARACTERS),
    ("The parcel was late.", "The **parcel** was late.", Why.CHARACTERS),
    ("The parcel was late.", "The parcel was late \U0001f642", Why.CHARACTERS),
    ("The parcel was rather late this week.", "Das Paket war diese Woche ziemlich spät.", None),
    ("El paquete ha llegado tarde esta semana.", "Esta semana el paquete ha llegado tarde.", None),
]

WORDS = ["parcel", "order", "meter", "router", "line", "account", "visit", "leak", "boiler", "depot"]
NAMES = ["Amira", "Doyle", "Priya", "Ben", "Kim", "Ruth", "Omar", "Leeds", "Derby", "Rose"]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
FORMS = (
    "{name} will check the {word} and call you by {hour}:{minute:02d} on {day}, not later, about £{amount}.",
    "I won't charge £{amount} for the {word}; by {day} at {hour}:{minute:02d}, {name} will call you.",
    "The {word} is not lost. It left on {day} at {hour}:{minute:02d} with {name}, for {amount} pounds.",
)
filled = st.fixed_dictionaries(
    {
        "name": st.sampled_from(NAMES),
        "word": st.sampled_from(WORDS),
        "hour": st.integers(1, 12),
        "minute": st.integers(0, 59),
        "day": st.sampled_from(DAYS),
        "amount": st.integers(1, 9999),
    }
)


@pytest.mark.parametrize(("original", "reworded"), SAME)
def test_what_says_the_same_is_taken(original: str, reworded: str) -> None:
    assert check(original, reworded) == reworded


@pytest.mark.parametrize(("original", "reworded", "why"), OTHER)
def test_what_says_something_else_is_refused(original: str, reworded: str, why: Why | None) -> None:
    refused = check(original, reworded)
    assert isinstance(refused, Refusal)
    assert why is None or refused.why is why


@pytest.mark.parametrize("text", sorted({text for text, _ in SAME} | {text for text, _, _ in OTHER}))
def test_the_text_itself_always_says_the_same(text: str) -> None:
    assert check(text, text) == text


def test_a_name_that_has_no_capital_is_known_when_it_is_told() -> None:
    assert isinstance(check("thanks doyle, got it", "thanks, got it", ["Doyle"]), Refusal)
    assert isinstance(check("thanks, got it all", "thanks doyle, got it", ["Doyle"]), Refusal)


@given(st.sampled_from(FORMS), filled, st.data())
def test_a_changed_digit_is_refused(form: str, parts: dict[str, object], data: st.DataObject) -> None:
    text = form.format(**parts)
    place = data.draw(st.sampled_from([place for place, character in enumerate(text) if character.isdigit()]))
    digit = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != text[place]]))
    assert isinstance(check(text, text[:place] + digit + text[place + 1 :]), Refusal)


@given(st.sampled_from(FORMS), filled, st.sampled_from(["name", "day", "hour", "minute", "amount"]), st.data())
def test_another_name_day_or_time_is_refused(
    form: str, parts: dict[str, object], part: str, data: st.DataObject
) -> None:
    others = data.draw(filled.filter(lambda other: other[part] != parts[part]))
    assert isinstance(check(form.format(**parts), form.format(**(parts | {part: others[part]}))), Refusal)


@given(st.sampled_from(FORMS), filled)
def test_a_lost_not_is_refused(form: str, parts: dict[str, object]) -> None:
    text = form.format(**parts)
    without = text.replace(", not later", ", later").replace("won't", "will").replace("is not lost", "is lost")
    assert isinstance(check(text, without), Refusal)


@given(
    st.sampled_from(FORMS), filled, st.sampled_from(["today", "free", "a refund", "£5", "I promise", "Rita", "[name]"])
)
def test_a_fact_that_is_added_is_refused(form: str, parts: dict[str, object], added: str) -> None:
    text = form.format(**parts)
    assert isinstance(check(text, f"{text[:-1]} and {added}."), Refusal)


@given(st.text(max_size=80), st.text(max_size=80))
def test_whatever_comes_is_answered_and_never_longer_than_it_may_be(original: str, reworded: str) -> None:
    answer = check(original, reworded)
    assert isinstance(answer, Refusal) or len(answer) <= max(len(original) * 1.3, len(original))
