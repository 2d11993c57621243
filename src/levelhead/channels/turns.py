"""Outside objects to turns: one flat row, or a whole conversation as in the corpus. Labels beside them are ignored."""

from collections.abc import Mapping

from levelhead.channels.clock import LONGEST, at_of, clock_of, moment_of, start_of, zone_of
from levelhead.channels.fields import Fields
from levelhead.channels.malformed import NOWHERE, Malformed, Place, described
from levelhead.conversation import Channel, Speaker, Turn, VoiceTiming


def turn_of_row(
    row: object, *, conversation: str | None = None, earlier: Turn | None = None, place: Place = NOWHERE
) -> Turn:
    """The turn in one flat row, or `Malformed` naming the field.

    `conversation` is the id that the row must belong to (the path of an API call); a row without an id takes it.
    `earlier` is the latest turn known of the same conversation: start, zone, channel, locale and the customer's name
    need not be said again.
    """
    fields = Fields(row, place)
    clock = clock_of(fields, earlier)
    speaker = fields.label("speaker", Speaker)
    return Turn(
        conversation=_conversation(fields, conversation),
        n=fields.count("n"),
        speaker=speaker,
        text=fields.text("text"),
        channel=earlier.channel if earlier and fields.get("channel") is None else fields.label("channel", Channel),
        locale=_locale(fields, earlier),
        at=clock.at,
        source_id=fields.name_or_none("source_id"),
        started_at=clock.started_at,
        customer=_person(fields, speaker) or (earlier.customer if earlier else None),
        timing=_timing(fields),
        customer_ref=fields.name_or_none("customer_ref") or (earlier.customer_ref if earlier else None),
    )


def turns_of_conversation(whole: object, *, place: Place = NOWHERE) -> tuple[Turn, ...]:
    """Every turn of a conversation as the corpus writes it, or `Malformed`: never half a conversation."""
    fields = Fields(whole, place)
    turns = _turn_fields(fields)
    zone = zone_of(fields)
    started = start_of(fields, zone)
    if started is None:
        timed = next((turn for turn in turns if isinstance(turn.get("at"), str)), None)
        started = moment_of(timed, "at", zone) if timed else None
    identity = fields.name("id")
    channel = fields.label("channel", Channel)
    locale = _locale(fields, None)
    customer, customer_ref = _customer(fields), _customer_ref(fields)
    return tuple(
        Turn(
            conversation=identity,
            n=turn.count("n"),
            speaker=turn.label("speaker", Speaker),
            text=turn.text("text"),
            channel=channel,
            locale=locale,
            at=at_of(turn, started, zone),
            source_id=turn.name_or_none("source_id"),
            started_at=started,
            customer=customer,
            timing=_timing(turn),
            customer_ref=customer_ref,
        )
        for turn in turns
    )


def _conversation(fields: Fields, expected: str | None) -> str:
    if expected is None:
        return fields.name("conversation")
    if fields.get("conversation") not in (None, expected):
        raise fields.bad("conversation", f"{expected!r}, or none")
    return Fields({"conversation": expected}, fields.place).name("conversation")


def _locale(fields: Fields, earlier: Turn | None) -> str:
    if fields.get("locale") is not None:
        return fields.locale("locale")
    return earlier.locale if earlier else "en-GB"


def _person(fields: Fields, speaker: Speaker) -> str | None:
    """The speaker's name; only the customer's is kept."""
    person = fields.name_or_none("person")
    return person if speaker is Speaker.CUSTOMER else None


def _customer(fields: Fields) -> str | None:
    customer = fields.get("customer")
    if isinstance(customer, Mapping):
        return Fields(customer, fields.place, "customer.").name_or_none("name")
    return fields.name_or_none("customer")


def _customer_ref(fields: Fields) -> str | None:
    customer = fields.get("customer")
    return Fields(customer, fields.place, "customer.").name_or_none("ref") if isinstance(customer, Mapping) else None


def _timing(fields: Fields) -> VoiceTiming | None:
    """When a spoken turn began and ended, where the row says so (`began`, `ended`, seconds since the start)."""
    if fields.get("began") is None and fields.get("ended") is None:
        return None
    began, ended = fields.seconds("began", LONGEST), fields.seconds("ended", LONGEST)
    if ended < began:
        raise fields.bad("ended", f"seconds from {began} on")
    return VoiceTiming(began, ended)


def _turn_fields(fields: Fields) -> list[Fields]:
    turns = fields.get("turns")
    if not isinstance(turns, list):
        raise fields.bad("turns", "a list of turns")
    found = [Fields(turn, fields.place, f"turns[{index}].") for index, turn in enumerate(turns)]
    numbers = set[int]()
    for turn in found:
        number = turn.count("n")
        if number in numbers:
            raise Malformed(
                place=fields.place,
                field=f"{turn.path}n",
                expected="a number used once",
                found=f"{described(number)} again",
            )
        numbers.add(number)
    return found
