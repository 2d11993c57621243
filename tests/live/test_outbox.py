"""What is told to the outside arrives in order, at least once and with the same id, whatever happens on the way."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from uuid import uuid4

import anyio
import pytest

from levelhead import packs
from levelhead.channels.webhook import Webhooks
from levelhead.channels.webhook_envelope import new_secret
from levelhead.conversation import Turn
from levelhead.live.bus import Bus
from levelhead.live.desk import Desk
from levelhead.live.events import Kind
from levelhead.live.outbox import Courier, Parcel
from levelhead.live.outbox_schedule import MOST_REFUSALS, PATIENCE, Answer
from levelhead.storage.books import utc_now
from levelhead.storage.library import Library
from levelhead.storage.outbox import Outbox, State
from levelhead.storage.outbox_destinations import Destination, Destinations
from levelhead.storage.refusals import CannotKeep
from levelhead.storage.vault import open_vault
from tests.people import amira, mr_doyle
from tests.receiving import Receiver, as_text, receiving

REFUND = "the-late-refund"
HERE = [ip_network("127.0.0.0/8")]


class Clock:
    """A clock that stands until a test moves it on."""

    def __init__(self) -> None:
        self.moment = utc_now()

    def __call__(self) -> datetime:
        return self.moment

    def move_on(self, **by: float) -> None:
        self.moment += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving(new_secret()) as there:
        yield there


@pytest.fixture
def desk(library: Library) -> Desk:
    return Desk(library.of(library.first.id), Bus(), None, packs.load)


@pytest.fixture
def destinations(library: Library) -> Destinations:
    return Destinations(library.shelf(library.first.id), library.vault)


@pytest.fixture
def outbox(library: Library) -> Outbox:
    return Outbox(library.shelf(library.first.id))


@pytest.fixture
def destination(destinations: Destinations, receiver: Receiver) -> Destination:
    return destinations.add(receiver.url, [], receiver.secret, utc_now())


def hear(desk: Desk, *turns: Turn) -> None:
    async def one_by_one() -> None:
        for turn in turns:
            await desk.hear(turn)

    anyio.run(one_by_one)


def send(library: Library, clock: Callable[[], datetime] = utc_now) -> None:
    """What the courier does in one round."""

    async def once() -> None:
        webhooks = Webhooks(HERE)
        await Courier(library, webhooks, clock=clock, chance=lambda: 0.0).send_due()
        await webhooks.close()

    anyio.run(once)


@pytest.mark.usefixtures("destination")
def test_what_was_heard_is_told_in_order_signed_and_without_a_word_of_it(
    library: Library, desk: Desk, receiver: Receiver
) -> None:
    hear(desk, mr_doyle("Where is my kettle money?"), amira("I will call you tomorrow at noon, Mr Doyle.", 1))
    send(library)
    assert receiver.kinds == ["conversation.started", "turn.heard", "turn.heard", "promise.heard"]
    first = receiver.asked[0]
    assert (first["specversion"], first["source"], first["subject"]) == (
        "1.0",
        "/tenants/default",
        f"conversations/{REFUND}",
    )
    assert first["data"] == {"conversation": REFUND, "channel": "chat", "locale": "en-GB"}
    assert receiver.asked[3]["data"]["due"].startswith("2025-03-07T12:00")
    assert [event["sequence"] for event in receiver.asked] == sorted(event["sequence"] for event in receiver.asked)
    assert [header["webhook-id"] for header in receiver.headers] == [event["id"] for event in receiver.asked]
    assert not any(word in as_text(event) for event in receiver.asked for word in ("kettle", "money", "Doyle", "noon"))


@pytest.mark.usefixtures("destination")
def test_what_arrived_is_not_sent_again(library: Library, desk: Desk, receiver: Receiver, outbox: Outbox) -> None:
    hear(desk, mr_doyle("Hello?"))
    send(library)
    send(library)
    assert receiver.kinds == ["conversation.started", "turn.heard"]
    assert [delivery.state for delivery in outbox.listed()] == [State.SENT, State.SENT]
    assert (outbox.standing().waiting, outbox.standing().dead) == (0, 0)


def test_a_turn_that_could_not_be_kept_is_told_to_nobody(
    library: Library, desk: Desk, outbox: Outbox, destination: Destination, full_disk: Callable[[bool], None]
) -> None:
    full_disk(True)
    with pytest.raises(CannotKeep):
        hear(desk, mr_doyle("Where is my refund? " * 4_000))
    full_disk(False)
    assert outbox.listed() == ()


@pytest.mark.usefixtures("destination")
def test_a_turn_heard_twice_is_told_once(library: Library, desk: Desk, receiver: Receiver) -> None:
    hear(desk, mr_doyle("Hello?"), mr_doyle("Hello?"))
    send(library)
    assert receiver.kinds == ["conversation.started", "turn.heard"]


@pytest.mark.usefixtures("destination")
def test_a_receiver_that_fails_holds_up_what_comes_after_until_it_is_back(
    library: Library, desk: Desk, receiver: Receiver, clock: Clock, outbox: Outbox
) -> None:
    receiver.answers = [(503, {}), (500, {})]
    hear(desk, mr_doyle("Hello?"))
    clock.move_on(seconds=1)
    send(library, clock)
    send(library, clock)
    assert receiver.kinds == ["conversation.started"]
    assert outbox.listed()[0].trouble == "answered 503"
    clock.move_on(seconds=5)
    send(library, clock)
    clock.move_on(seconds=5)
    send(library, clock)
    assert receiver.kinds == ["conversation.started"] * 2
    clock.move_on(seconds=10)
    send(library, clock)
    assert receiver.kinds == ["conversation.started"] * 3 + ["turn.heard"]
    assert len({event["id"] for event in receiver.asked}) == 2


@pytest.mark.usefixtures("destination")
def test_a_receiver_may_ask_for_a_longer_wait(
    library: Library, desk: Desk, receiver: Receiver, clock: Clock, outbox: Outbox
) -> None:
    receiver.answers = [(429, {"Retry-After": "600"})]
    hear(desk, mr_doyle("Hello?"))
    clock.move_on(seconds=1)
    send(library, clock)
    assert outbox.listed()[0].due_at == clock() + timedelta(seconds=600)


@pytest.mark.usefixtures("destination")
def test_an_event_that_is_refused_again_and_again_dies_and_lets_the_next_one_through(
    library: Library, desk: Desk, receiver: Receiver, clock: Clock, outbox: Outbox
) -> None:
    receiver.answers = [(422, {})] * MOST_REFUSALS
    hear(desk, mr_doyle("Hello?"))
    for _ in range(MOST_REFUSALS):
        clock.move_on(hours=1)
        send(library, clock)
    assert receiver.kinds == ["conversation.started"] * MOST_REFUSALS + ["turn.heard"]
    (dead,) = outbox.listed(State.DEAD)
    assert (dead.event.kind, dead.trouble) == (Kind.CONVERSATION_STARTED.value, "answered 422")
    assert outbox.resend(clock()) == 1
    send(library, clock)
    assert receiver.kinds[-1] == "conversation.started"
    assert receiver.asked[-1]["id"] == receiver.asked[0]["id"]
    assert outbox.listed(State.DEAD) == ()


@pytest.mark.usefixtures("destination")
def test_after_days_without_the_receiver_its_events_are_given_up(
    library: Library, desk: Desk, receiver: Receiver, clock: Clock, outbox: Outbox
) -> None:
    receiver.answers = [(503, {})] * 2
    hear(desk, mr_doyle("Hello?"))
    clock.move_on(seconds=PATIENCE.total_seconds() + 1)
    send(library, clock)
    assert outbox.standing().dead == 2


def test_a_receiver_that_is_gone_for_good_is_told_nothing_more(
    library: Library, desk: Desk, receiver: Receiver, destination: Destination, destinations: Destinations
) -> None:
    receiver.answers = [(410, {})]
    hear(desk, mr_doyle("Hello?"))
    send(library)
    hear(desk, mr_doyle("Hello?", 1))
    send(library)
    assert receiver.kinds == ["conversation.started"]
    destinations.switch(destination.id, active=True)
    send(library, lambda: utc_now() + timedelta(minutes=1))
    assert receiver.kinds[1:] == ["conversation.started", "turn.heard"]


def test_a_crash_between_sending_and_noting_sends_the_same_event_again(
    library: Library, desk: Desk, receiver: Receiver, destination: Destination, full_disk: Callable[[bool], None]
) -> None:
    hear(desk, mr_doyle("Hello?"))

    async def crash_after_sending() -> None:
        webhooks = Webhooks(HERE)

        async def carry(parcel: Parcel) -> Answer:
            await webhooks(parcel)
            raise ConnectionAbortedError("as if the power had gone")

        with pytest.raises(ExceptionGroup):
            await Courier(library, carry).send_due()
        await webhooks.close()

    anyio.run(crash_after_sending)
    send(library)
    assert receiver.kinds == ["conversation.started", "conversation.started", "turn.heard"]
    assert receiver.asked[0] == receiver.asked[1]


def test_a_destination_that_someone_sends_to_is_left_alone_until_the_claim_ends(
    outbox: Outbox, desk: Desk, destination: Destination
) -> None:
    hear(desk, mr_doyle("Hello?"))
    now, one, other = utc_now(), uuid4(), uuid4()
    assert outbox.due(now) == (destination.id,)
    assert outbox.claim([destination.id], one, now, now + timedelta(seconds=60)) == (destination.id,)
    assert outbox.claim([destination.id], other, now, now + timedelta(seconds=60)) == ()
    later = now + timedelta(seconds=61)
    assert outbox.claim([destination.id], other, later, later + timedelta(seconds=60)) == (destination.id,)
    delivery = outbox.first_waiting(destination.id)
    assert delivery is not None
    assert outbox.note(delivery, one, later) is False


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_destination_that_is_being_written_to_is_passed_over_and_not_waited_for(
    library: Library, outbox: Outbox, desk: Desk, destination: Destination
) -> None:
    hear(desk, mr_doyle("Hello?"))
    now = utc_now()
    with library.database.engine.connect() as other, other.begin():
        other.exec_driver_sql("SET LOCAL levelhead.tenant = '" + str(library.first.id) + "'")
        other.exec_driver_sql("SELECT id FROM destination FOR UPDATE")
        assert outbox.claim([destination.id], uuid4(), now, now + timedelta(seconds=60)) == ()
    assert outbox.claim([destination.id], uuid4(), now, now + timedelta(seconds=60)) == (destination.id,)


def test_a_destination_is_told_of_the_kinds_that_it_wants(
    library: Library, desk: Desk, receiver: Receiver, destinations: Destinations, outbox: Outbox
) -> None:
    destinations.add(receiver.url, [Kind.TURN_HEARD], receiver.secret, utc_now())
    hear(desk, mr_doyle("Hello?"))
    send(library)
    assert receiver.kinds == ["turn.heard"]
    assert len(outbox.listed()) == 1


def test_where_nobody_is_told_nothing_is_laid_out(desk: Desk, outbox: Outbox) -> None:
    hear(desk, mr_doyle("Hello?"))
    assert outbox.listed() == ()


def test_another_tenants_destination_is_told_nothing_of_ours(library: Library, desk: Desk, receiver: Receiver) -> None:
    others = Destinations(library.shelf(library.add_tenant("Others", "others").id), library.vault)
    others.add(receiver.url, [], receiver.secret, utc_now())
    hear(desk, mr_doyle("Hello?"))
    send(library)
    assert receiver.asked == []


@pytest.mark.usefixtures("destination")
def test_of_a_conversation_that_is_removed_only_that_is_told(
    library: Library, desk: Desk, receiver: Receiver, outbox: Outbox
) -> None:
    hear(desk, mr_doyle("Hello?"), mr_doyle("Hello?", conversation="another"))
    anyio.run(desk.remove, REFUND)
    send(library)
    about = [event["type"] for event in receiver.asked if event["data"]["conversation"] == REFUND]
    assert about == [Kind.CONVERSATION_REMOVED.value]
    assert receiver.kinds.count("turn.heard") == 1


@pytest.mark.usefixtures("destination")
def test_what_arrived_is_forgotten_after_its_days_and_what_waits_is_not(
    library: Library, desk: Desk, outbox: Outbox, clock: Clock, receiver: Receiver
) -> None:
    hear(desk, mr_doyle("Hello?"))
    receiver.answers = [(200, {}), (503, {})]
    clock.move_on(seconds=1)
    send(library, clock)
    outbox.forget(clock() + timedelta(days=1))
    (left,) = outbox.listed()
    assert (left.state, left.event.kind) == (State.WAITING, Kind.TURN_HEARD.value)


def test_two_destinations_do_not_wait_for_each_other(
    library: Library, desk: Desk, receiver: Receiver, destinations: Destinations, destination: Destination
) -> None:
    receiver.answers = [(503, {})]
    with receiving(receiver.secret) as other:
        destinations.add(other.url, [], receiver.secret, utc_now())
        hear(desk, mr_doyle("Hello?"))
        send(library)
        assert other.kinds == ["conversation.started", "turn.heard"]


def test_what_cannot_be_signed_waits_and_holds_up_nobody_else(
    library: Library, desk: Desk, receiver: Receiver, destinations: Destinations, outbox: Outbox, tmp_path: Path
) -> None:
    shelf, lost = library.shelf(library.first.id), open_vault(tmp_path / "lost")
    Destinations(shelf, lost).add(receiver.url, [], receiver.secret, utc_now())
    destinations.add(receiver.url, [], receiver.secret, utc_now())
    hear(desk, mr_doyle("Hello?"))
    send(library)
    assert receiver.kinds == ["conversation.started", "turn.heard"]
    first, _ = outbox.listed(State.WAITING)
    assert first.attempts == 1
    assert first.trouble is not None
    assert "key" in first.trouble
