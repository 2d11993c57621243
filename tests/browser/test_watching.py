"""A person watches a conversation: it comes in by itself, a card appears and leaves, and nothing is missed."""

from itertools import groupby
from pathlib import Path
from signal import SIGTERM

import pytest
from playwright.sync_api import expect

from levelhead.live.demo import load_plays
from tests.browser.chromium import Open
from tests.browser.server import Server

pytestmark = pytest.mark.browser

ANGRY = "This is the third time I've asked. I'm furious, and I want to speak to your manager."
LONG_MS = 90_000


def test_a_demo_conversation_is_watched_to_its_end_and_a_card_comes_and_goes(open_page: Open, tmp_path: Path) -> None:
    play = next(play for play in load_plays() if len(play.turns) > 12)
    # A demo of its own: one that has played for a while may have come to the end before the page is open.
    with Server(tmp_path, demo=True, pace=6) as demo:
        page = open_page(demo.url)
        page.locator(f'a[href="/conversations/{play.conversation}"]').click()
        page.wait_for_url(f"**/{play.conversation}")
        page.evaluate(
            """() => {
              window.cards = [];
              const look = () => window.cards.push(document.querySelector('#card article')?.id ?? 'nothing');
              new MutationObserver(look).observe(document.getElementById('card'), {childList: true, subtree: true});
              look();
            }"""
        )
        expect(page.locator(".turn")).to_have_count(len(play.turns), timeout=LONG_MS)
        cards = [card for card, _ in groupby(page.evaluate("window.cards"))]
        raised = [place for place, card in enumerate(cards) if card != "nothing"]
        assert raised, "no card appeared"
        assert raised[0] + 1 < len(cards), "the card never left"
        assert page.locator(".turn").last.inner_text().strip()
        expect(page.locator("#curve .dot").first).to_be_attached()


def test_a_turn_appears_by_itself_with_its_evidence(quiet: Server, open_page: Open) -> None:
    quiet.hear("by-itself", ("agent", "Hello, how can I help?"))
    page = open_page(f"{quiet.url}/conversations/by-itself")
    quiet.hear("by-itself", ("customer", ANGRY), first=1)
    expect(page.locator("#turn-1 .evidence").first).to_be_visible()
    page.locator("#turn-1 .evidence").first.hover()
    expect(page.locator("#turn-1 .why").first).to_be_visible()
    expect(page.locator("#said")).to_contain_text("Suggestion:")


def test_a_late_turn_takes_its_place(quiet: Server, open_page: Open) -> None:
    quiet.hear("late-turn", ("customer", "Hello?"))
    quiet.hear("late-turn", ("customer", "Is anybody there?"), first=2)
    page = open_page(f"{quiet.url}/conversations/late-turn")
    quiet.hear("late-turn", ("agent", "One moment please."), first=1)
    expect(page.locator(".turn")).to_have_count(3)
    assert [turn.get_attribute("id") for turn in page.locator(".turn").all()] == ["turn-0", "turn-1", "turn-2"]


def test_a_new_conversation_appears_on_now_by_itself(quiet: Server, open_page: Open) -> None:
    page = open_page(quiet.url)
    quiet.hear("appears-on-now", ("customer", ANGRY))
    expect(page.locator("#talk-appears-on-now a[href='/conversations/appears-on-now']")).to_be_visible()


def test_hostile_words_that_come_in_live_stay_words(quiet: Server, open_page: Open) -> None:
    hostile = (
        '<img src=x onerror="window.taken=1"><script>window.taken=1</script>'
        '<hx-partial hx-target="body">gone</hx-partial>'
    )
    quiet.hear("hostile", ("agent", "Hello?"))
    page = open_page(f"{quiet.url}/conversations/hostile")
    quiet.hear("hostile", ("customer", hostile), first=1)
    expect(page.locator("#turn-1 .text")).to_contain_text("window.taken=1")
    assert page.evaluate("window.taken") is None
    assert page.locator("#turns img, #turns script").count() == 0


def test_the_card_comes_within_150_ms_and_moves_nothing_else(quiet: Server, open_page: Open) -> None:
    quiet.hear("moves-nothing", ("agent", "Hello, how can I help?"))
    page = open_page(f"{quiet.url}/conversations/moves-nothing")
    before = page.locator("#steps").bounding_box()
    quiet.hear("moves-nothing", ("customer", ANGRY), first=1)
    expect(page.locator("#card article")).to_be_visible()
    assert page.locator("#steps").bounding_box() == before
    assert page.evaluate("getComputedStyle(document.querySelector('#card article')).transitionDuration") == "0.15s"


def test_with_reduced_motion_nothing_fades(quiet: Server, open_page: Open) -> None:
    quiet.hear("no-motion", ("customer", ANGRY), channel="email")
    page = open_page(f"{quiet.url}/conversations/no-motion", reduced_motion="reduce")
    assert page.evaluate("getComputedStyle(document.querySelector('.card')).transitionDuration") == "0s"


def test_a_broken_stream_is_said_and_heals_with_what_was_missed(open_page: Open, tmp_path: Path) -> None:
    with Server(tmp_path) as server:
        server.hear("broken", ("customer", "Hello?"))
        page = open_page(f"{server.url}/conversations/broken")
        expect(page.locator(".turn")).to_have_count(1)
        server.kill()
        expect(page.locator("#lost")).to_have_text("Connection lost. Trying again.")
        server.start()
        server.hear("broken", ("customer", "Is anybody there?"), first=1)
        expect(page.locator(".turn")).to_have_count(2, timeout=LONG_MS)
        expect(page.locator("#lost")).not_to_have_text("Connection lost. Trying again.")


def test_an_open_page_does_not_keep_the_server_from_stopping(open_page: Open, tmp_path: Path) -> None:
    with Server(tmp_path) as server:
        page = open_page(server.url)
        expect(page.locator("h2")).to_have_text(["Where you can help", "Nobody is waiting", "How this works"])
        assert server.stop() in {0, -SIGTERM}
