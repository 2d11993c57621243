"""Channels that send turns and desks that are open: the other side of `benchmarks.desk_load`, as one process.

`python -m benchmarks._load_clients` takes a `Plan` as JSON on standard input and prints a `Seen` when its time is over. All
that it measures is on its own clock. It asks the server nothing that a channel or a page would not ask.
"""

import asyncio
import json
import re
import sys
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx

from benchmarks._load_talks import Talk, written_talks

PATIENCE_S = 30.0
"""For an answer, and at the end for the last turn to reach a desk."""
_TURN = re.compile(r'id="turn-(\d+)"')
_PAGE = {"accept-language": "en-GB"}


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do: so many conversations with a turn each `pace_s`, for `seconds`.

    `desks` and `supervisors` are cookie and token of who has a conversation open, and of who has *Now* open.
    """

    url: str
    token: str
    data: str
    seconds: float
    pace_s: float
    conversations: int
    desks: Sequence[tuple[str, str]]
    supervisors: Sequence[tuple[str, str]]


@dataclass(slots=True)
class Seen:
    """What happened. Durations in seconds; a turn is `conversation/n`, and only a 200 acknowledges it."""

    sent: int = 0
    acknowledged: list[str] = field(default_factory=list)
    answered_s: list[float] = field(default_factory=list)
    screen_s: dict[str, float] = field(default_factory=dict)
    unseen: list[str] = field(default_factory=list)
    drafts_s: list[float] = field(default_factory=list)
    pages_s: list[float] = field(default_factory=list)
    events_of_now: int = 0
    late_s: float = 0.0
    took_s: float = 0.0
    wrong: dict[str, int] = field(default_factory=dict)

    def gone_wrong(self, what: str) -> None:
        """Count what should not have happened."""
        self.wrong[what] = self.wrong.get(what, 0) + 1


class Load:
    """Everybody who calls the server at once."""

    def __init__(self, plan: Plan, talks: Sequence[Talk]) -> None:
        self.plan, self.talks, self.seen = plan, talks, Seen()
        self.began = self.ends = 0.0
        self._sent_at: dict[str, float] = {}
        self._screens: dict[str, float] = {}
        self._desks = [Desk(self, *known) for known in plan.desks]
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
        self._http = httpx.AsyncClient(base_url=plan.url, timeout=PATIENCE_S, limits=limits)

    async def run(self) -> Seen:
        """Send for as long as planned, then wait until everything that is owed has come, or patience is over."""
        async with self._http:
            self.began = time.monotonic()
            self.ends = self.began + self.plan.seconds
            watching = [asyncio.create_task(_now(self, *known)) for known in self.plan.supervisors]
            await asyncio.gather(*(self._slot(number) for number in range(self.plan.conversations)))
            self.seen.took_s = time.monotonic() - self.began
            for task in watching:
                task.cancel()
            await asyncio.gather(*watching, return_exceptions=True)
        return self.seen

    @property
    def http(self) -> httpx.AsyncClient:
        """The connections that all share; a cookie goes with each request, and none is kept."""
        return self._http

    async def _slot(self, number: int) -> None:
        """One line that is never free: a conversation after the other, a turn each `pace_s`."""
        plan, place = self.plan, 0
        due = self.began + number * plan.pace_s / plan.conversations
        desk = self._desk_of(number)
        while due < self.ends:
            talk = self.talks[(number + place * plan.conversations) % len(self.talks)]
            due = await self._talk(talk, f"load-{number}-{place}", due, desk)
            place += 1

    def _desk_of(self, number: int) -> "Desk | None":
        """Desks are spread evenly over the lines, as far as there are lines."""
        apart = max(1, self.plan.conversations // max(1, len(self._desks)))
        place, rest = divmod(number, apart)
        return self._desks[place] if not rest and place < len(self._desks) else None

    async def _talk(self, talk: Talk, name: str, due: float, desk: "Desk | None") -> float:
        started, began = datetime.now(UTC).isoformat(), due
        opened: asyncio.Task[None] | None = None
        owed: list[str] = []
        for n in range(len(talk.said)):
            if due >= self.ends:
                break
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            self.seen.late_s = max(self.seen.late_s, time.monotonic() - due)
            if desk and desk.has_open(name):
                owed.append(f"{name}/{n}")
            await self._send(talk, name, n, due - began, started)
            if desk and n == 0:
                opened = asyncio.create_task(desk.open(name))
            elif desk and n + 1 < len(talk.said) and talk.said[n + 1][0] == "agent":
                asyncio.get_running_loop().call_later(self.plan.pace_s / 2, desk.checks_soon, name, talk.said[n + 1][1])
            due += self.plan.pace_s
        if desk and opened:
            await desk.leave(owed)
            opened.cancel()
            await asyncio.gather(opened, return_exceptions=True)
        return due

    async def _send(self, talk: Talk, name: str, n: int, at: float, started: str) -> None:
        turn, seen = f"{name}/{n}", self.seen
        row = json.dumps(talk.row(n, at, started) | {"source_id": turn})
        headers = {"authorization": f"Bearer {self.plan.token}", "content-type": "application/json"}
        seen.sent += 1
        self._sent_at[turn] = sent = time.monotonic()
        try:
            answer = await self._http.post(f"/api/v1/conversations/{name}/turns", content=row, headers=headers)
        except httpx.HTTPError as error:
            seen.gone_wrong(type(error).__name__)
            return
        seen.answered_s.append(time.monotonic() - sent)
        if answer.status_code == 200:
            seen.acknowledged.append(turn)
        else:
            seen.gone_wrong(f"{answer.status_code} to a turn")

    def on_screen(self, turn: str) -> None:
        """A turn has come to a desk that has its conversation open."""
        if turn in self._sent_at and turn not in self.seen.screen_s:
            self.seen.screen_s[turn] = time.monotonic() - self._sent_at[turn]


class Desk:
    """One agent's page: opened as the browser opens it, then watched over its stream."""

    def __init__(self, load: Load, cookie: str, csrf: str) -> None:
        self._load = load
        self._headers = {"cookie": cookie, **_PAGE}
        self._csrf = csrf
        self._showing: str | None = None
        self._checks: set[asyncio.Task[None]] = set()

    def has_open(self, name: str) -> bool:
        """Whether the stream of this conversation is open by now."""
        return self._showing == name

    async def open(self, name: str) -> None:
        """Read the brief, take the conversation, open its page, and watch until cancelled."""
        here = f"/conversations/{name}"
        while True:
            try:
                await self._get(f"{here}/before")
                await self._take(here)
                await self._get(here)
                await self._watch(name)
            except httpx.HTTPError as error:
                self._load.seen.gone_wrong(f"{type(error).__name__} at a desk")

    async def leave(self, owed: Sequence[str]) -> None:
        """Wait until what was sent while the page was open has come, then look elsewhere."""
        until = time.monotonic() + PATIENCE_S
        shown = self._load.seen.screen_s
        while time.monotonic() < until and any(turn not in shown for turn in owed):
            await asyncio.sleep(0.05)
        self._load.seen.unseen += [turn for turn in owed if turn not in shown]
        self._showing = None

    def checks_soon(self, name: str, draft: str) -> None:
        """The agent has typed a reply, and its page asks what it had better say otherwise."""
        task = asyncio.create_task(self._check(name, draft))
        self._checks.add(task)
        task.add_done_callback(self._checks.discard)

    async def _check(self, name: str, draft: str) -> None:
        if not self.has_open(name):
            return
        began = time.monotonic()
        form = {"text": draft, "speaker": "agent", "csrf": self._csrf}
        try:
            answer = await self._load.http.post(f"/conversations/{name}/draft", data=form, headers=self._headers)
        except httpx.HTTPError as error:
            self._load.seen.gone_wrong(f"{type(error).__name__} at a draft")
            return
        self._load.seen.drafts_s.append(time.monotonic() - began)
        if answer.status_code != 200:
            self._load.seen.gone_wrong(f"{answer.status_code} to a draft")

    async def _take(self, here: str) -> None:
        taken = await self._load.http.post(f"{here}/take", data={"csrf": self._csrf}, headers=self._headers)
        if taken.status_code != 303:
            self._load.seen.gone_wrong(f"{taken.status_code} to taking a conversation")

    async def _get(self, address: str) -> None:
        began = time.monotonic()
        answer = await self._load.http.get(address, headers=self._headers)
        self._load.seen.pages_s.append(time.monotonic() - began)
        if answer.status_code != 200:
            self._load.seen.gone_wrong(f"{answer.status_code} to a page")

    async def _watch(self, name: str) -> None:
        async for event in _events(self._load.http, f"/conversations/{name}/stream", self._headers):
            self._showing = name
            for n in _TURN.findall(event):
                self._load.on_screen(f"{name}/{n}")


async def _now(load: Load, cookie: str, csrf: str) -> None:
    """A supervisor who looks at *Now*."""
    headers = {"cookie": cookie, **_PAGE}
    await load.http.get("/", headers=headers)
    while True:
        async for _ in _events(load.http, "/now/stream", headers):
            load.seen.events_of_now += 1


async def _events(http: httpx.AsyncClient, address: str, headers: dict[str, str]) -> AsyncIterator[str]:
    """Each event of a stream as it arrives, whole."""
    async with http.stream("GET", address, headers=headers, timeout=None) as answer:
        answer.raise_for_status()
        waiting: list[str] = []
        async for line in answer.aiter_lines():
            if line:
                waiting.append(line)
            elif waiting:
                yield "\n".join(waiting)
                waiting = []


def main() -> int:
    """Run the plan that comes in."""
    plan = Plan(**json.load(sys.stdin))
    seen = asyncio.run(Load(plan, written_talks(Path(plan.data))).run())
    print(json.dumps(asdict(seen)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
