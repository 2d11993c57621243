"""The stored form of a turn, a reading, an advice or a piece of casework: JSON that gives back an equal value.

Floats keep every bit (shortest repr), bytes are base64, and a moment is its wall clock with the key of its zone, since
an offset alone would lose which zone's rules the conversation lives by.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

Kind = TypeVar("Kind")

_ADAPTERS: dict[type, TypeAdapter[Any]] = {}


def to_stored(value: object) -> str:
    """The stored form of a dataclass; equal values give equal text as long as their mappings have the same order."""
    return json.dumps(value, default=_plain, separators=(",", ":"), ensure_ascii=False)


def from_stored(kind: type[Kind], text: str) -> Kind:
    """The value that `to_stored` was given."""
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    value: Kind = _ADAPTERS[kind].validate_python(json.loads(text, object_hook=_revived))
    return value


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, datetime):
        return {"$local": value.replace(tzinfo=None).isoformat(), "$fold": value.fold, "$zone": _zone_name(value)}
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, bytes):
        return {"$base64": base64.b64encode(value).decode("ascii")}
    raise TypeError(f"{type(value).__name__} has no stored form")


def _zone_name(moment: datetime) -> str:
    if isinstance(moment.tzinfo, ZoneInfo) and moment.tzinfo.key:
        return moment.tzinfo.key
    offset = moment.utcoffset()
    if offset is None:
        raise TypeError("a moment without a zone has no stored form")
    return f"{offset.total_seconds():+}"


def _revived(found: dict[str, Any]) -> object:
    if "$local" in found:
        return datetime.fromisoformat(found["$local"]).replace(tzinfo=_zone(found["$zone"]), fold=found["$fold"])
    if "$base64" in found:
        return base64.b64decode(found["$base64"])
    return found


def _zone(name: str) -> ZoneInfo | timezone:
    return timezone(timedelta(seconds=float(name))) if name[0] in "+-" else ZoneInfo(name)
