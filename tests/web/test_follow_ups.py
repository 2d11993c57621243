"""A follow-up over HTTP: planned by a sealed note, drafted from what is on record, sent by real SMTP, and answered."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from levelhead.casework.item import Kind
from levelhead.casework.mail import Address, Mail, Of
from levelhead.casework.opening_hours import Hours, OpeningHours
from levelhead.casework.survey import SURVEY, SurveyMove, SurveyState, asked
from levelhead.live.posting import laid_out
from levelhead.live.survey_links import PATH, linked
from levelhead.people.audit import Deed
from levelhead.people.permission import Action
from levelhead.people.person import Role
from levelhead.settings import Settings
from levelhead.storage.cases import Cases
from levelhead.storage.following_up import FollowUpRules, FollowUpSettings
from levelhead.storage.opening_hours import Opening
from levelhead.web.app import create_app
from tests.mailing import Post, posting
from tests.web.signing import BASE, browser_of, nobody, place_of, sign_in, somebody
from tests.web.test_assigning import audited
from tests.web.test_gate import bearer

TALK = "the-kettle"
HERE, CALLS = f"/conversations/{TALK}", "/api/v1/follow-ups"
FROM = "Kettles & Co <help@example.com>"
SAID = (
    ("customer", "My kettle leaks again. Write to me at doyle@example.org, please."),
    ("agent", "I'm sorry about the kettle. I've sent you a new one."),
    ("customer", "All right, thank you, bye bye."),
)


@pytest.fixture(scope="module")
def post() -> Iterator[Post]:
    with posting() as found:
        yield found


@pytest.fixture
def amira(settings: Settings, post: Post) -> Iterator[TestClient]:
    """The browser of Amira, who has just sealed the note of a conversation that she held, where mail can leave."""
    post.behave()
    known = {"smtp_host": "127.0.0.1", "smtp_port": post.port, "smtp_tls": "none", "mail_from": FROM}
    with TestClient(create_app(settings.model_copy(update=known)), base_url=BASE, follow_redirects=False) as asking:
        sign_in(asking, somebody(place_of(asking), Role.AGENT, "amira"))
        for n, (speaker, text) in enumerate(SAID):
            turn = {"n": n, "speaker": speaker, "text": text, "channel": "chat", "person": "Mr Doyle"}
            assert asking.post(f"/api/v1{HERE}/turns", json=turn).status_code == 200
        FollowUpSettings(place_of(asking).desk.books.shelf).settle(FollowUpRules(surveys=True))
        assert asking.post(f"/api/v1{HERE}/note/seal").status_code == 200
        yield asking


def the_one(browser: TestClient) -> dict[str, Any]:
    (found,) = browser.get(CALLS).json()
    told: dict[str, Any] = browser.get(f"{CALLS}/{found['id']}").json()
    return told


def test_a_sealed_note_plans_it_and_its_draft_says_what_is_on_record(amira: TestClient) -> None:
    told = the_one(amira)
    assert (told["state"], told["way"], told["occasion"], told["conversation"]) == ("to_do", "mail", "note", TALK)
    assert "Hello Mr Doyle," in told["text"]
    assert "I've sent you a new one." in told["text"]
    assert [one["hint"] for one in told["reaches"]] == ["…@example.org"]
    assert "doyle@" not in str(told)
    assert "Write to Mr Doyle: did it work?" in amira.get(HERE).text
    page = amira.get(f"/follow-ups/{told['id']}").text
    assert "…@example.org" in page
    assert "doyle@" not in page
    assert 'value="send"' in page


def test_it_is_sent_by_the_server_and_what_is_answered_ends_or_goes_on(amira: TestClient, post: Post) -> None:
    here = f"/follow-ups/{the_one(amira)['id']}"
    form = {"do": "send", "to": "0", "subject": "Is it all right?", "text": "Hello Mr Doyle,\n\ndid it work?"}
    assert amira.post(here, data=form).headers["location"] == "/follow-ups"
    while (state := the_one(amira)["state"]) == "leaving":  # Until the postman has looked.
        pass
    assert (state, post.to, post.came[0].get_content().replace("\r\n", "\n")) == (
        "asked",
        ["doyle@example.org"],
        form["text"] + "\n",
    )
    amira.post(here, data={"do": "not_worked", "words": "It leaks again"})
    assert "What did not work never just ends" in amira.get(here).text
    refused = amira.post(here, data={"do": "call_off", "why": "not_needed"})
    assert refused.status_code == 422
    assert "does not just end" in refused.text
    amira.post(here, data={"do": "go_on", "who": "team", "way": "call"})
    again = the_one(amira)
    assert (again["state"], again["owner"], again["instead_of"]) == ("to_do", None, here.rpartition("/")[2])
    assert "Hello Mr Doyle, this is Amira" in again["text"]
    amira.post(f"{CALLS}/{again['id']}/answer", json={"worked": True})
    assert amira.get(CALLS).json() == []
    assert [subject.partition(":")[0] for _, subject in audited(amira, Deed.SEALED_SEEN)] == ["mail"]


def test_what_was_asked_stays_in_sight_where_the_house_is_closed_for_a_week(amira: TestClient, post: Post) -> None:
    only = (datetime.now(UTC) + timedelta(days=4)).weekday()  # Five days on it has just closed for six.
    week = tuple(Hours(time(9), time(17)) if day == only else None for day in range(7))
    Opening(place_of(amira).desk.books.shelf).settle(OpeningHours("UTC", week))
    here = f"/follow-ups/{the_one(amira)['id']}"
    amira.post(here, data={"do": "send", "to": "0", "subject": "Is it all right?", "text": "Did it work?"})
    while the_one(amira)["state"] == "leaving":  # Until the postman has looked.
        pass
    assert datetime.fromisoformat(the_one(amira)["due_at"]) > datetime.now(UTC) + timedelta(days=8)
    assert "Asked, no answer yet" in amira.get("/follow-ups").text


def test_what_is_refused_is_said_where_it_was_typed(amira: TestClient, post: Post) -> None:
    told = the_one(amira)
    here = f"/follow-ups/{told['id']}"
    answer = amira.post(here, data={"do": "send", "to": "7", "subject": "s", "text": "My own words"})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "My own words" in answer.text
    elsewhere = {"conversation": "another", "n": 0, "place": 0, "subject": "s", "text": "t"}
    assert amira.post(f"{CALLS}/{told['id']}/send", json=elsewhere).status_code == 422
    assert amira.post(here, data={"do": "burn"}).status_code == 422
    assert post.came == []


def test_it_can_be_sent_by_hand_as_a_file_and_the_address_is_not_in_it(amira: TestClient) -> None:
    here = f"/follow-ups/{the_one(amira)['id']}"
    file = amira.get(f"{here}/mail.eml")
    assert file.headers["content-type"].startswith("message/rfc822")
    assert b"X-Unsent: 1" in file.content
    assert b"example.org" not in file.content
    amira.post(here, data={"do": "told", "subject": "By hand", "text": "In my own words"})
    told = the_one(amira)
    assert (told["state"], told["subject"], told["text"]) == ("asked", "By hand", "In my own words")


def test_others_see_it_as_they_see_its_conversation(amira: TestClient) -> None:
    told = the_one(amira)
    bea = browser_of(amira, somebody(place_of(amira), Role.AGENT, "bea"))
    sam = browser_of(amira, somebody(place_of(amira), Role.SUPERVISOR, "sam"))
    assert bea.get(CALLS).json() == []
    assert bea.get(f"{CALLS}/{told['id']}").status_code == bea.post(f"/follow-ups/{told['id']}").status_code == 404
    assert [one["id"] for one in sam.get(CALLS).json()] == [told["id"]]
    for role in (Role.REVIEWER, Role.TRAINER, Role.ANALYST, Role.ADMIN):
        other = browser_of(amira, somebody(place_of(amira), role, role.value))
        assert other.get(CALLS).status_code == other.get("/follow-ups").status_code == 403
    program = bearer(amira, Action.SEE_FOLLOW_UPS)
    assert nobody(amira).get(f"{CALLS}/{told['id']}", headers=program).json()["id"] == told["id"]
    assert nobody(amira).post(f"{CALLS}/{told['id']}/told", headers=program).status_code in (401, 403)
    assert amira.get(f"{CALLS}/{uuid4()}").status_code == 404


def test_a_survey_is_opened_by_its_link_alone_and_answered_once(amira: TestClient) -> None:
    link = survey_link(amira)
    customer = nobody(amira)
    page = customer.get(link)
    assert page.status_code == 200
    assert "How did we deal with it?" in page.text
    assert "<script" not in page.text
    assert "Amira" not in page.text
    token = page.text.split('name="csrf" value="')[1].split('"')[0]
    assert customer.post(link, data={"csrf": token, "do": "send", "words": " "}).status_code == 422
    assert customer.post(link, data={"csrf": token, "csat": "9"}).status_code == 422
    assert customer.post(link, data={"csat": "5"}).status_code == 403
    form = {"csrf": token, "do": "send", "csat": "5", "effort": "6", "words": "Amira was kind"}
    assert "Thank you" in customer.post(link, data=form).text
    assert "This has been answered" in customer.post(link, data=form).text
    assert "This has been answered" in nobody(amira).get(link).text
    kept = surveys(amira).keyed(Kind.SURVEY, TALK).body.answers
    assert (kept.csat, kept.effort, kept.words) == (5, 6, "[colleague] was kind")
    sam = browser_of(amira, somebody(place_of(amira), Role.SUPERVISOR, "sam"))
    assert sam.get("/api/v1/surveys").json() == []
    assert amira.get("/api/v1/surveys").status_code == 403
    assert "at least five answers" in sam.get("/follow-ups").text


def test_whoever_guesses_links_has_to_wait_and_is_told_nothing(amira: TestClient) -> None:
    link = survey_link(amira)
    stranger = nobody(amira)
    guessed = link[:-3] + "abc"
    assert stranger.get(guessed).status_code == stranger.get(PATH + "nonsense").status_code == 404
    for _ in range(30):
        answer = stranger.get(guessed)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    assert stranger.get(link).status_code == 429


def surveys(browser: TestClient) -> Cases:
    place = place_of(browser)
    return Cases(place.desk.books, place.clock)


def survey_link(browser: TestClient) -> str:
    """The path of a link to the survey, as the mail has it."""
    cases = surveys(browser)
    survey = cases.keyed(Kind.SURVEY, TALK)
    body = asked(survey.body, cases.now())
    mail = Mail(Of.SURVEY, survey.id, Address(TALK, 0, 0), "s", "{link}")
    cases.write(
        cases.moving(survey.id, SURVEY, SurveyState, SurveyMove.ASK, body=body),
        laid_out(cases, "a-mail", mail, survey),
    )
    link, keeps = linked(cases, cases.keyed(Kind.MAIL, "a-mail"), "")
    cases.write(keeps)
    return link
