"""What is found beside the brief: past cases of this team that ended well, and passages of its own articles."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import anyio
import pytest
from starlette.testclient import TestClient

from levelhead.casework.articles import article_of
from levelhead.casework.similar import FEWEST
from levelhead.conversation import Timeline
from levelhead.live.similar_cases import Gathering
from levelhead.people.person import Role
from levelhead.people.team import Rollout
from levelhead.privacy.consent import ConsentAnswer, Purpose
from levelhead.storage.articles import MOST_BYTES, Articles, articles_in
from levelhead.storage.consents import Consents
from levelhead.storage.teams import Teams
from tests.casework.test_similar import NOW, WELL, named
from tests.web.signing import browser_of, place_of, somebody

TALK, BEFORE, CALLS = "now", "/conversations/now/before", "/api/v1/articles"
TURNED = "I have booked the engineer for tomorrow at nine"
ARTICLE = "# Leaks\n\nA leaking washing machine is an emergency. The engineer comes within one working day."


def kept(client: TestClient, timeline: Timeline, team: UUID | None = None) -> str:
    books = place_of(client).desk.books
    team = team or Teams(books.shelf).all()[0].id
    name = timeline[0].turn.conversation
    with books.turn_of(name, team) as book:
        for heard in timeline:
            book.keep(replace(heard, turn=replace(heard.turn, conversation=name)))
    return name


def gather(client: TestClient) -> None:
    """What is done beside the desk every minute."""
    place = place_of(client)
    anyio.run(Gathering(place.desks.library, lambda tenant: place.desks.of(tenant).books, place.similar).look)


@pytest.fixture
def cases(client: TestClient) -> list[str]:
    """Enough past cases, of which one is near, and the conversation of now."""
    kept(client, named(NOW, TALK, (1.0, 0.0)))
    client.post(f"/conversations/{TALK}/take")
    away = [kept(client, named(WELL, f"away-{n}", (-1.0, 0.0))) for n in range(FEWEST)]
    found = [kept(client, named(WELL, "near", (1.0, 0.1))), *away]
    gather(client)
    return found


@pytest.mark.usefixtures("cases")
def test_a_case_that_ended_well_is_shown_with_what_turned_it_and_the_words_that_matched(client: TestClient) -> None:
    page = client.get(BEFORE).text
    assert TURNED in page
    assert 'href="/conversations/near#turn-3"' in page
    assert "Alike: engineer, machine, washing" in page
    assert "/conversations/away-0" not in page


def test_what_has_not_gone_on_is_not_opened_again_and_what_is_gone_is_kept_no_longer(
    client: TestClient, cases: list[str]
) -> None:
    place = place_of(client)
    team = Teams(place.desk.books.shelf).all()[0].id
    more = kept(client, named(WELL, "one-more", (1.0, 0.2)))
    assert place.similar.gather(place.desk.books, team, at_a_time=0)
    assert not place.similar.gather(place.desk.books, team, at_a_time=1)
    assert not place.similar.gather(place.desk.books, team, at_a_time=0)
    place.desk.books.remove([*cases, more])
    assert not place.similar.gather(place.desk.books, team, at_a_time=0)
    assert TURNED not in client.get(BEFORE).text


@pytest.mark.parametrize("way", ["removed", "refused"])
def test_what_was_removed_or_not_agreed_to_since_is_not_shown(client: TestClient, cases: list[str], way: str) -> None:
    assert TURNED in client.get(BEFORE).text
    place = place_of(client)
    if way == "removed":
        place.desk.books.remove(cases[:1])
    else:
        Consents(place.desk.books.shelf).note(cases[0], Purpose.ANALYSIS, ConsentAnswer.WITHDRAWN, "Amira")
    assert TURNED not in client.get(BEFORE).text


def test_cases_of_another_team_and_too_few_are_not_shown(client: TestClient) -> None:
    kept(client, named(NOW, TALK, (1.0, 0.0)))
    client.post(f"/conversations/{TALK}/take")
    other = Teams(place_of(client).desk.books.shelf).add("Billing", Rollout.ON)
    for n in range(2 * FEWEST):
        kept(client, named(WELL, f"other-{n}", (1.0, 0.0)), other.id)
    gather(client)
    assert TURNED not in client.get(BEFORE).text
    place = place_of(client)
    near = kept(client, named(WELL, "near", (1.0, 0.1)))
    gather(client)
    team = Teams(place.desk.books.shelf).all()[0].id
    assert place.similar.like(place.desk.books, team, place.desk.books.timeline(TALK)) == (), f"only {near}"


@pytest.mark.usefixtures("cases")
def test_articles_of_the_folder_and_of_the_api_are_quoted_with_their_source(client: TestClient) -> None:
    place = place_of(client)
    folder = place.settings.articles_dir / place.tenant.slug
    folder.mkdir(parents=True)
    (folder / "visits.md").write_text("# Missed visits\n\nAn engineer who did not come is booked again at once.")
    ada = browser_of(client, somebody(place, Role.ADMIN, "ada"))
    sent = ada.put(f"{CALLS}/leaks", json={"body": ARTICLE, "source": "https://intranet.example/leaks"})
    assert sent.json() == {"name": "leaks", "title": "Leaks", "source": "https://intranet.example/leaks"}
    page = client.get(BEFORE).text
    for words in ("An engineer who did not come is booked again at once.", "from visits.md", "from https://intranet"):
        assert words in page
    assert [one["name"] for one in ada.get(CALLS).json()] == ["leaks"]
    assert ada.delete(f"{CALLS}/leaks").status_code == 204
    assert ada.delete(f"{CALLS}/leaks").status_code == 404
    assert "intranet" not in client.get(BEFORE).text
    assert client.put(f"{CALLS}/leaks", json={"body": ARTICLE}).status_code == 403
    assert ada.put(f"{CALLS}/no%20name", json={"body": ARTICLE}).status_code == 422


def test_nothing_outside_the_folder_is_read_and_nothing_that_is_no_article(tmp_path: Path) -> None:
    folder, outside = tmp_path / "articles", tmp_path / "secret.md"
    (folder / "below").mkdir(parents=True)
    outside.write_text("# Secret\n\nNot for anybody.")
    (folder / "link.md").symlink_to(outside)
    (folder / "up").symlink_to(tmp_path)
    (folder / "large.md").write_text("x" * (MOST_BYTES + 1))
    (folder / "odd.md").write_bytes(b"\xff\xfe")
    (folder / "notes.txt").write_text("no Markdown")
    (folder / "below" / "fine.md").write_text("# Fine\n\nThis is one.")
    assert [(one.title, one.source) for one in articles_in(folder)] == [("Fine", "below/fine.md")]
    assert articles_in(tmp_path / "nowhere") == ()


def test_an_article_is_of_one_organisation(client: TestClient) -> None:
    place = place_of(client)
    library = place.desks.library
    other = library.add_tenant("Other", "other")
    Articles(library.shelf(other.id)).keep("leaks", article_of(ARTICLE, "leaks"))
    assert Articles(library.shelf(place.tenant.id)).all() == ()
