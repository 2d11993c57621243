import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.channels.lines import Malformed, turns_from
from levelhead.channels.text_lines import MAX_LINE
from levelhead.conversation import Channel, Speaker, Turn

FLAT = '{"conversation":"%s","n":%d,"speaker":"customer","text":"%s","channel":"chat","locale":"en-GB"}\n'
WHOLE = '{"id":"w1","channel":"voice","locale":"en-GB","turns":[{"n":0,"speaker":"agent","text":"hello","at":0}]}\n'


def read(content: str | bytes, name: str = "calls.jsonl") -> list[Turn]:
    raw = content.encode() if isinstance(content, str) else content
    return list(turns_from(io.BytesIO(raw), name))


def complaint(content: str | bytes, name: str = "calls.jsonl") -> Malformed:
    with pytest.raises(Malformed) as caught:
        read(content, name)
    return caught.value


def read_past_bad(content: str | bytes, name: str = "calls.jsonl") -> tuple[list[Turn], list[Malformed]]:
    bad: list[Malformed] = []
    raw = content.encode() if isinstance(content, str) else content
    return list(turns_from(io.BytesIO(raw), name, on_bad=bad.append)), bad


def test_rows_of_several_conversations_may_interleave() -> None:
    turns = read(FLAT % ("a", 0, "one") + FLAT % ("b", 0, "two") + FLAT % ("a", 1, "three"))
    assert [(turn.conversation, turn.n, turn.text) for turn in turns] == [
        ("a", 0, "one"),
        ("b", 0, "two"),
        ("a", 1, "three"),
    ]


def test_whole_conversations_and_flat_rows_may_share_a_file() -> None:
    assert [turn.conversation for turn in read(WHOLE + "\n" + FLAT % ("a", 0, "one"))] == ["w1", "a"]


def test_csv_is_known_by_its_header_too() -> None:
    text = 'conversation,n,speaker,text,at,channel,locale\nc1,0,customer,"Where, please,\nis it?",3.5,email,en-US\n'
    for name in ("calls.csv", "-"):
        (said,) = read(text, name)
        assert (said.text, said.at, said.channel) == ("Where, please,\nis it?", 3.5, Channel.EMAIL)


def test_csv_cells_left_empty_are_taken_from_the_turn_before() -> None:
    header = "conversation,n,speaker,person,text,at,channel,locale,started_at,zone\n"
    first = "c1,0,customer,Mr Doyle,hello,2025-03-06T10:42:00,chat,en-GB,,Europe/London\n"
    _, second = read(header + first + "c1,1,agent,Amira,,,,,,\n", "x.csv")
    assert (second.text, second.customer, second.channel, second.at) == ("", "Mr Doyle", Channel.CHAT, None)
    assert second.started_at is not None


def test_a_byte_order_mark_from_a_spreadsheet_is_passed_over() -> None:
    assert len(read(b"\xef\xbb\xbf" + WHOLE.encode())) == 1
    assert len(read("\ufeffconversation,n,speaker,text,channel\r\nc1,0,bot,hi,chat\r\n", "x.csv")) == 1


def test_turns_before_a_bad_line_come_first() -> None:
    turns = turns_from(io.BytesIO((WHOLE + "{oops\n").encode()), "calls.jsonl")
    assert next(turns).conversation == "w1"
    with pytest.raises(Malformed, match=r"^calls\.jsonl:2: line: expected one JSON object a line, found "):
        next(turns)


def test_reading_past_bad_lines_hands_each_one_over() -> None:
    turns, bad = read_past_bad(FLAT % ("a", 0, "one") + "{oops\n" + FLAT % ("a", 1, "two") + '{"n":1}\n' + WHOLE)
    assert [turn.text for turn in turns] == ["one", "two", "hello"]
    assert [(complaint.line, complaint.field) for complaint in bad] == [(2, "line"), (4, "speaker")]


def test_of_a_whole_conversation_with_a_bad_turn_nothing_is_read() -> None:
    half = '{"id":"w","channel":"chat","locale":"en-GB","turns":[{"n":0,"speaker":"agent","text":"a"},{"n":1}]}\n'
    turns, bad = read_past_bad(half + WHOLE)
    assert [turn.conversation for turn in turns] == ["w1"]
    assert bad[0].field == "turns[1].speaker"


@pytest.mark.parametrize(
    ("content", "line", "field", "expected"),
    [
        (WHOLE + "[1]\n", 2, "", "a JSON object"),
        ("[" * 100_000 + "\n", 1, "line", "one JSON object"),
        ('{"n": NaN}\n', 1, "line", "one JSON object"),
        ('{"n": ' + "9" * 5000 + "}\n", 1, "line", "one JSON object"),
        (b'{"text": "\xff"}\n', 1, "line", "UTF-8"),
        (b'{"text": "\x00"}\n', 1, "line", "UTF-8"),
        (WHOLE.encode("utf-16"), 1, "line", "UTF-8"),
        (WHOLE + WHOLE, 2, "id", "an id that no earlier line has"),
        (FLAT % ("a", 0, "one") + FLAT % ("a", 0, "two"), 2, "n", "a number not yet used"),
        (WHOLE + "\n\n" + FLAT % ("a", -1, "x"), 4, "n", "a whole number"),
    ],
)
def test_a_bad_line_is_named_with_what_was_expected(content: str | bytes, line: int, field: str, expected: str) -> None:
    bad = complaint(content)
    assert (bad.file, bad.line, bad.field) == ("calls.jsonl", line, field)
    assert expected in bad.expected


def test_a_line_beyond_all_measure_is_refused_and_passed_over() -> None:
    turns, bad = read_past_bad(WHOLE.encode() + b"x" * (2 * MAX_LINE + 5) + b"\n" + (FLAT % ("a", 0, "one")).encode())
    assert [turn.text for turn in turns] == ["hello", "one"]
    assert [(complaint.line, complaint.expected) for complaint in bad] == [(2, f"at most {MAX_LINE} bytes a line")]


@pytest.mark.parametrize(
    ("content", "line", "field"),
    [
        ("conversation,n,text\na,0,hi\n", 1, "header"),
        ("conversation,n,n,speaker,text\n", 1, "header"),
        ("conversation,n,speaker,text\na,0,customer\n", 2, "line"),
        ("conversation,n,speaker,text,channel\na,0,customer,hi,chat\na,one,customer,hi,chat\n", 3, "n"),
        ('conversation,n,speaker,text\na,0,customer,"hi" there\n', 2, "line"),
        ('conversation,n,speaker,text\na,0,customer,"hi\nthere\n', 2, "line"),
        (b"conversation,n,speaker,text\na,0,customer,\xff\n", 2, "line"),
    ],
)
def test_a_bad_csv_row_is_named_by_the_line_it_starts_on(content: str | bytes, line: int, field: str) -> None:
    bad = complaint(content, "calls.csv")
    assert (bad.line, bad.field) == (line, field)


def test_csv_goes_on_after_a_bad_row() -> None:
    rows = (
        b'conversation,n,speaker,text,channel\na,0,customer,\xff,chat\na,1,customer,"x"y,chat\na,2,customer,hi,chat\n'
    )
    turns, bad = read_past_bad(rows, "calls.csv")
    assert [turn.n for turn in turns] == [2]
    assert [complaint.line for complaint in bad] == [2, 3]


def test_an_empty_file_has_no_turns() -> None:
    assert read("") == []
    assert read("\n \n", "x.csv") == []


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
names = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), min_size=1, max_size=20)


@st.composite
def turns(draw: st.DrawFn) -> list[Turn]:
    numbers = draw(st.lists(st.tuples(names, st.integers(0, 50)), unique=True, max_size=6))
    return [
        Turn(
            conversation=conversation,
            n=n,
            speaker=draw(st.sampled_from(Speaker)),
            text=draw(words),
            channel=draw(st.sampled_from(Channel)),
            locale=draw(st.sampled_from(["en-GB", "en-US", "fr", "zh-Hant-TW"])),
            at=draw(st.none() | st.integers(0, 10_000).map(float)),
            source_id=draw(st.none() | names),
        )
        for conversation, n in numbers
    ]


def flat(turn: Turn) -> dict[str, object]:
    return {
        key: getattr(turn, key)
        for key in ("conversation", "n", "speaker", "text", "at", "channel", "locale", "source_id")
    }


@given(turns())
def test_what_is_written_as_json_lines_is_read_back(said: list[Turn]) -> None:
    assert read("".join(json.dumps(flat(turn)) + "\n" for turn in said)) == said


@given(turns())
def test_what_is_written_as_csv_is_read_back(said: list[Turn]) -> None:
    written = io.StringIO(newline="")
    columns = ("conversation", "n", "speaker", "text", "at", "channel", "locale", "source_id")
    writer = csv.DictWriter(written, columns, quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(flat(turn) for turn in said)
    assert read(written.getvalue(), "x.csv") == said


scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from([*Speaker, *Channel, "UTC"])
)
values = scalars | st.lists(scalars, max_size=2) | st.dictionaries(st.just("name"), scalars, max_size=1)
FIELDS = (
    *("conversation", "n", "speaker", "text", "at", "channel", "locale", "source_id", "person", "started_at", "zone"),
    *("id", "customer", "began", "ended"),
)
objects = st.dictionaries(st.sampled_from(FIELDS), values, max_size=8)
wholes = st.builds(lambda one, many: {**one, "turns": many}, objects, st.lists(objects | scalars, max_size=3) | scalars)


@given(st.lists(objects | wholes, max_size=4))
def test_whatever_json_comes_there_are_turns_or_complaints_and_nothing_else(found: list[object]) -> None:
    read_past_bad("".join(json.dumps(value) + "\n" for value in found))


@given(
    st.lists(st.binary() | st.sampled_from([b"conversation,n,speaker,text\n", b'"', b"\n", b"{", b",", WHOLE.encode()]))
)
@pytest.mark.parametrize("name", ["-", "x.csv"])
def test_whatever_bytes_come_there_are_turns_or_complaints_and_nothing_else(name: str, pieces: list[bytes]) -> None:
    read_past_bad(b"".join(pieces), name)


@given(st.text())
def test_whatever_zone_or_time_comes_it_is_read_or_complained_about(value: str) -> None:
    head = '{"conversation":"a","n":0,"speaker":"bot","text":"hi","channel":"chat",'
    for field in ("zone", "started_at", "at"):
        read_past_bad(head + f'"{field}":{json.dumps(value)}}}\n')
