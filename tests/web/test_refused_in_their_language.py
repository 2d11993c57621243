"""Who does something impossible is told so in the language of their pages; tools are told in English."""

import re

import pytest
from starlette.testclient import TestClient

from levelhead.people.person import Person, Role
from levelhead.web.words import words_for
from tests.web.signing import browser_of, nobody, place_of, somebody
from tests.web.test_boundary import API, HERE, INSULT, THREAT, hear, press
from tests.web.test_packs import PAGE as PACK
from tests.web.test_packs import fields
from tests.web.test_promises import made
from tests.web.test_restricting import proposed
from tests.web.test_trouble import HELLO, LONG, full_disk

GERMAN, SPANISH = {"accept-language": "de"}, {"accept-language": "es"}


@pytest.fixture
def tom(client: TestClient) -> TestClient:
    """The browser of Tom, a trainer who reads German."""
    return reading("de", browser_of(client, somebody(place_of(client), Role.TRAINER, "tom")))


@pytest.fixture
def sam(client: TestClient) -> Person:
    return somebody(place_of(client), Role.SUPERVISOR, "sam")


def reading(language: str, browser: TestClient) -> TestClient:
    """The same browser, in which whoever is signed in has chosen this language."""
    assert browser.post("/account/language", data={"language": language}).status_code == 303
    return browser


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", "Diese Stufe ist nicht dran: Nichts, was seither gesagt wurde, gibt Anlass dazu."),
        ("es", "Este nivel no toca: nada de lo dicho desde entonces lo pide."),
        ("en-US", "This rung is not due: nothing that was said since calls for it."),
    ],
)
def test_an_agent_who_does_what_is_not_possible_reads_it_in_their_language(
    client: TestClient, language: str, said: str
) -> None:
    hear(client, INSULT)
    reading(language, client)
    asked = {"do": "said", "rung": "final_warning"}
    refused = client.post(f"{HERE}/boundary", data=asked)
    assert refused.status_code == 409
    assert said in refused.text
    assert client.post(f"{HERE}/boundary", data=asked, headers={"hx-request": "true"}).text == said


def test_a_tool_is_told_in_english_whatever_the_person_behind_it_reads(client: TestClient) -> None:
    hear(client, INSULT)
    refused = reading("de", client).post(
        f"{API}/boundary", json={"do": "said", "rung": "final_warning"}, headers=GERMAN
    )
    assert refused.json()["reason"] == "This rung is not due: nothing that was said since calls for it."
    lost = client.get("/api/v1/conversations/nowhere", headers=GERMAN).json()["reason"]
    assert lost == words_for("en-GB")("trouble.conversation_not_found")


def test_what_is_missing_in_a_form_is_said_beside_it(client: TestClient, sam: Person) -> None:
    hear(client, THREAT, THREAT)
    press(client, "end")
    sams = reading("de", browser_of(client, sam))
    refused = sams.post(f"{HERE}/restriction", data={"way": "in_writing", "expires_at": "soon", "review_at": "soon"})
    assert refused.status_code == 422
    assert "Wählen Sie einen Tag; &#39;soon&#39; ist keiner." in refused.text
    there = proposed(sams)
    own = sams.post(there, data={"do": "approve"})
    assert own.status_code == 409
    assert "Wer das vorschlägt, stimmt nicht selbst zu. Fragen Sie jemand anderen aus der Teamleitung." in own.text


def test_whoever_cannot_sign_in_reads_why_as_their_browser_likes_it(client: TestClient) -> None:
    wrong = {"name": "amira", "password": "not the password"}
    door = nobody(client)
    for header, said in ((GERMAN, "Name oder Passwort stimmt nicht."), (SPANISH, "El nombre o la contraseña no es")):
        csrf = re.search('name="csrf" value="([^"]+)"', door.get("/sign-in", headers=header).text)
        assert csrf is not None
        refused = door.post("/sign-in", data=wrong | {"csrf": csrf[1]}, headers=header)
        assert refused.status_code == 401
        assert said in refused.text


def test_a_slip_in_a_pack_is_named_with_its_line_and_its_mend(tom: TestClient) -> None:
    form = fields(tom.get(f"{PACK}?part=letter").text)
    name = next(name for name, words in form.items() if "{appeal_to}" in words)
    page = tom.post(PACK, data=form | {name: "Write to us.", "why": ""}).text
    assert "{appeal_days} fehlt; es muss jedes Mal gesagt werden; setzen Sie es ein." in page
    text = tom.post(f"{PACK}/text", data={"text": "name = \n", "after": "0", "why": "Kürzer."})
    assert text.status_code == 422
    assert "das ist kein gültiges TOML; berichtigen Sie diese Zeile" in text.text


def test_a_full_disk_is_told_too(client: TestClient) -> None:
    reading("es", client)
    with full_disk(client):
        refused = client.post("/try", data={"text": LONG[:30_000]})
        assert client.post("/api/v1/conversations/x/turns", json=HELLO | {"text": LONG}).status_code == 503
        shown = client.get("/").text
    assert refused.status_code == 503
    for page in (refused.text, shown):
        assert "El disco está lleno, así que esto no se ha guardado." in page


def test_an_address_that_is_none_is_a_page_and_no_problem_for_tools(client: TestClient) -> None:
    lost = reading("de", client).get("/promises/of-today/change")
    assert lost.status_code == 404
    assert "Diese Seite gibt es hier nicht" in lost.text


def test_what_comes_from_another_site_is_refused_in_the_language_of_the_browser(client: TestClient) -> None:
    elsewhere = {"sec-fetch-site": "cross-site"} | GERMAN
    assert "Das kam von einer anderen Website" in client.post("/try", headers=elsewhere).json()["reason"]
    assert "This came from another site" in client.post("/api/v1/turns", headers=elsewhere).json()["reason"]


def test_a_time_that_is_over_is_refused_in_spanish(client: TestClient) -> None:
    hear(client, "I want my kettle.")
    promise = made(client)
    refused = reading("es", client).post(f"/promises/{promise}/time", data={"due": "2020-01-01T00:00"})
    assert "Un compromiso necesita un momento que esté por venir, dentro de dos años como mucho." in refused.text
