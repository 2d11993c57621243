"""Customers as pages: found by the very same value, changed with their word for it, made one and parted."""

from uuid import UUID

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from levelhead.people.audit import Deed
from levelhead.people.person import Role
from levelhead.storage import tables
from levelhead.storage.customers import Customers
from levelhead.storage.holds import Holds
from levelhead.storage.profiles import Profiles
from tests.web.signing import browser_of, place_of, somebody
from tests.web.test_before import TALK, heard

PAGE = "/customers"
NEED = {"adjustment": "Speak slowly", "told_by": "customer"}


def referred(client: TestClient, reference: str) -> UUID:
    books = place_of(client).desk.books
    found = Customers(books.shelf, books.vault).referred(reference)
    assert found is not None
    return found


def sent(client: TestClient, path: str, **fields: str) -> tuple[int, str]:
    answer = client.post(path, data=fields)
    return answer.status_code, answer.headers.get("location", answer.text)


@pytest.fixture
def okafor(client: TestClient) -> UUID:
    """A customer whose conversation Amira holds."""
    heard(client, TALK, "My kettle has not come. Ring me on 07700 900123.")
    client.post(f"/conversations/{TALK}/take")
    return referred(client, "crm-2")


@pytest.fixture
def sam(client: TestClient) -> TestClient:
    return browser_of(client, somebody(place_of(client), Role.SUPERVISOR, "sam"))


def test_the_very_same_value_finds_a_customer_and_nothing_like_it(client: TestClient, okafor: UUID) -> None:
    for value in ("crm-2", "07700 900123", TALK):
        assert sent(client, PAGE, value=value) == (303, f"{PAGE}/{okafor}")
    for value in ("crm", "", "Mrs Okafor"):
        assert sent(client, PAGE, value=value)[0] == 404
    bea = browser_of(client, somebody(place_of(client), Role.AGENT, "bea"))
    assert sent(bea, PAGE, value="crm-2")[0] == 404
    assert bea.get(f"{PAGE}/{okafor}").status_code == 404


def test_who_was_here_lately_is_a_click_away_for_those_who_may_look(client: TestClient, okafor: UUID) -> None:
    assert f'href="{PAGE}/{okafor}"' in client.get(PAGE).text
    bea = browser_of(client, somebody(place_of(client), Role.AGENT, "bea"))
    assert f"{PAGE}/{okafor}" not in bea.get(PAGE).text


def test_what_they_told_us_is_kept_with_their_word_for_it(client: TestClient, okafor: UUID) -> None:
    path = f"{PAGE}/{okafor}/edit"
    status, told = sent(client, path, preferred_name="Ada", **NEED)
    assert (status, "kept only when they agree" in told, 'value="Ada"' in told) == (422, True, True)
    assert sent(client, path, preferred_name="Ada", agreed="yes", **NEED)[0] == 303
    (need,) = Profiles(place_of(client).desk.books).of(okafor).needs
    assert (need.adjustment, need.agreed) == ("Speak slowly", True)
    page = client.get(f"{PAGE}/{okafor}").text
    assert "Ada" in page
    assert "Speak slowly" in page
    assert sent(client, path, preferred_name="Ada")[0] == 303, "the need was unticked"
    assert Profiles(place_of(client).desk.books).of(okafor).needs == ()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"language": "English"}, "such as en-GB"),
        ({"preferred_name": "x" * 201}, "at most 200 characters"),
        ({"need": "hard of hearing"}, "What to do is missing"),
    ],
)
def test_what_cannot_be_kept_is_said(client: TestClient, okafor: UUID, fields: dict[str, str], said: str) -> None:
    status, told = sent(client, f"{PAGE}/{okafor}/edit", **fields)
    assert (status, said in told) == (422, True)


def test_a_card_number_typed_into_a_profile_is_masked(client: TestClient, okafor: UUID) -> None:
    sent(client, f"{PAGE}/{okafor}/edit", preferred_name="Ada 4111 1111 1111 1111")
    assert "4111" not in Profiles(place_of(client).desk.books).of(okafor).preferred_name


def test_a_supervisor_looks_at_both_makes_them_one_and_parts_them(
    client: TestClient, okafor: UUID, sam: TestClient
) -> None:
    heard(client, "by-mail", "Where is it?", ref="mail-7")
    other = referred(client, "mail-7")
    path = f"{PAGE}/{okafor}/merge"
    look = sam.post(path, data={"value": "mail-7"})
    assert (look.status_code, "mail-7" in look.text, "crm-2" in look.text) == (200, True, True)
    assert "mail-7" not in sam.get(f"{PAGE}/{okafor}").text, "only looked at"
    assert sent(sam, path, value="mail-7", both=str(other)) == (303, f"{PAGE}/{okafor}")
    page = sam.get(f"{PAGE}/{okafor}").text
    assert "mail-7" in page
    assert "/conversations/by-mail" in page
    assert "/conversations/by-mail" in client.get(f"{PAGE}/{okafor}").text
    assert sent(sam, path, value="mail-7", both=str(other))[0] == 422
    assert sent(sam, f"{PAGE}/{other}/split") == (303, f"{PAGE}/{other}")
    assert "mail-7" not in sam.get(f"{PAGE}/{okafor}").text


def test_agents_merge_nothing_and_a_hold_is_said(client: TestClient, okafor: UUID, sam: TestClient) -> None:
    heard(client, "by-mail", "Where is it?", ref="mail-7")
    other, books = referred(client, "mail-7"), place_of(client).desk.books
    assert sent(client, f"{PAGE}/{okafor}/merge", value="mail-7", both=str(other))[0] == 403
    Holds(books.shelf, books.vault).place("a claim", "Ms Adeyemi", customer=other)
    status, told = sent(sam, f"{PAGE}/{okafor}/merge", value="mail-7", both=str(other))
    assert (status, "legal hold" in told) == (422, True)


def test_a_look_at_a_customer_by_who_holds_nothing_of_theirs_is_noted(
    client: TestClient, okafor: UUID, sam: TestClient
) -> None:
    def noted() -> list[str]:
        row = tables.audit.c
        with place_of(client).desk.books.shelf.reading() as connection:
            return [*connection.scalars(select(row.subject).where(row.deed == Deed.CUSTOMER_SEEN.value))]

    client.get(f"{PAGE}/{okafor}")
    assert noted() == []
    sam.get(f"{PAGE}/{okafor}")
    assert noted() == [str(okafor)]
