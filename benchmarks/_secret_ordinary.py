"""Ordinary sentences with numbers that have to stay, alone or as the answer to a question."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks._secret_speech import NAMES, TEENS, TENS


@dataclass(frozen=True, slots=True)
class Ordinary:
    """A sentence, what stands in it, and what the agent asked just before, if anything."""

    about: str
    text: str
    asked: str | None = None


def ordinary(count: int, seed: int) -> Iterator[Ordinary]:
    """`count` sentences; the same seed gives the same ones."""
    for n in range(count):
        draw = random.Random(f"{seed}:ordinary:{n}")
        about = draw.choice(tuple(SENTENCES))
        frames, questions = SENTENCES[about]
        if questions and draw.random() < 0.4:
            number = _number(_main_hole(frames), draw)
            yield Ordinary(about, draw.choice(ANSWERS).format(number), draw.choice(questions))
        else:
            yield Ordinary(about, _filled(draw.choice(frames), draw))


ANSWERS = (
    "{}",
    "it's {}",
    "yeah it's {}",
    "{} I think",
    "um {}",
    "{}, thanks",
    "that would be {}",
    "sure, {}",
    "okay so {}",
)
ORDER = (
    "What's your order number?",
    "Do you have the order number to hand?",
    "Could you give me the reference please?",
)
SENTENCES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "order": (
        (
            "My order {order} hasn't come.", "order number is {order}", "It's about {order}, the kettle I ordered on the {ordinal}.",
            "orders {order} and {order} are both late", "I placed order {order} for {price}", "ref {order}", "#{order} still pending",
            "Reference {order} was closed but nothing happened.", "the order is {spoken8}", "invoice {order} shows {price}",
            "booking {order} for {few} people", "I've got two order numbers, {order} and {order}", "case {order} please",
        ),
        ORDER,
    ),
    "date": (
        (
            "I bought it on {date} and it broke on {date}.", "delivery was booked for {date}", "born {date}", "since {date} it's off",
            "on the {ordinal} of March {year}", "between {date} and {date} nobody rang", "My policy started {date}.",
            "from {date} to {date}", "you said {date}", "my date of birth is {date}",
        ),
        ("What's your date of birth?", "When did you order it?", "Which date was that?"),
    ),
    "price": (
        (
            "I was charged {price} instead of {price}", "it cost {price}, then {price} more for delivery", "the refund of {price} is late",
            "you owe me {price} and {price}", "{spokenprice} for that is too much", "my bill went from {price} to {price}",
            "that's {price} a month for {few} months, {price} in all", "they quoted {large} for the roof", "about {large} pounds",
        ),
        ("How much were you charged?", "What was the amount?"),
    ),
    "extension": (
        (
            "call me back on extension {ext}", "ext {ext} please", "my direct line is {phone} ext. {ext}", "put me through to {ext}",
            "I'm on extension {ext}, room {ext}", "dial {phone} and then {ext}",
        ),
        ("Which extension are you on?",),
    ),
    "phone": (
        (
            "call me on {phone}", "My number is {phone}.", "you can ring {phone} or {phone}", "my mobile's {phone}", "text me at {phone}",
            "I rang from {phone} this morning", "the number I'm calling from is {phone}", "reach me on {phone} after {time}",
            "phone number {spokenphone}",
        ),
        ("What's the best number to reach you on?", "Can I take a contact number?", "What's your phone number?", "And your mobile?"),
    ),
    "meter": (
        (
            "the meter says {meter}", "my reading is {meter}", "it went from {meter} to {meter} in a month", "gas {meter}, electric {meter}",
            "Reading today: {meter} kWh", "the meter reads {spoken5}",
        ),
        ("What does the meter say?", "Could you give me a reading?", "And today's reading?"),
    ),
    "tracking": (
        (
            "the tracking number is {tracking}", "parcel {tracking} is stuck", "tracking {tracking} says delivered", "my parcel {tracking}",
            "consignment {tracking}", "it says {tracking} was left with a neighbour",
        ),
        ("What's the tracking number?", "Do you have the tracking code?"),
    ),
    "address": (
        (
            "I live at {house} High Street, {postcode}", "send it to flat {few}, {house} Mill Lane {postcode}", "my postcode is {postcode}",
            "it's {house} Oak Avenue, Springfield, IL {zip}", "zip code {zip}",
        ),
        ("And your postcode?", "What's the zip code?", "What's your address?"),
    ),
    "time": (
        (
            "I rang at {time} and again at {time}", "the window is {time} to {time}", "your van came at {time} on {date}",
            "from {time} until {time} I sat there", "I waited {few} hours and {ext} minutes", "the {time} slot, not the {time} one",
        ),
        ("What time did you call?", "When would suit you?"),
    ),
    "flight": (
        (
            "I'm on flight {flight} on {date}", "{flight} was cancelled, then they put me on {flight}", "seat 14C, flight {flight} at {time}",
            "booking {locator}, flights {flight} and {flight}",
        ),
        ("Which flight is it?", "What's your flight number?"),
    ),
    "account": (
        (
            "my account number is {account}", "account {account}, sort code {sort}", "sort code {sort} account {account}",
            "the policy number is {order}", "customer id {account}", "my NHS number is {nhs}", "IBAN {iban}", "membership {order}",
            "IMEI {imei}", "serial number {serial}",
        ),
        ("What's your account number?", "Could I take the policy number?", "And the sort code?"),
    ),
    "count": (
        (
            "I ordered {few} and got {few}, then {few} more", "I've called {few} times in {few} weeks", "{few} of the {ext} were broken",
            "it's {ext} miles away", "size {few}, not {few}", "we need {ext} chairs and {few} tables", "version {version} on Windows 11",
            "the code is E{few}", "error {ext}", "card ending {last4}", "the one ending in {last4}", "one two three testing",
            "it dropped from {ext} to {few} Mbps", "I had two for one, then four for two", "about {few} to {few} days", "{few} or {few} I'd say",
        ),
        ("How many did you order?", "How many people are there?", "What size?"),
    ),
}  # fmt: skip


def _main_hole(frames: tuple[str, ...]) -> str:
    return frames[0].split("{")[1].split("}")[0]


def _filled(frame: str, draw: random.Random) -> str:
    pieces = frame.replace("}", "{").split("{")
    return "".join(_number(piece, draw) if n % 2 else piece for n, piece in enumerate(pieces))


def _digits(count: int, draw: random.Random, first: str = "123456789") -> str:
    return draw.choice(first) + "".join(draw.choice("0123456789") for _ in range(count - 1))


def _number(hole: str, draw: random.Random) -> str:
    return str(NUMBERS[hole](draw))


def _order(draw: random.Random) -> str:
    return draw.choice(
        (
            _digits(draw.randint(5, 10), draw),
            _digits(8, draw),
            f"{_digits(5, draw)}-{_digits(2, draw)}",
            f"{_digits(4, draw)} {_digits(4, draw)}",
            f"{_digits(3, draw)}-{_digits(7, draw)}-{_digits(7, draw)}",
            f"{draw.choice(('TKX', 'HL', 'SO', 'A'))}-{_digits(draw.randint(6, 8), draw)}",
        )
    )


def _date(draw: random.Random) -> str:
    day, month, year = draw.randint(1, 28), draw.randint(1, 12), draw.randint(1950, 2026)
    named = ("January", "May", "Sept", "December")[month % 4]
    return draw.choice(
        (
            f"{day:02}/{month:02}/{year}", f"{day}.{month}.{year}", f"{year}-{month:02}-{day:02}", f"{day} {named} {year}",
            f"{named} {day}, {year}", f"{day}/{month}/{year % 100:02}", f"{day} {month} {year}", f"{named} the {day}th",
            f"{month:02}/{day:02}/{year}", f"{day:02} {month:02} {year}",
        )
    )  # fmt: skip


def _price(draw: random.Random) -> str:
    amount = draw.choice((draw.randint(1, 99), draw.randint(100, 999), draw.randint(1000, 9999)))
    cents = draw.randint(0, 99)
    return draw.choice(
        (
            f"£{amount}.{cents:02}", f"£{amount:,}.{cents:02}", f"{amount} pounds", f"{amount}.{cents:02}", f"${amount}",
            f"€{amount},{cents:02}", f"{amount} quid", f"£{amount}",
        )
    )  # fmt: skip


def _phone(draw: random.Random) -> str:
    area, exchange = _digits(3, draw, "23456789"), _digits(3, draw, "23456789")
    return draw.choice(
        (
            f"07{_digits(3, draw)} {_digits(6, draw)}", f"+44 7{_digits(3, draw)} {_digits(6, draw)}", f"020 {_digits(4, draw)} {_digits(4, draw)}",
            f"({area}) {exchange}-{_digits(4, draw)}", f"{area}-{exchange}-{_digits(4, draw)}", f"+1 {area} {exchange} {_digits(4, draw)}",
            f"{area} {exchange} {_digits(4, draw)}", f"087 {_digits(7, draw)}", f"+49 30 {_digits(8, draw)}", f"98{_digits(8, draw)}",
            f"0{_digits(10, draw)}", f"1-800-{exchange}-{_digits(4, draw)}", f"0800 {_digits(3, draw)} {_digits(4, draw)}",
        )
    )  # fmt: skip


def _spoken(digits: str) -> str:
    return " ".join(NAMES[int(digit)] for digit in digits)


def _time(draw: random.Random) -> str:
    hour, minute = draw.randint(0, 23), draw.randint(0, 59)
    return draw.choice(
        (f"{hour}:{minute:02}", f"{hour % 12 + 1} pm", f"{hour % 12 + 1}.{minute:02}", f"{hour:02}:{minute:02}:00")
    )


def _tracking(draw: random.Random) -> str:
    return draw.choice(
        (
            f"JD01{_digits(14, draw)}", f"1Z{_digits(3, draw)}AA{_digits(10, draw)}", _digits(12, draw), _digits(14, draw),
            f"{_digits(4, draw)} {_digits(4, draw)} {_digits(4, draw)}", f"CY {_digits(3, draw)} {_digits(3, draw)} {_digits(3, draw)} GB",
            f"9400{_digits(18, draw)}",
        )
    )  # fmt: skip


def _few(draw: random.Random) -> str:
    number = draw.randint(1, 19)
    return str(number) if draw.random() < 0.5 else (NAMES[number] if number < 10 else TEENS[number - 10])


def _postcode(draw: random.Random) -> str:
    return f"{draw.choice(('M', 'LS', 'SW', 'EH', 'BT'))}{draw.randint(1, 20)} {draw.randint(1, 9)}{draw.choice(('AB', 'QT', 'XY'))}"


def _spoken_price(draw: random.Random) -> str:
    tens, ones = draw.randint(2, 9), draw.randint(1, 9)
    return draw.choice(
        (
            f"{TENS[tens]} {NAMES[ones]} pounds {TENS[ones] or 'ninety'}",
            f"{NAMES[tens]} hundred and {TENS[tens]} pounds",
            f"{NAMES[ones]} ninety nine",
        )
    )


NUMBERS: dict[str, Callable[[random.Random], object]] = {
    "order": _order,
    "date": _date,
    "price": _price,
    "phone": _phone,
    "time": _time,
    "tracking": _tracking,
    "few": _few,
    "postcode": _postcode,
    "spokenprice": _spoken_price,
    "spokenphone": lambda draw: f"oh seven {_spoken(_digits(9, draw))}",
    "spoken8": lambda draw: _spoken(_digits(8, draw)),
    "spoken5": lambda draw: _spoken(_digits(5, draw)),
    "ordinal": lambda draw: draw.choice(("1st", "2nd", "3rd", "12th", "22nd", "30th")),
    "year": lambda draw: draw.randint(1950, 2026),
    "ext": lambda draw: _digits(draw.randint(2, 4), draw),
    "last4": lambda draw: _digits(4, draw),
    "large": lambda draw: f"{draw.randint(1_000, 9_999_999):,}",
    "meter": lambda draw: draw.choice((_digits(5, draw), _digits(6, draw), f"{_digits(5, draw)}.{_digits(1, draw)}", f"0{_digits(7, draw)}")),
    "house": lambda draw: draw.randint(1, 4999),
    "zip": lambda draw: draw.choice((_digits(5, draw), f"{_digits(5, draw)}-{_digits(4, draw)}")),
    "flight": lambda draw: f"{draw.choice(('BA', 'FR', 'EZY', 'EI ', 'LH '))}{_digits(draw.randint(2, 4), draw)}",
    "locator": lambda draw: f"{draw.choice('XQZ')}{_digits(2, draw)}KLM",
    "account": lambda draw: draw.choice((_digits(8, draw), f"{_digits(4, draw)} {_digits(4, draw)}", _digits(10, draw))),
    "sort": lambda draw: f"{_digits(2, draw)}-{_digits(2, draw)}-{_digits(2, draw)}",
    "nhs": lambda draw: f"{_digits(3, draw)} {_digits(3, draw)} {_digits(4, draw)}",
    "iban": lambda draw: draw.choice((f"GB29 NWBK {_digits(4, draw)} {_digits(4, draw)} {_digits(4, draw)} {_digits(2, draw)}", f"DE{_digits(20, draw)}")),
    "imei": lambda draw: f"35{_digits(13, draw)}",
    "serial": lambda draw: f"{draw.choice(('SN', 'C02', 'X'))}{_digits(8, draw)}",
    "version": lambda draw: f"{draw.randint(1, 20)}.{draw.randint(0, 9)}.{draw.randint(0, 4000)}",
}  # fmt: skip
