"""Tells whoever watches what has just happened, within this process."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Self

from anyio import ClosedResourceError, EndOfStream, WouldBlock, create_memory_object_stream
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream

from levelhead.conversation import Heard
from levelhead.storage.records import Answered

EVERYTHING = "*"
BACKLOG = 256  # Events a watcher may be behind: minutes of a busy floor, and far more than a healthy page ever is.


@dataclass(frozen=True, slots=True)
class TurnHeard:
    """A turn was kept; `late` when a later turn of the conversation had been kept before it."""

    conversation: str
    heard: Heard
    late: bool


@dataclass(frozen=True, slots=True)
class CardAnswered:
    """The agent answered a card; after `not_now` and `wrong` it shows no longer."""

    conversation: str
    answered: Answered


@dataclass(frozen=True, slots=True)
class ConversationRemoved:
    """A conversation and all its turns are gone."""

    conversation: str


@dataclass(frozen=True, slots=True)
class ConversationChanged:
    """Something about a conversation has changed beside its turns: consent, a label put right, who answers."""

    conversation: str


Event = TurnHeard | CardAnswered | ConversationChanged | ConversationRemoved


class Subscription:
    """The events of one topic from the moment it was made, in order: iterate it, and close it (or use `with`).

    It ends by itself when the bus closes or when its watcher is more than BACKLOG events behind; the watcher then
    reads the books again and subscribes anew.
    """

    def __init__(self, bus: "Bus", topic: str) -> None:
        self.topic = topic
        self._bus = bus
        self._send: MemoryObjectSendStream[Event]
        self._receive: MemoryObjectReceiveStream[Event]
        self._send, self._receive = create_memory_object_stream[Event](BACKLOG)

    def close(self) -> None:
        """No more events; harmless when closed already."""
        self._bus.forget(self)
        self._send.close()
        self._receive.close()

    def offer(self, event: Event) -> None:
        """Pass an event on without waiting; a watcher too far behind is let go."""
        try:
            self._send.send_nowait(event)
        except WouldBlock:
            self.end()

    def end(self) -> None:
        """Let the watcher see what is waiting for it, then the end."""
        self._bus.forget(self)
        self._send.close()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Event:
        try:
            return await self._receive.receive()
        except (EndOfStream, ClosedResourceError):
            self.close()
            raise StopAsyncIteration from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Bus:
    """In-process events by topic: a conversation's id, or EVERYTHING. To be used from the event loop only."""

    def __init__(self) -> None:
        self._watchers: defaultdict[str, set[Subscription]] = defaultdict(set)
        self._closed = False

    def subscribe(self, topic: str) -> Subscription:
        """Watch a topic; no event published after this call is missed."""
        subscription = Subscription(self, topic)
        self._watchers[topic].add(subscription)
        if self._closed:
            subscription.end()
        return subscription

    def publish(self, event: Event) -> None:
        """Tell the watchers of this conversation and the watchers of everything; never waits for any of them."""
        for topic in (event.conversation, EVERYTHING):
            for watcher in tuple(self._watchers.get(topic, ())):
                watcher.offer(event)

    def close(self) -> None:
        """End every subscription, so that open pages do not keep the server from stopping."""
        self._closed = True
        for watcher in [watcher for watchers in self._watchers.values() for watcher in watchers]:
            watcher.end()

    def forget(self, subscription: Subscription) -> None:
        """Drop a subscription that has ended."""
        watchers = self._watchers.get(subscription.topic)
        if watchers is not None:
            watchers.discard(subscription)
            if not watchers:
                del self._watchers[subscription.topic]
