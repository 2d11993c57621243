"""The note over HTTP: drafted and edited by who answers and their programs, sealed by a person, told as text too."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from levelhead.people.audit import Deed
from levelhead.people.permission import Action
from levelhead.people.person import Role
from levelhead.people.team import Rollout
from levelhead.storage.teams import Teams
from tests.web.signing import place_of
from tests.web.test_assigning import audited
from tests.web.test_gate import bearer, heard, with_role

HERE = "/conversations/the-kettle"
NOTE = f"/api/v1{HERE}/note"


@pytest.fixture
def bea(client: TestClient) -> TestClient:
    """The browser of an agent who holds a conversation that is over."""
    heard(client)
    browser = with_role(client, Role.AGENT)
    browser.post(f"{HERE}/take")
    for n, (speaker, text) in enumerate(
        (
            ("customer", "My kettle leaks and I am furious. It is order 48213."),
            ("agent", "I'm sorry. I've sent you a new one. I'll call you by five today."),
            ("customer", "All right, thank you, bye bye."),
        ),
        start=1,
    ):
        turn = {"n": n, "speaker": speaker, "text": text, "channel": "chat"}
        assert browser.post(f"/api/v1{HERE}/turns", json=turn).status_code == 200
    return browser


def draft(browser: TestClient) -> dict[str, Any]:
    answer = browser.get(f"{NOTE}/draft")
    assert answer.status_code == 200
    told: dict[str, Any] = answer.json()
    return told


def line(told: dict[str, Any], part: str) -> dict[str, Any]:
    return next(one for one in told["lines"] if one["part"] == part)


def test_a_draft_quotes_with_turns_and_proposes_a_disposition(bea: TestClient) -> None:
    told = draft(bea)
    assert (told["state"], told["id"], told["chosen"]) == ("drafted", None, False)
    assert line(told, "ours")["words"] == "“I've sent you a new one. I'll call you by five today.”"
    assert line(told, "ours")["turns"] == [2]
    assert told["disposition"]["code"] in {one["code"] for one in told["choices"]}


def test_lines_are_changed_struck_and_written_and_then_sealed_for_good(bea: TestClient) -> None:
    told = draft(bea)
    lines = [
        {"key": line(told, "theirs")["key"], "words": "Kettle leaks"},
        {"key": line(told, "ours")["key"], "words": ""},
        {"words": "Card 4111 1111 1111 1111 was not used"},
    ]
    told = bea.put(f"{NOTE}/lines", json={"lines": lines, "disposition": "FAULT"}).json()
    assert (line(told, "theirs")["words"], line(told, "theirs")["origin"]) == ("Kettle leaks", "edited")
    assert not [one for one in told["lines"] if one["part"] == "ours"]
    assert line(told, "added")["words"] == "Card [card number] was not used"
    assert (told["left_out"], told["chosen"]) == (1, True)
    assert bea.get(NOTE).status_code == 404
    sealed = bea.post(f"{NOTE}/seal").json()
    assert (sealed["state"], sealed["lines"], sealed["disposition"]["code"]) == ("sealed", told["lines"], "FAULT")
    assert bea.post(f"{NOTE}/seal").status_code == 409
    assert bea.put(f"{NOTE}/lines", json={"lines": lines}).status_code == 409
    assert bea.get(NOTE).json() == sealed


def test_it_is_told_as_text_and_as_markdown_with_what_was_added_by_name(bea: TestClient) -> None:
    assert bea.post(f"{NOTE}/addenda", json={"words": "Rang again"}).status_code == 409
    bea.post(f"{NOTE}/seal")
    assert bea.post(f"{NOTE}/addenda", json={"words": "Rang again"}).status_code == 201
    text = bea.get(NOTE, params={"form": "text"})
    assert text.headers["content-type"].startswith("text/plain")
    assert "We said: “I've sent you a new one. I'll call you by five today.”" in text.text
    assert "Sealed by Bea" in text.text
    assert ": Rang again" in text.text
    markdown = bea.get(NOTE, params={"form": "markdown"})
    assert markdown.headers["content-type"].startswith("text/markdown")
    assert "**We said**" in markdown.text


def test_a_program_writes_lines_and_never_seals(client: TestClient, bea: TestClient) -> None:
    program = bearer(client, Action.READ_NOTE, Action.WRITE_NOTE)
    assert client.put(f"{NOTE}/lines", json={"lines": [{"words": "From the helpdesk"}]}, headers=program).is_success
    assert client.post(f"{NOTE}/seal", headers=program).status_code == 401
    bea.post(f"{NOTE}/seal")
    assert client.get(NOTE, headers=program).json()["lines"][-1]["words"] == "From the helpdesk"
    reader = bearer(client, Action.READ_NOTE)
    assert client.put(f"{NOTE}/lines", json={"lines": []}, headers=reader).status_code == 403


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.TRAINER, Role.ANALYST, Role.ADMIN])
def test_it_is_no_record_of_an_agent_for_those_who_judge_or_count(
    client: TestClient, bea: TestClient, role: Role
) -> None:
    bea.post(f"{NOTE}/seal")
    browser = with_role(client, role, "rev")
    for path in (NOTE, f"{NOTE}/draft"):
        assert browser.get(path).status_code in (403, 404)
    assert browser.get(f"{HERE}/note").status_code in (403, 404)


def test_the_panel_offers_it_and_a_form_seals_what_it_showed(bea: TestClient) -> None:
    page = bea.get(HERE).text
    assert "Seal the note" in page
    told = draft(bea)
    form = {f"line:{one['key']}": one["words"] for one in told["lines"] if one["part"] != "course"}
    fields = {"do": "seal", "disposition": "DELIVERY", **form}
    assert bea.post(f"{HERE}/note", data=fields, headers={"hx-request": "true"}).status_code == 204
    sealed = bea.get(NOTE).json()
    assert {one["key"] for one in sealed["lines"]} == {key.removeprefix("line:") for key in form}
    assert {one["origin"] for one in sealed["lines"]} == {"drafted"}
    assert "Sealed by Bea" in bea.get(f"{HERE}/note").text
    # A field that is left while the note is sealed says nothing more.
    late = {"do": "save", "key": "outcome", "line:outcome": "Too late"}
    assert bea.post(f"{HERE}/note", data=late, headers={"hx-request": "true"}).status_code == 204
    assert bea.get(NOTE).json() == sealed


def test_before_it_is_over_the_panel_only_says_that_it_can_be_drafted(client: TestClient) -> None:
    heard(client)
    browser = with_role(client, Role.AGENT)
    browser.post(f"{HERE}/take")
    assert "Draft it now" in browser.get(HERE).text
    browser.post(f"{HERE}/note", data={"do": "begin"})
    assert "Seal the note" in browser.get(HERE).text


def test_what_a_form_cannot_say_is_refused(bea: TestClient) -> None:
    assert bea.post(f"{HERE}/note", data={"do": "burn"}).status_code == 422
    assert bea.put(f"{NOTE}/lines", json={"disposition": "NO_SUCH"}).status_code == 422
    assert bea.put(f"{NOTE}/lines", json={"lines": [{"words": "x" * 601}]}).status_code == 422


def test_where_readings_are_not_shown_nothing_is_drafted(client: TestClient, bea: TestClient) -> None:
    place = place_of(client)
    shelf = place.desks.library.shelf(place.tenant.id)
    for team in Teams(shelf).all():
        Teams(shelf).roll_out(team.id, Rollout.SHADOW)
    assert draft(bea)["lines"] == []


def test_sealing_is_in_the_audit_by_ids_alone(client: TestClient, bea: TestClient) -> None:
    note = bea.post(f"{NOTE}/seal").json()["id"]
    assert f"note:{note}:sealed" in [subject for _, subject in audited(client, Deed.CASE_CHANGED)]
