"""A conversation as it is read, on a terminal or in a plain text file (no colour there, nor where NO_COLOR is set)."""

import sys
import unicodedata
from io import TextIOWrapper

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from levelhead.cli.wording import Shown, outlook_of, shown_by, steps_of
from levelhead.conversation import Card, Heard, Speaker, Turn

WIDEST = 100
"""Columns: longer lines are hard to read."""

QUIET = "dim"
EVIDENCE = "underline"
HEARD = "cyan"
SAY = "bold"


class TerminalOutput:
    """Shows each turn with its evidence underlined, what it shows, the steps, the outlook and the card."""

    def __init__(self, *, why: bool = False) -> None:
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(errors="replace")  # A terminal without curly quotes is no reason to stop.
        console = Console(highlight=False, markup=False, emoji=False)
        self._console = Console(highlight=False, markup=False, emoji=False, width=min(console.width, WIDEST))
        self._why = why
        self._conversation: str | None = None

    def show(self, heard: Heard) -> None:
        """Print one turn, under a headline where it is of another conversation than the turn before."""
        if heard.turn.conversation != self._conversation:
            self._conversation = heard.turn.conversation
            self._console.print(Padding(_headline(heard.turn), (1, 0, 1, 0)))
        grid = Table.grid(padding=(0, 2))
        grid.add_column(justify="right", style=QUIET, width=3)
        grid.add_column(width=10)
        grid.add_column(ratio=1)
        grid.add_row(str(heard.turn.n), Text(heard.turn.speaker.value, _speaker_style(heard)), self._told(heard))
        self._console.print(Padding(grid, (0, 0, 1, 0)))
        sys.stdout.flush()

    def _told(self, heard: Heard) -> RenderableType:
        lines: list[RenderableType] = [_words(heard), _findings(shown_by(heard))]
        if heard.turn.speaker is Speaker.CUSTOMER and heard.reading.readable:
            lines += [Text(told, QUIET) for told in (_safe(outlook_of(heard.reading.outlook)), steps_of(heard)) if told]
        if heard.advice.card:
            lines.append(_card(heard.advice.card))
        elif self._why and heard.advice.quiet_because:
            lines.append(Text(f"no card: {_safe(heard.advice.quiet_because)}", QUIET))
        return Group(*lines)


def _headline(turn: Turn) -> Rule:
    known = [turn.conversation, turn.channel.value.replace("_", " "), turn.locale, turn.customer or ""]
    title = Text(_safe(" · ".join(part for part in known if part)))
    return Rule(title, align="left", characters="─", style=QUIET)


def _speaker_style(heard: Heard) -> str:
    return "bold" if heard.turn.speaker is Speaker.CUSTOMER else ""


def _words(heard: Heard) -> Text:
    text = Text(_safe(heard.turn.text))
    for signal in heard.reading.signals:
        for span in signal.spans:
            text.stylize(EVIDENCE, span.start, span.end)
    return text


def _findings(shown: list[Shown]) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style=HEARD, min_width=16, no_wrap=True)
    grid.add_column(ratio=1)
    for finding in shown:
        grid.add_row(finding.what, Text(_safe(finding.words)))
    return grid


def _card(card: Card) -> RenderableType:
    because = "; ".join(f"“{one.words}” (turn {one.turn})" if one.words else f"turn {one.turn}" for one in card.because)
    bar = Table.grid(padding=(0, 1))
    bar.add_column(style=SAY, width=1)
    bar.add_column(ratio=1)
    lines = Text(_safe(card.title), SAY), Text(f"“{_safe(card.say)}”"), Text(f"because of {_safe(because)}", QUIET)
    for line in lines:
        bar.add_row("▌", line)
    return Padding(bar, (1, 0, 0, 0))


def _safe(text: str) -> str:
    """The same characters at the same places, but none that would steer the terminal or turn its lines around."""
    return "".join(
        char if char == "\n" or unicodedata.category(char) not in {"Cc", "Cf", "Co"} else "�" for char in text
    )
