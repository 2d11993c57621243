"""NUL and half a character in a file: every form names the field, and nothing of the line is read."""

import json
from io import BytesIO

import pytest

from levelhead.channels.lines import Malformed, turns_from

ROW = {"conversation": "c-1", "n": 0, "speaker": "customer", "text": "Hello", "channel": "chat"}
WHOLE = {"id": "c-1", "channel": "chat", "turns": [{"n": 0, "speaker": "customer", "text": "Hello"}]}


def field_of(line: bytes, name: str = "calls.jsonl") -> str:
    """The field that the refusal names."""
    with pytest.raises(Malformed) as refused:
        list(turns_from(BytesIO(line), name))
    return refused.value.field


@pytest.mark.parametrize("unfit", ["\0", "a\0b", "\ud83d", "\udc00b"])
@pytest.mark.parametrize("field", ["conversation", "text", "source_id", "person", "customer_ref", "locale", "zone"])
def test_no_field_of_a_row_takes_one(field: str, unfit: str) -> None:
    assert field_of(json.dumps(ROW | {field: unfit}).encode()) == field


@pytest.mark.parametrize("unfit", ["a\0b", "\ud83d"])
def test_no_field_of_a_whole_conversation_takes_one(unfit: str) -> None:
    assert field_of(json.dumps(WHOLE | {"id": unfit}).encode()) == "id"
    assert field_of(json.dumps(WHOLE | {"customer": {"name": unfit}}).encode()) == "customer.name"
    turns = [{"n": 0, "speaker": "customer", "text": unfit}]
    assert field_of(json.dumps(WHOLE | {"turns": turns}).encode()) == "turns[0].text"


@pytest.mark.parametrize("unfit", [b"a\0b", b"\xed\xa0\xbd"])
def test_a_csv_file_with_one_is_refused_at_its_line(unfit: bytes) -> None:
    line = b"conversation,n,speaker,text,channel\nc-1,0,customer," + unfit + b",chat\n"
    assert field_of(line, "calls.csv") in {"line", "text"}
