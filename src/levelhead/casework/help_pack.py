"""The help pack: how long a call for help waits, what weighs in a supervisor's list, and how a hand-over is told."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from string import Formatter
from types import MappingProxyType
from typing import Final

from levelhead.advising.table import PackError, Table
from levelhead.casework.handover import Why
from levelhead.casework.where_to_help import Weighing
from levelhead.conversation import Channel

_NEEDS: Final = frozenset({"to", "why"})
_SLOTS: Final = _NEEDS | {"contact"}
_KEYS: Final = ("version", "locale", "limits", "weighing", "why", "say")


@dataclass(frozen=True, slots=True)
class HelpPack:
    """A parsed help pack: time limits by channel, weights of the list, and sentences by channel.

    `say` is the sentence without, `say_with_contact` the one with a way to reach the new person.
    """

    version: str
    locale: str
    limits: Mapping[Channel, timedelta]
    weighing: Weighing
    why: Mapping[Why, str]
    say: Mapping[Channel, str]
    say_with_contact: Mapping[Channel, str]

    def sentence(self, channel: Channel, to: str, why: Why, contact: str = "") -> str:
        """What tells the customer why, to whom, and how to reach them."""
        words = self.say_with_contact if contact else self.say
        return words[channel].format(to=to, why=self.why[why], contact=contact)


def parse_help(text: str) -> HelpPack:
    """The pack in this TOML text, whole or not at all. Raises PackError, which names the place and the mend."""
    try:
        top = Table(tomllib.loads(text), "")
    except tomllib.TOMLDecodeError as error:
        raise PackError("the file", f"is not TOML ({error})", "mend that line") from error
    limits, why = top.table("limits"), top.table("why")
    say = dict(_by_channel(top.table("say")))
    pack = HelpPack(
        version=top.text("version"),
        locale=top.text("locale"),
        limits=MappingProxyType({one: timedelta(minutes=limits.whole(one, 1, 24 * 60)) for one in Channel}),
        weighing=_weighing(top.table("weighing")),
        why=MappingProxyType({one: why.text(one) for one in Why}),
        say=MappingProxyType({channel: plain for channel, (plain, _) in say.items()}),
        say_with_contact=MappingProxyType({channel: full for channel, (_, full) in say.items()}),
    )
    limits.done(Channel)
    why.done(Why)
    top.done(_KEYS)
    return pack


def _weighing(table: Table) -> Weighing:
    weighing = Weighing(
        forecast=table.number("forecast", 0, 1),
        promise_within=timedelta(minutes=table.whole("promise_within", 1, 24 * 60)),
        calm_turns=table.whole("calm_turns", 1, 20),
    )
    table.done(("forecast", "promise_within", "calm_turns"))
    return weighing


def _by_channel(table: Table) -> Iterator[tuple[Channel, tuple[str, str]]]:
    for channel in Channel:
        said = table.table(channel)
        plain, full = _sentence(said, "plain", _NEEDS), _sentence(said, "with_contact", _SLOTS)
        said.done(("plain", "with_contact"))
        yield channel, (plain, full)
    table.done(Channel)


def _sentence(table: Table, key: str, needs: frozenset[str]) -> str:
    text = table.text(key)
    try:
        slots = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError as wrong:
        raise PackError(f"{table.where}.{key}", f"a bracket is left open ({wrong})", "close it") from wrong
    if slots != needs:
        wanted = ", ".join(f"{{{name}}}" for name in sorted(needs))
        raise PackError(f"{table.where}.{key}", f"it names {sorted(slots)}", f"name each of these: {wanted}")
    return text
