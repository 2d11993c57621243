"""What receivers can rely on, made from the code: a JSON schema of every event, and the page that lists them.

`python -m levelhead.channels.webhook_schema DOCS` writes both into the folder of the documents; a test compares.
"""

import json
import sys
from inspect import cleandoc
from pathlib import Path
from typing import Any, Final, get_args

from pydantic import TypeAdapter

from levelhead.channels.webhook_envelope import CONTENT_TYPE
from levelhead.live import events
from levelhead.live.outbox_schedule import MOST_REFUSALS, PATIENCE

SCHEMA, PAGE = "events.schema.json", "events.md"
KINDS: Final[tuple[type, ...]] = get_args(events.Event)


def schema() -> dict[str, Any]:
    """The schema (JSON Schema 2020-12) of everything that is ever sent."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Events of Levelhead",
        "description": "CloudEvents 1.0; receivers ignore fields that they do not know.",
        "oneOf": [_envelope(event) for event in KINDS],
    }


def page() -> str:
    """The page for people, in Markdown."""
    return "\n".join([_HEAD, *(line for event in KINDS for line in _section(event))])


def _envelope(event: type) -> dict[str, Any]:
    text = {"type": "string", "minLength": 1}
    properties = {
        "specversion": {"const": "1.0"},
        "id": {"type": "string", "format": "uuid"},
        "source": text,
        "type": {"const": _kind(event)},
        "subject": text,
        "time": {"type": "string", "format": "date-time"},
        "datacontenttype": {"const": "application/json"},
        "sequence": {"type": "string", "pattern": "^[0-9]{12}$"},
        "data": _data(event),
    }
    return {"title": _kind(event), "type": "object", "properties": properties, "required": list(properties)}


def _data(event: type) -> dict[str, Any]:
    adapter: TypeAdapter[Any] = TypeAdapter(event)
    return _inlined(adapter.json_schema())


def _inlined(found: dict[str, Any]) -> dict[str, Any]:
    """The schema with every label set where it is used, so that each event can be read alone."""
    named: dict[str, Any] = found.pop("$defs", {})

    def put_in(value: Any) -> Any:  # noqa: ANN401 - any part of a JSON document
        if isinstance(value, list):
            return [put_in(part) for part in value]
        if not isinstance(value, dict):
            return value
        if "$ref" in value:
            labels = {key: part for key, part in named[value["$ref"].rsplit("/", 1)[1]].items() if key in _OF_LABELS}
            value = labels | {key: part for key, part in value.items() if key != "$ref"}
        return {key: put_in(part) for key, part in value.items() if key != "title"}

    kept: dict[str, Any] = put_in(found)
    return kept


def _section(event: type) -> list[str]:
    lines = ["", f"## `{_kind(event)}`", "", cleandoc(str(event.__doc__)), "", "| field | what |", "|---|---|"]
    fields = _data(event)["properties"]
    hidden = events.WHILE_HIDDEN[vars(event)["kind"]]
    rows = (f"| `{name}` | {_said(found)} |" for name, found in fields.items())
    return [*lines, *rows, "", f"Of a team that is off or in shadow: {hidden}."]


def _said(field: dict[str, Any]) -> str:
    forms = [field, *field.get("anyOf", [])]
    labels = next((form["enum"] for form in forms if "enum" in form), None)
    among = f" One of {', '.join(f'`{label}`' for label in labels)}." if labels else ""
    return f"{field['description']}{among}"


def _kind(event: type) -> str:
    kind: events.Kind = vars(event)["kind"]
    return kind.value


_OF_LABELS = frozenset({"type", "enum"})
_HEAD = f"""# Events

This page is made from the code (`python -m levelhead.channels.webhook_schema docs`), and so is
[events.schema.json](events.schema.json).

What happens in Levelhead can be told to other systems: a destination is an address of one tenant that is sent
an HTTP POST for each event. An event holds ids and labels. What people said, names and everything else of a
customer stay here; who needs them asks the API. How destinations are set up is in
[operate.md](operate.md#events-for-other-systems).

## How they come

- The body is a CloudEvent 1.0 (`{CONTENT_TYPE}`). `source` names the tenant, `subject` the conversation, `time`
  is UTC.
- Every event is signed as Standard Webhooks asks (`webhook-id`, `webhook-timestamp`, `webhook-signature`).
  Check it with a library of that name and the destination's secret before anything else.
- An event comes **at least once**, each time with the same `id` (and the same `webhook-id`). Keep the ids of
  the last days and pass over what came before.
- Each destination has its own **order**: `sequence` rises, and an event is sent when the one before has been
  taken. A number that is missing is of a conversation that was removed before it was told.
- Answer with any 2xx within ten seconds, and work on it afterwards. Redirects are not followed.
- Anything else is tried again after 5 seconds, 15, 45 and so on up to an hour, for {PATIENCE.days} days. What
  is then still not taken is **dead**, and so is what was answered {MOST_REFUSALS} times with 400, 413, 415 or
  422. `levelhead outbox resend` or the API sends it again. `Retry-After` in seconds is heeded, up to an hour.
  Who answers 410 is told nothing more until it is turned on again.
- A kind ends in its version. Fields may be added to it; anything else makes a new kind beside it.
- Of a team that is **off** or in **shadow** nothing is told that was read or advised: what a receiver is told
  may stand on an agent's screen a moment later. Each kind below says what that means for it. It is not told later
  either, when the team is switched on; so an answer may then come to a card that was never told."""


if __name__ == "__main__":
    docs = Path(sys.argv[1])
    (docs / SCHEMA).write_text(json.dumps(schema(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (docs / PAGE).write_text(page() + "\n", encoding="utf-8")
