"""Before a customer to whom a promise was not kept: a moment of one's own, the brief, the desk; by keyboard."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Request, expect

from levelhead.casework.item import Kind
from levelhead.casework.profile import Need, Profile, Teller
from levelhead.casework.promise import PROMISE, Promised, PromiseMove, PromiseState
from levelhead.storage.cases import Cases
from levelhead.storage.customers import Customers
from levelhead.storage.profiles import Profiles
from tests.browser.chromium import Open
from tests.browser.keys import press
from tests.browser.server import Server
from tests.browser.sound import sound, violations

pytestmark = pytest.mark.browser

FIRST = (
    ("customer", "My washing machine leaks and the engineer did not come on Tuesday. I waited in all day."),
    ("agent", "Could you give me the order number, please?"),
    ("customer", "It is order 48213, as I said to your colleague. Nobody rings me back."),
    ("agent", "I'll ring you tomorrow by noon with a new visit."),
)
AGAIN = (
    ("customer", "Nobody rang me, and it is still leaking. This is the second time that I have to ask."),
    ("agent", "I am sorry. Could I have your order number?"),
    ("customer", "I have given you that already. I want to speak to your manager."),
)
NOW = (("customer", "Me again about the leaking washing machine. Is anybody going to come?"),)


def hear(server: Server, conversation: str, turns: tuple[tuple[str, str], ...], reference: str) -> None:
    rows: list[dict[str, object]] = [
        {"n": n, "speaker": speaker, "text": text, "channel": "voice" if conversation.endswith("1") else "chat"}
        | {"person": "Mr Byrne", "customer_ref": reference}
        for n, (speaker, text) in enumerate(turns)
    ]
    server.post(f"/api/v1/conversations/{conversation}/turns", rows)


def mr_byrne(server: Server, name: str) -> str:
    """The address of his third conversation; what was promised in the first was not kept."""
    for place, turns in enumerate((FIRST, AGAIN, NOW), 1):
        hear(server, f"{name}-{place}", turns, f"crm-{name}")
    with server.library() as library:
        books = library.of(library.first.id)
        cases, day = Cases(books), datetime.now(UTC)
        body = Promised("ring with a new visit", "tomorrow by noon", 3, confirmed=True)
        told = {"conversation": f"{name}-1", "due_at": day - timedelta(days=1)}
        opening = cases.opening(Kind.PROMISE, name, body, machine=PROMISE, move=PromiseMove.MAKE, **told)  # type: ignore[arg-type]
        item = cases.open(Kind.PROMISE, name, opening)
        for move in (PromiseMove.MISS, PromiseMove.BREAK):
            cases.write(cases.moving(item.id, PROMISE, PromiseState, move))
        customer = Customers(books.shelf, books.vault).referred(f"crm-{name}")
        assert customer is not None
        need = Need("Speak slowly, and let him repeat", Teller.CUSTOMER, day.date(), agreed=True)
        Profiles(books).keep(customer, Profile("Mr Byrne", "surname, please", "en-GB", (need,)))
    return f"{server.url}/conversations/{name}-3"


def test_a_moment_the_brief_and_the_desk_by_keyboard(quiet: Server, open_page: Open) -> None:
    here = mr_byrne(quiet, "byrne")
    page = open_page(quiet.url, who="amira")
    asked: list[Request] = []
    page.goto(f"{here}/before")
    expect(page.get_by_role("heading", name="A moment for yourself")).to_be_visible()
    expect(page.get_by_text("A promise to them was not kept.")).to_be_visible()
    expect(page.get_by_role("link", name="Open the conversation")).to_be_hidden()
    assert violations(page) == []
    page.on("request", lambda request: asked.append(request))  # noqa: PLW0108 - a bound method cannot be marked
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Before Mr Byrne")).to_be_visible()
    assert [request.url for request in asked if "stream" not in request.url] == [], "nobody hears of it"
    for words in ("Mr Byrne · surname, please", "Speak slowly, and let him repeat", "ring with a new visit"):
        expect(page.get_by_text(words)).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Enter")
    expect(page).to_have_url(here)


def test_the_moment_is_over_by_itself_and_stands_still_where_motion_is_not_wanted(
    quiet: Server, open_page: Open
) -> None:
    here = mr_byrne(quiet, "still")
    page = open_page(quiet.url, who="amira")
    page.emulate_media(reduced_motion="reduce")
    page.clock.install()
    page.goto(f"{here}/before")
    expect(page.locator("#settle")).to_be_visible()
    assert page.evaluate("document.getAnimations().length") == 0
    page.clock.fast_forward(19_000)
    expect(page.locator("#settle")).to_be_visible()
    page.clock.fast_forward(2_000)
    expect(page.locator("#settle")).to_be_hidden()
    expect(page.get_by_role("link", name="Open the conversation")).to_be_focused()


def test_the_desk_has_it_folded_and_it_stays_when_a_turn_comes(quiet: Server, open_page: Open) -> None:
    page = open_page(mr_byrne(quiet, "folded"))
    page.get_by_text("Before this conversation").click()
    expect(page.locator("#before-lines")).to_contain_text("ring with a new visit")
    hear(quiet, "folded-3", (*NOW, ("agent", "Hello, Mr Byrne."), ("customer", "Well?")), "crm-folded")
    expect(page.locator(".turn")).to_have_count(3)
    expect(page.locator("#before-lines")).to_contain_text("ring with a new visit")
    assert violations(page) == []


def test_no_page_of_customers_has_a_violation(quiet: Server, open_page: Open) -> None:
    page = open_page(f"{mr_byrne(quiet, 'sound')}/before")
    page.keyboard.press("Escape")
    sound(page)
    page.get_by_role("link", name="Profile and history").press("Enter")
    expect(page.get_by_role("heading", name="History")).to_be_visible()
    sound(page)
    page.get_by_role("link", name="Change what they told us").press("Enter")
    expect(page.get_by_role("button", name="Save")).to_be_visible()
    sound(page)
    page.goto(f"{quiet.url}/customers")
    page.keyboard.press("Tab")
    page.locator("#value").fill("crm-sound")
    press(page, "Find")
    expect(page.get_by_role("heading", name="Mr Byrne")).to_be_visible()
