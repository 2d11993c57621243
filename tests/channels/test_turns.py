from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from levelhead.channels.lines import Malformed, turn_of_row
from levelhead.channels.turns import turns_of_conversation
from levelhead.conversation import Channel, Speaker, Turn, VoiceTiming

ROW = {
    "conversation": "c1",
    "n": 0,
    "speaker": "customer",
    "text": "Where is it?",
    "channel": "chat",
    "locale": "en-GB",
}


def row(**changed: object) -> dict[str, object]:
    return {**ROW, **changed}


def complaint(value: object, *, conversation: str | None = None, earlier: Turn | None = None) -> Malformed:
    with pytest.raises(Malformed) as caught:
        turn_of_row(value, conversation=conversation, earlier=earlier)
    return caught.value


def test_a_flat_row_becomes_a_turn() -> None:
    said = turn_of_row(
        row(at=12, source_id="m-1", person="Mr Doyle", started_at="2025-03-06T10:42:00", zone="Europe/London")
    )
    assert said == Turn(
        conversation="c1",
        n=0,
        speaker=Speaker.CUSTOMER,
        text="Where is it?",
        channel=Channel.CHAT,
        locale="en-GB",
        at=12.0,
        source_id="m-1",
        started_at=datetime(2025, 3, 6, 10, 42, tzinfo=ZoneInfo("Europe/London")),
        customer="Mr Doyle",
    )


def test_labels_beside_the_words_are_ignored() -> None:
    assert turn_of_row(row(emotion="angry", moves=["greet"], faults="nonsense")) == turn_of_row(ROW)


def test_the_person_on_an_agents_row_is_not_taken_for_the_customer() -> None:
    assert turn_of_row(row(speaker="agent", person="Amira")).customer is None


def test_what_an_earlier_turn_said_need_not_be_said_again() -> None:
    first = turn_of_row(row(person="Mr Doyle", started_at="2025-03-06T10:42:00", zone="Europe/London", locale="en-IE"))
    second = turn_of_row({"conversation": "c1", "n": 1, "speaker": "agent", "text": "Hello", "at": 9}, earlier=first)
    assert second.started_at == first.started_at
    assert (second.channel, second.locale, second.customer) == (Channel.CHAT, "en-IE", "Mr Doyle")


def test_the_id_in_the_path_stands_for_a_missing_one_and_refuses_another() -> None:
    assert turn_of_row({key: ROW[key] for key in ROW if key != "conversation"}, conversation="c9").conversation == "c9"
    assert complaint(ROW, conversation="c9").field == "conversation"


def test_an_iso_time_without_a_start_is_the_start() -> None:
    said = turn_of_row(row(at="2025-03-06T10:42:00", zone="Europe/London"))
    assert said.started_at == datetime(2025, 3, 6, 10, 42, tzinfo=ZoneInfo("Europe/London"))
    assert said.at == 0.0


def test_an_iso_time_with_an_offset_is_that_moment_whatever_the_zone() -> None:
    said = turn_of_row(row(at="2025-03-06T12:42:00+01:00", started_at="2025-03-06T10:42:00", zone="Europe/London"))
    assert said.at == 3600.0


def test_a_start_with_an_offset_is_kept_in_the_conversations_own_zone() -> None:
    said = turn_of_row(row(started_at="2025-07-01T08:00:00Z", zone="America/Chicago"))
    assert said.started_at is not None
    assert said.started_at.isoformat() == "2025-07-01T03:00:00-05:00"


def test_a_local_time_without_a_zone_stands_on_a_clock_that_never_changes() -> None:
    said = turn_of_row(row(started_at="2025-03-30T00:30:00", at="2025-03-30T03:30:00"))
    assert said.started_at == datetime(2025, 3, 30, 0, 30, tzinfo=UTC)
    assert said.at == 3 * 3600.0


def test_seconds_are_real_seconds_when_the_clocks_change_in_between() -> None:
    said = turn_of_row(row(started_at="2025-03-30T00:30:00", at="2025-03-30T02:30:00", zone="Europe/London"))
    assert said.at == 3600.0


def test_a_turn_that_arrives_late_may_have_been_said_before_the_first_known_one() -> None:
    known = turn_of_row(row(n=3, at="2025-03-06T10:42:00Z"))
    late = turn_of_row(row(n=2, at="2025-03-06T10:41:30Z"), earlier=known)
    assert late.at == -30.0


def test_voice_timing_is_kept_where_it_is_given() -> None:
    assert turn_of_row(row(began=1.5, ended=4)).timing == VoiceTiming(1.5, 4.0)
    assert complaint(row(began=4.0, ended=1)).field == "ended"
    assert complaint(row(began=4.0)).field == "ended"


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("conversation", None, "a name"),
        ("conversation", "", "a name with at least one character"),
        ("conversation", 7, "a name"),
        ("n", None, "a whole number"),
        ("n", "3", "a whole number"),
        ("n", -1, "a whole number"),
        ("n", 1.5, "a whole number"),
        ("n", True, "a whole number"),
        ("n", 10**400, "a whole number"),
        ("speaker", "client", "one of customer, agent, supervisor, bot"),
        ("speaker", ["agent"], "one of customer"),
        ("channel", "fax", "one of voice, chat, email, social, in_person"),
        ("channel", None, "one of voice"),
        ("locale", "English", "a language tag"),
        ("locale", "en_GB", "a language tag"),
        ("text", None, "text"),
        ("text", 12, "text"),
        ("text", "a\0b", "without NUL"),
        ("text", "\ud800", "in Unicode"),
        ("text", "x" * 100_001, "at most 100000 characters"),
        ("at", -1, "seconds from 0"),
        ("at", float("nan"), "seconds from 0"),
        ("at", float("inf"), "seconds from 0"),
        ("at", 10**400, "seconds from 0"),
        ("at", True, "a number of seconds"),
        ("at", "soon", "an ISO 8601 time"),
        ("at", "0001-01-01T00:00:00", "an ISO 8601 time"),
        ("started_at", "yesterday", "an ISO 8601 time"),
        ("started_at", 1741257720, "an ISO 8601 time"),
        ("zone", "Europe/Atlantis", "a time zone"),
        ("zone", "../etc/passwd", "a time zone"),
        ("zone", "Europe", "a time zone"),
        ("zone", 1, "a time zone"),
        ("source_id", 5, "a name"),
        ("source_id", "x" * 201, "at most 200"),
        ("person", {"name": "Doyle"}, "a name"),
    ],
)
def test_a_wrong_field_is_named_with_what_was_expected(field: str, value: object, expected: str) -> None:
    bad = complaint(row(**{field: value}))
    assert bad.field == field
    assert expected in bad.expected


def test_a_row_that_is_no_object_is_said_to_be_none() -> None:
    assert complaint([1, 2]).found == "a list"
    assert complaint("hello").expected == "a JSON object"


def test_another_start_for_the_same_conversation_is_refused() -> None:
    first = turn_of_row(row(started_at="2025-03-06T10:42:00Z"))
    assert complaint(row(n=1, started_at="2025-03-07T10:42:00Z"), earlier=first).field == "started_at"


def test_iso_times_after_bare_seconds_need_a_start() -> None:
    first = turn_of_row(row(at=0))
    assert complaint(row(n=1, at="2025-03-07T10:42:00Z"), earlier=first).field == "at"


def test_a_time_decades_from_the_start_is_refused() -> None:
    assert complaint(row(started_at="1990-01-01T00:00:00Z", at="2025-01-01T00:00:00Z")).field == "at"


def test_a_complaint_repeats_little_of_what_was_found() -> None:
    bad = complaint(row(speaker="my card number is here and this goes on and on and on"))
    assert len(bad.found) < 80


def whole(**changed: object) -> dict[str, object]:
    turns = [
        {"n": 0, "at": 0, "speaker": "agent", "text": "morning", "moves": ["greet"]},
        {"n": 1, "at": 6, "speaker": "customer", "text": "third time i've rung", "emotion": "angry"},
    ]
    said = {"id": "w1", "channel": "voice", "locale": "en-GB", "customer": {"name": "Maya Osei", "history": []}}
    return {**said, "started_at": "2025-03-06T10:42:00", "zone": "Europe/London", "turns": turns, **changed}


def test_a_whole_conversation_becomes_its_turns() -> None:
    first, second = turns_of_conversation(whole())
    assert (first.conversation, first.n, first.customer, first.channel) == ("w1", 0, "Maya Osei", Channel.VOICE)
    assert second.said_at == datetime(2025, 3, 6, 10, 42, tzinfo=ZoneInfo("Europe/London")) + timedelta(seconds=6)


def test_without_a_start_the_first_iso_time_of_a_whole_conversation_is_the_start() -> None:
    times = ("2025-03-06T10:42:00", "2025-03-06T11:42:00")
    turns = [{"n": n, "at": at, "speaker": "bot", "text": "hi"} for n, at in enumerate(times)]
    first, second = turns_of_conversation(whole(started_at=None, turns=turns))
    assert (first.at, second.at) == (0.0, 3600.0)
    assert first.started_at == second.started_at == datetime(2025, 3, 6, 10, 42, tzinfo=ZoneInfo("Europe/London"))


def test_without_any_clock_time_there_is_no_start() -> None:
    assert {turn.started_at for turn in turns_of_conversation(whole(started_at=None, zone=None))} == {None}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"turns": "none"}, "turns"),
        ({"turns": {"n": 0}}, "turns"),
        ({"turns": ["hello"]}, "turns[0]"),
        ({"turns": [{"n": 0, "speaker": "agent"}]}, "turns[0].text"),
        ({"turns": [{"n": 0, "speaker": "agent", "text": ""}, {"n": 0, "speaker": "agent", "text": ""}]}, "turns[1].n"),
        ({"turns": [{"n": 0, "speaker": "nobody", "text": ""}]}, "turns[0].speaker"),
        ({"customer": {"name": 4}}, "customer.name"),
        ({"id": None}, "id"),
        ({"zone": "Mars/Olympus"}, "zone"),
    ],
)
def test_a_wrong_turn_is_named_by_its_place_in_the_conversation(changed: dict[str, object], field: str) -> None:
    with pytest.raises(Malformed) as caught:
        turns_of_conversation(whole(**changed))
    assert caught.value.field == field
