"""Consent over HTTP: asked, written down, taken back; and a no holds from the next turn on, end to end."""

from typing import Any

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from levelhead.people.audit import Deed
from levelhead.people.permission import Action
from levelhead.people.person import Role
from levelhead.privacy.consent import ConsentRules
from levelhead.storage import tables
from levelhead.storage.consents import Consents
from levelhead.storage.database import Shelf
from levelhead.web.forms import HEADER
from tests.web.signing import browser_of, nobody, place_of, somebody
from tests.web.test_gate import HELLO, bearer, heard, with_role

ANGRY = "This is the third time I ask. I am furious."
UNASKED = {"recording": "unknown", "transcription": "unknown", "analysis": "unknown", "survey": "unknown"}


def shelf(client: TestClient) -> Shelf:
    return place_of(client).desks.library.shelf(place_of(client).tenant.id)


def sent(**changed: str) -> dict[str, str]:
    """What the page's own form sends, with these answers chosen and nothing asked before."""
    return {f"was-{purpose}": answer for purpose, answer in UNASKED.items()} | UNASKED | changed


def hears(client: TestClient, text: str, n: int = 1) -> dict[str, Any]:
    answer = nobody(client).post(
        "/api/v1/conversations/the-kettle/turns", json=HELLO | {"n": n, "text": text}, headers=bearer(client)
    )
    row: dict[str, Any] = answer.json()[0]
    return row


def test_the_page_says_what_to_tell_and_to_ask_and_what_was_said(client: TestClient) -> None:
    here, browser = heard(client), with_role(client, Role.SUPERVISOR)
    page = browser.get(here).text
    recorded, may_we = "This call is recorded.", "May we record this call?"
    assert f'<q lang="en-GB">{recorded}</q> or <q lang="en-GB">{may_we}</q>' in page
    assert '<q lang="en-GB">You can ask what we keep about this conversation' in page
    answered = browser.post(f"{here}/consent", data=sent(recording="given"))
    assert (answered.status_code, answered.headers["location"]) == (303, f"{here}#consent")
    page = browser.get(here).text
    assert '<option value="given" selected>Said yes</option>' in page
    assert "Noted by Bea" in page


def test_a_no_to_analysis_holds_from_the_next_turn_on(client: TestClient) -> None:
    here, browser = heard(client), with_role(client, Role.SUPERVISOR)
    assert hears(client, ANGRY)["readable"] is True
    assert (
        browser.post(f"{here}/consent", data=sent(analysis="refused"), headers={"hx-request": "true"}).status_code
        == 204
    )
    after = hears(client, ANGRY, n=2)
    assert (after["readable"], after["card"], after["fired"]) == (False, None, [])
    assert "has not agreed" in after["quiet_because"]
    assert "Nothing is read from the next turn on." in browser.get(here).text
    rows = browser.get(f"/api/v1{here}").json()["turns"]
    assert [row["readable"] for row in rows] == [True, True, False]
    assert rows[2]["text"] == ANGRY


def test_a_no_to_the_written_record_leaves_no_words_of_the_next_turn(client: TestClient) -> None:
    here = heard(client)
    api, program = f"/api/v1{here}/consent", nobody(client)
    said = program.put(api, json={"transcription": "refused"}, headers=bearer(client)).json()
    assert (said["keeps_words"], said["reads"], said["recording"]) == (False, False, "unknown")
    hears(client, "My cat is called Tobermory.")
    turns = program.get(f"/api/v1{here}", headers=bearer(client)).json()["turns"]
    assert [turn["text"] for turn in turns] == [HELLO["text"], "[not kept]"]
    assert program.put(api, json={"transcription": "given"}, headers=bearer(client)).json()["keeps_words"] is True
    assert hears(client, ANGRY, n=2)["readable"] is True


def test_it_may_be_asked_before_the_first_turn(client: TestClient) -> None:
    program, api = nobody(client), "/api/v1/conversations/the-kettle/consent"
    assert program.get(api, headers=bearer(client)).status_code == 404
    assert program.put(api, json={"analysis": "refused"}, headers=bearer(client)).status_code == 200
    assert program.get(api, headers=bearer(client)).json()["analysis"] == "refused"
    heard(client)
    assert with_role(client, Role.SUPERVISOR).get("/api/v1/conversations/the-kettle").json()["turns"][0]["fired"] == []


def test_what_the_tenant_has_settled_shows_while_nobody_was_asked(client: TestClient) -> None:
    here = heard(client)
    Consents(shelf(client)).settle(ConsentRules(unasked=frozenset()))
    browser = with_role(client, Role.SUPERVISOR)
    assert "No sound may be kept from the next turn on." in browser.get(here).text
    assert browser.get(f"/api/v1{here}/consent").json() == UNASKED | {
        "may_record": False,
        "keeps_words": False,
        "reads": False,
    }


def test_nothing_is_overwritten_and_every_answer_is_audited(client: TestClient) -> None:
    here, browser = heard(client), with_role(client, Role.SUPERVISOR)
    for answer in ("given", "given", "withdrawn"):
        assert browser.put(f"/api/v1{here}/consent", json={"recording": answer}).status_code == 200
    history = Consents(shelf(client)).history("the-kettle")
    assert [(one.answer, one.noted_by) for one in history] == [("given", "Bea"), ("withdrawn", "Bea")]
    with shelf(client).reading() as connection:
        noted = select(tables.audit.c.subject).where(tables.audit.c.deed == Deed.CONSENT_NOTED.value)
        assert list(connection.scalars(noted)) == ["recording"] * 2


def test_a_page_that_is_behind_takes_back_nobody_elses_note(client: TestClient) -> None:
    here, browser = heard(client), with_role(client, Role.SUPERVISOR)
    behind = sent(analysis="refused")
    browser.put(f"/api/v1{here}/consent", json={"recording": "given"})
    browser.post(f"{here}/consent", data=behind)
    said = browser.get(f"/api/v1{here}/consent").json()
    assert (said["recording"], said["analysis"]) == ("given", "refused")


@pytest.mark.parametrize(
    ("role", "status"), [(Role.REVIEWER, 403), (Role.TRAINER, 403), (Role.ANALYST, 403), (Role.ADMIN, 403)]
)
def test_who_does_not_talk_with_customers_writes_nothing_down(client: TestClient, role: Role, status: int) -> None:
    here, browser = heard(client), with_role(client, role)
    assert browser.put(f"/api/v1{here}/consent", json={"recording": "given"}).status_code == status
    assert browser.get(f"/api/v1{here}/consent").status_code == status
    assert browser.post(f"{here}/consent", data=sent(recording="given")).status_code == status
    if role is not Role.ADMIN:
        assert 'class="consent"' not in browser.get(here).text
        assert "Not asked" in browser.get(here).text


def test_an_agent_notes_it_in_what_they_hold_and_nowhere_else(client: TestClient) -> None:
    here, agent = heard(client), with_role(client, Role.AGENT)
    assert agent.put(f"/api/v1{here}/consent", json={"recording": "given"}).status_code == 404
    agent.post(f"{here}/take")
    assert agent.put(f"/api/v1{here}/consent", json={"recording": "given"}).status_code == 200
    assert with_role(client, Role.AGENT, "cid").get(f"/api/v1{here}/consent").status_code == 404


def test_another_tenant_finds_and_changes_nothing_of_it(client: TestClient) -> None:
    here, library = heard(client), place_of(client).desks.library
    toasters = library.add_tenant("Toasters", "toasters")
    theirs = browser_of(client, somebody(place_of(client), Role.SUPERVISOR, "bea", tenant=toasters.id))
    assert theirs.get(f"/api/v1{here}/consent").status_code == 404
    assert theirs.post(f"{here}/consent", data=sent(recording="given")).status_code == 404
    theirs.put(f"/api/v1{here}/consent", json={"recording": "refused"})
    assert Consents(shelf(client)).history("the-kettle") == ()


def test_what_is_not_as_agreed_is_refused(client: TestClient) -> None:
    here, browser = heard(client), with_role(client, Role.SUPERVISOR)
    wrong = browser.put(f"/api/v1{here}/consent", json={"recording": "perhaps"})
    assert (wrong.status_code, wrong.json()["field"]) == (422, "recording")
    assert browser.post(f"{here}/consent", data=sent(recording="perhaps")).status_code == 422
    reads = bearer(client, Action.READ_CONVERSATION)
    assert nobody(client).put(f"/api/v1{here}/consent", json={}, headers=reads).status_code == 403
    del browser.headers[HEADER]
    assert browser.put(f"/api/v1{here}/consent", json={"recording": "given"}).status_code == 403
