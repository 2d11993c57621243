"""Each person has pages in their language: their own choice, else their team's, the tenant's, the browser's."""

import re
from datetime import datetime

import pytest
from starlette.testclient import TestClient

from levelhead.conversation.languages import first_accepted, nearest
from levelhead.people.person import Person, Role
from levelhead.storage.languages import Languages
from levelhead.storage.teams import Teams
from levelhead.web.languages import named
from levelhead.web.words import words_for
from tests.web.signing import browser_of, nobody, place_of, somebody

ACCOUNT, PEOPLE = "/account", "/people"


@pytest.fixture
def admin(client: TestClient) -> Person:
    return somebody(place_of(client), Role.ADMIN, "ada")


def language_of(client: TestClient, accepts: str = "en-GB") -> str:
    found = re.search('<html lang="([^"]+)">', client.get(ACCOUNT, headers={"accept-language": accepts}).text)
    assert found is not None
    return found[1]


def test_what_is_nearest_to_a_person_is_right(client: TestClient, admin: Person) -> None:
    adas = browser_of(client, admin)
    team = Teams(place_of(client).desk.books.shelf).all()[0]
    assert language_of(client, "fr, es-MX;q=0.8, de;q=0.9") == "de"
    adas.post("/people/language", data={"language": "es"})
    assert (language_of(client, "de"), language_of(adas, "de")) == ("es", "es")
    adas.post(f"/teams/{team.id}/language", data={"language": "en-US"})
    assert language_of(client, "de") == "en-US"
    client.post("/account/language", data={"language": "de"})
    assert language_of(client, "es") == "de"
    assert "Abmelden" in client.get(ACCOUNT).text
    client.post("/account/language", data={"language": ""})
    adas.post(f"/teams/{team.id}/language", data={"language": ""})
    adas.post("/people/language", data={"language": ""})
    assert language_of(client, "es") == "es"


def test_a_language_that_nobody_has_written_is_refused(client: TestClient) -> None:
    assert client.post("/account/language", data={"language": "fr"}).status_code == 422
    assert Languages(place_of(client).desk.books.shelf).chosen() == {}


def test_only_who_manages_teams_chooses_for_others(client: TestClient) -> None:
    team = Teams(place_of(client).desk.books.shelf).all()[0]
    for path in ("/people/language", f"/teams/{team.id}/language"):
        assert client.post(path, data={"language": "de"}).status_code in {403, 404}


def test_a_choice_is_shown_where_it_was_made(client: TestClient, admin: Person) -> None:
    browser_of(client, admin).post("/people/language", data={"language": "de"})
    assert '<option value="de" lang="de" selected>Deutsch</option>' in browser_of(client, admin).get(PEOPLE).text


def test_whoever_has_not_signed_in_reads_what_the_browser_asks_for(client: TestClient) -> None:
    page = nobody(client).get("/sign-in", headers={"accept-language": "de-AT,de;q=0.9,en;q=0.8"}).text
    assert '<html lang="de">' in page
    assert "Anmelden" in page


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("de-CH, en;q=0.5", "de"),
        ("en;q=0.2, es-AR;q=0.9", "es"),
        ("en-us", "en-US"),
        ("en-AU", "en-GB"),
        ("fr, it", None),
        ("de;q=0", None),
        ("", None),
        ("*", None),
        ("de;q=very, es", "es"),
        ("\N{SNOWMAN};;q=1,,,", None),
    ],
)
def test_the_browser_is_asked_what_it_likes_best(header: str, language: str | None) -> None:
    assert first_accepted(header) == language


def test_the_nearest_of_ours() -> None:
    assert [nearest(tag) for tag in ("de-AT", "es_MX", "EN-us", "en", "fr", "")] == [
        "de",
        "es",
        "en-US",
        "en-GB",
        None,
        None,
    ]


def test_languages_are_named_in_the_language_of_the_page() -> None:
    assert (named("fr", "de"), named("de-AT", "en-GB"), named("zz-nothing", "es")) == (
        "Französisch",
        "German (Austria)",
        "zz-nothing",
    )


def test_days_are_said_as_each_language_says_them() -> None:
    moment = datetime(2026, 3, 6, 17, 5)  # noqa: DTZ001
    said = {locale: words_for(locale).date("time.exact", moment) for locale in ("en-GB", "en-US", "de", "es")}
    assert said == {
        "en-GB": "Friday 6 March 2026, 17:05",
        "en-US": "Friday, March 6, 2026, 5:05 PM",
        "de": "Freitag, 6. März 2026, 17:05",
        "es": "viernes 6 de marzo de 2026, 17:05",
    }


def test_counts_are_said_as_each_language_says_them() -> None:
    assert words_for("de")("now.turns", count=1) == "1 Nachricht"
    assert words_for("es")("survey_said.of_seven", mean=5.25) == "5,2 de 7"
    assert words_for("es")("try.too_long", most=20000) == words_for("es").sentences["try.too_long"].format(
        most="20.000"
    )


def pasted_in(client: TestClient, text: str, accepts: str) -> str:
    here = client.post("/try", data={"text": text, "channel": ""}, headers={"accept-language": accepts})
    return client.get(here.headers["location"], headers={"accept-language": accepts}).text


def test_a_german_conversation_has_german_words_and_is_said_to_be_unread(client: TestClient) -> None:
    page = pasted_in(
        client, "Kundin: Mein Paket ist seit drei Wochen nicht angekommen, und niemand antwortet.", "en-GB"
    )
    assert "Darf ein Computer mitlesen, damit ich Ihnen besser helfen kann?" in page
    assert "In German it stays silent: no feelings, no suggestions." in page
    assert "In a language that Levelhead cannot read yet, so it stays silent." in page
    assert "No reader is installed" not in page


def test_english_that_is_pasted_into_a_german_page_is_english(client: TestClient) -> None:
    page = pasted_in(client, "Customer: My parcel has not come for three weeks and nobody answers me.", "de")
    assert "May a computer read along, to help me help you?" in page
    assert "Worte für diese Person" in page
    assert "Englisch" in page


def test_where_a_language_has_no_words_that_is_said(client: TestClient) -> None:
    page = pasted_in(client, "Mon colis n'est pas arrivé depuis trois semaines et personne ne me répond.", "en-GB")
    assert "There are no words in French for them yet: they are in English (United Kingdom)." in page
