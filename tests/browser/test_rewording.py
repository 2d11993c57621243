"""Other words come under the rewrite a moment later, by keyboard too; a draft that is typed on survives them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import Open
from tests.browser.server import Server
from tests.browser.sound import violations
from tests.wording import Model, wording

pytestmark = pytest.mark.browser

DRAFT = "I can't do that. I'll ring you by 5 pm on Monday about parcel 4471."


@pytest.fixture(scope="module")
def model() -> Iterator[Model]:
    with wording() as found:
        yield found


@pytest.fixture(scope="module")
def worded(tmp_path_factory: pytest.TempPathFactory, model: Model) -> Iterator[Server]:
    settings = {"LEVELHEAD_LANGUAGE_MODEL_URL": model.url}
    with Server(tmp_path_factory.mktemp("worded"), set_to=settings) as server:
        server.hear("worded", ("customer", "Where is my parcel? This is the third time I ask."))
        yield server


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_other_words_come_after_the_rewrite_and_can_be_used(
    worded: Server, model: Model, open_page: Open, width: int, scheme: str
) -> None:
    model.behave("honest")
    page = open_page(f"{worded.url}/conversations/worded", width=width, color_scheme=scheme)
    page.locator("#draft").fill(DRAFT)
    expect(page.locator("#checks > .rewrite .text")).to_contain_text("I'll ring you")
    expect(page.locator(".reworded .text")).to_contain_text("I will ring you by 5 pm on Monday about parcel 4471.")
    assert violations(page) == []
    page.locator(".reworded button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#draft")).to_have_value(page.locator(".reworded button").get_attribute("data-use") or "")


def test_what_is_typed_on_asks_again_and_a_bad_answer_shows_nothing(
    worded: Server, model: Model, open_page: Open
) -> None:
    model.behave("honest")
    page = open_page(f"{worded.url}/conversations/worded")
    page.locator("#draft").fill(DRAFT)
    expect(page.locator(".reworded .text")).to_contain_text("4471")
    page.locator("#draft").press_sequentially(" I'll ring Ben too.")
    expect(page.locator(".reworded .text")).to_contain_text("I will ring Ben too.")
    model.behave("adds")
    before = len(model.asked())
    with page.expect_response(lambda answer: answer.url.endswith("/draft/reworded")) as answered:
        page.locator("#draft").press_sequentially(" I'll ring Kim.")
    assert answered.value.text() == ""
    assert len(model.asked()) == before + 1
    expect(page.locator("#checks > .rewrite .text")).to_contain_text("Kim")
    expect(page.locator(".reworded .text")).to_have_count(0)
