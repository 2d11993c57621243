"""A webhook goes where it may go, waits no longer than agreed and follows nothing."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from ipaddress import ip_address, ip_network
from uuid import uuid4

import anyio
import pytest

from levelhead.channels import webhook
from levelhead.channels.webhook import NotAnAddress, Webhooks, check_address
from levelhead.channels.webhook_addresses import Forbidden, check_allowed
from levelhead.channels.webhook_envelope import new_secret
from levelhead.live import events
from levelhead.live.outbox import Parcel
from levelhead.live.outbox_schedule import Answer
from levelhead.people.team import Tenant
from levelhead.storage.outbox import Delivery, State
from tests.receiving import receiving

HERE = [ip_network("127.0.0.0/8"), ip_network("::1/128")]
NOW = datetime.now(UTC)


def carried(url: str, secret: str, allowed: list[object] | None = None) -> Answer:
    told = events.told(events.ConversationRemoved("call-1"), NOW)
    delivery = Delivery(uuid4(), 1, told, State.WAITING, 0, NOW, None, None)

    async def once() -> Answer:
        webhooks = Webhooks(HERE if allowed is None else [])
        answer = await webhooks(Parcel(Tenant(uuid4(), "Acme", "acme"), url, secret, delivery))
        await webhooks.close()
        return answer

    return anyio.run(once)


@contextmanager
def listening() -> Iterator[tuple[str, socket.socket]]:
    """A port that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        yield f"http://127.0.0.1:{silent.getsockname()[1]}/", silent


def test_an_event_arrives_signed() -> None:
    with receiving(new_secret()) as there:
        assert carried(there.url, there.secret) == Answer(200)
        assert there.kinds == ["conversation.removed"]
        assert there.headers[0]["content-type"] == "application/cloudevents+json"


def test_a_redirect_is_not_followed() -> None:
    with receiving(new_secret()) as there:
        there.answers = [(302, {"location": there.url})]
        answer = carried(there.url, there.secret)
        assert (answer.status, answer.arrived, len(there.asked)) == (302, False, 1)
        assert answer.trouble == "answered 302, and no redirect is followed"


def test_a_receiver_that_says_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "TIMEOUT_S", 0.05)
    with listening() as (url, _):
        assert carried(url, new_secret()).trouble == "did not answer within 0 seconds"


def test_a_receiver_that_is_not_there_is_told_as_such() -> None:
    with listening() as (url, silent):
        silent.close()
        answer = carried(url, new_secret())
    assert answer.status is None
    assert answer.trouble == "cannot be reached (ConnectError)"


def test_a_private_address_is_not_connected_to_unless_a_setting_allows_it() -> None:
    with receiving(new_secret()) as there:
        for url in (there.url, there.url.replace("127.0.0.1", "localhost")):
            answer = carried(url, there.secret, allowed=[])
            assert answer.status is None
            assert "is a private address; LEVELHEAD_WEBHOOK_NETWORKS can allow it" in str(answer.trouble)
        assert there.asked == []


def test_without_tls_nothing_leaves_for_the_public_internet() -> None:
    assert "over https only" in str(carried("http://93.184.215.14/", new_secret()).trouble)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "100.64.0.1",
        "169.254.169.254",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fd00::1",
        "fe80::1",
        "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
    ],
)
def test_every_way_to_write_a_private_address_is_known(address: str) -> None:
    with pytest.raises(Forbidden):
        check_allowed(ip_address(address), [])


def test_a_network_that_is_allowed_allows_nothing_beside_it() -> None:
    check_allowed(ip_address("10.1.2.3"), [ip_network("10.0.0.0/8")])
    check_allowed(ip_address("93.184.215.14"), [])
    with pytest.raises(Forbidden):
        check_allowed(ip_address("169.254.169.254"), [ip_network("10.0.0.0/8")])


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.com/",
        "https:///nowhere",
        "example.com",
        "https://name:password@example.com/",
        "https://example.com/#part",
        "https://example.com/a b",
        "https://example.com:port/",
        "http://93.184.215.14/",
        "https://169.254.169.254/latest",
    ],
)
def test_what_could_never_be_sent_to_is_refused_at_once(url: str) -> None:
    with pytest.raises(NotAnAddress, match=r"^url: "):
        check_address(url)


def test_an_address_of_the_public_internet_is_taken() -> None:
    check_address("https://example.com/hooks/levelhead?team=1")
    check_address("http://127.0.0.1:8000/", HERE)
