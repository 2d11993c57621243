"""Did it work? A mail asks, what did not work goes on, and a customer says how it was: by keyboard alone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from levelhead.casework.item import Kind
from levelhead.casework.mail import Address, Mail, Of
from levelhead.casework.survey import SURVEY, SurveyMove, SurveyState, asked
from levelhead.live.posting import laid_out
from levelhead.live.survey_links import linked
from levelhead.storage.cases import Cases
from levelhead.storage.following_up import FollowUpRules, FollowUpSettings
from tests.browser.chromium import Open
from tests.browser.server import Server
from tests.browser.sound import sound
from tests.mailing import Post, posting

pytestmark = pytest.mark.browser
TURNS = (
    ("customer", "My kettle leaks again, and I'm furious. Write to me at doyle@example.org, please."),
    ("agent", "I'm sorry that it leaks again. I've sent you a new one."),
    ("customer", "All right then, that works. Thank you, bye bye."),
)


@pytest.fixture(scope="module")
def post() -> Iterator[Post]:
    with posting() as found:
        yield found


@pytest.fixture(scope="module")
def mailing(tmp_path_factory: pytest.TempPathFactory, post: Post) -> Iterator[Server]:
    """Levelhead that has a mail server, where surveys are on."""
    smtp = {"HOST": "127.0.0.1", "PORT": str(post.port), "TLS": "none"}
    known = {f"LEVELHEAD_SMTP_{name}": value for name, value in smtp.items()}
    known |= {"LEVELHEAD_MAIL_FROM": "Kettles & Co <help@example.com>"}
    with Server(tmp_path_factory.mktemp("mailing"), set_to=known) as server:
        with server.library() as library:
            FollowUpSettings(library.shelf(library.first.id)).settle(FollowUpRules(surveys=True))
        yield server


def sealed(server: Server, open_page: Open, name: str) -> Page:
    """Amira's desk, where she has just sealed the note of a conversation."""
    server.hear(name, *TURNS)
    page = open_page(f"{server.url}/conversations/{name}", who="amira")
    page.get_by_role("button", name="Take this conversation").press("Enter")
    expect(page.locator("#news-note")).to_have_text("drafted")
    page.locator("body").press("n")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#news-note")).to_have_text("sealed")
    return page


def test_a_mail_asks_whether_it_worked_and_what_did_not_goes_on(mailing: Server, open_page: Open, post: Post) -> None:
    page = sealed(mailing, open_page, "did-it-work")
    page.locator("body").press("f")
    task = page.locator("#panel-follow_up").get_by_role("link", name="Write to Mr Doyle: did it work?")
    expect(task).to_be_focused()
    there = task.get_attribute("href")
    page.keyboard.press("Enter")
    text = page.get_by_label("Text", exact=True)
    assert "I've sent you a new one." in text.input_value()
    expect(page.get_by_label("To", exact=True)).to_contain_text("…@example.org")
    sound(page)
    text.press("Control+End")
    page.keyboard.type("\n\nThe new kettle has a two-year guarantee.")
    page.get_by_role("button", name="Send", exact=True).press("Enter")
    line = page.locator(".ledger li", has=page.locator(f'[href="{there}"]'))
    expect(line).to_contain_text("Asked, no answer yet")
    (mail,) = [one for one in post.came if "two-year guarantee" in one.get_content()]  # Surveys may have gone as well.
    assert mail["To"] == "doyle@example.org"

    line.get_by_role("link").press("Enter")
    page.get_by_label("In their words").press_sequentially("It leaks as well")
    page.get_by_role("button", name="It did not").press("Enter")
    expect(page.get_by_role("heading", name="It goes on")).to_be_visible()
    expect(page.locator("main")).to_contain_text("It leaks as well")
    sound(page)
    page.get_by_role("button", name="Make it a task").press("Enter")
    again = page.locator(".ledger li", has_text="Call Mr Doyle")
    expect(again).to_contain_text("It had not worked")
    sound(page)
    again.get_by_role("link").press("Enter")
    expect(page.get_by_label("What you can say")).to_be_visible()
    page.get_by_role("button", name="It worked").press("Enter")
    done = page.locator(".settled li", has_text="Call Mr Doyle")
    expect(done).to_contain_text("It worked")
    done.get_by_role("button", name="Undo").press("Enter")
    expect(page.get_by_role("button", name="It worked")).to_be_visible()


def test_a_customer_answers_a_survey_by_keyboard_without_signing_in(mailing: Server, open_page: Open) -> None:
    sealed(mailing, open_page, "survey")
    page = open_page(mailing.url + link(mailing, "survey"), signed_in=False)
    expect(page.get_by_role("heading", name="How did we deal with it?")).to_be_visible()
    sound(page)
    page.keyboard.press("Tab")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.locator("input[name=csat][value='4']")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("input[name=effort][value='7']")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("It was sorted out at once.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


def link(server: Server, conversation: str) -> str:
    """The path of the link that the mail of a survey has, whose day has come."""
    with server.library() as library:
        cases = Cases(library.of(library.first.id))
        survey, key = cases.keyed(Kind.SURVEY, conversation), f"mail of {conversation}"
        mail = Mail(Of.SURVEY, survey.id, Address(conversation, 0, 0), "s", "{link}")
        ask = cases.moving(survey.id, SURVEY, SurveyState, SurveyMove.ASK, body=asked(survey.body, cases.now()))
        cases.write(ask, laid_out(cases, key, mail, survey))
        path, keeps = linked(cases, cases.keyed(Kind.MAIL, key), "")
        cases.write(keeps)
        return path
