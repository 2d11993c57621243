"""Packs over HTTP: reworded sentence by sentence, refused with line and mend, tried, in force, and gone back from."""

import re

import pytest
from starlette.testclient import TestClient

from levelhead import packs
from levelhead.casework.boundary import Rung
from levelhead.conversation import Abuse, Channel
from levelhead.people.audit import Deed
from levelhead.people.permission import Action
from levelhead.people.person import Role
from levelhead.storage.audit import Audit
from levelhead.storage.tokens import Tokens
from tests.web.signing import browser_of, lasting, nobody, place_of, somebody
from tests.web.test_correcting import hears

PACK = "boundary.en-GB"
PAGE, API = f"/packs/{PACK}", f"/api/v1/packs/{PACK}"


@pytest.fixture
def tom(client: TestClient) -> TestClient:
    """The browser of Tom, a trainer."""
    return browser_of(client, somebody(place_of(client), Role.TRAINER, "tom"))


@pytest.fixture
def sam(client: TestClient) -> TestClient:
    """The browser of Sam, a supervisor."""
    return browser_of(client, somebody(place_of(client), Role.SUPERVISOR, "sam"))


def fields(page: str) -> dict[str, str]:
    """What the form of a page would send."""
    found = re.findall(r'<textarea id="(w\d+)"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    hidden = re.findall(r'<input type="hidden" name="(after|of|part|find)" value="([^"]*)"', page)
    return {name: text.replace("&#39;", "'") for name, text in found} | dict(hidden)


def reworded(browser: TestClient, was: str, now: str, why: str = "Shorter.") -> str:
    """Say a sentence otherwise; where the answer leads to."""
    form = fields(browser.get(PAGE).text)
    name = next(name for name, text in form.items() if text == was)
    answer = browser.post(PAGE, data=form | {name: now, "why": why})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def in_force(browser: TestClient) -> int:
    number: int = browser.get(API).json()["in_force"]
    return number


def test_a_sentence_is_drafted_looked_at_put_in_force_and_gone_back_from(client: TestClient, tom: TestClient) -> None:
    naming = packs.boundary("en-GB").say(Rung.NAMING, Channel.VOICE, Abuse.INSULT)
    assert reworded(tom, naming, "Please leave the names out.") == f"{PAGE}/draft?done=saved"
    assert in_force(tom) == 0
    page = tom.get(f"{PAGE}/draft").text
    assert "say · naming · voice" in page
    assert "<ins>" in page
    assert "<del>" in page
    assert tom.post(f"{PAGE}/in-force", data={"number": 1}).headers["location"] == f"{PAGE}/history?done=settled"
    assert in_force(tom) == 1
    desk = place_of(client).desk
    assert desk.packs.boundary("en-GB").label == "boundary en-GB 2026.1/1"
    history = tom.get(f"{PAGE}/history").text
    assert "Edition 1 is in force" in history
    assert "“Shorter.”" in history
    assert "Please" in tom.get(f"{PAGE}/editions/1").text
    assert tom.post(f"{PAGE}/back", data={"number": 0, "after": 1, "why": ""}).status_code == 303
    assert desk.packs.boundary("en-GB") is packs.boundary("en-GB")
    deeds = [row.deed for row in Audit(desk.books.shelf).latest(5) if "pack" in row.deed]
    assert deeds == [Deed.PACK_SETTLED, Deed.PACK_SETTLED, Deed.PACK_DRAFTED]
    assert "Edition" in tom.get("/packs").text


def test_a_placeholder_that_is_gone_is_said_beside_its_sentence_and_nothing_is_lost(tom: TestClient) -> None:
    form = fields(tom.get(f"{PAGE}?part=letter").text)
    (name,) = [name for name, text in form.items() if "{appeal_to}" in text]
    answer = tom.post(PAGE, data=form | {name: "Write to us.", "why": ""})
    assert answer.status_code == 422
    assert "{appeal_days} is missing; it has to be said each time; put it in." in answer.text
    assert re.search(rf'id="{name}"[^>]*aria-invalid="true"', answer.text)
    assert fields(answer.text)[name] == "Write to us."
    assert tom.get(API).json()["editions"] == []


def test_a_slip_in_the_text_names_its_line(tom: TestClient) -> None:
    text = packs.text_of(PACK).replace("calm_turns = 3", "calm_turns = 300")
    answer = tom.post(f"{PAGE}/text", data={"text": text, "after": 0, "why": ""})
    line = text[: text.index("calm_turns = 300")].count("\n") + 1
    assert answer.status_code == 422
    assert f"Line {line}</button> <code>limits.calm_turns</code>" in answer.text
    assert "write a whole number from 1 to 20" in answer.text
    same = tom.post(f"{PAGE}/text", data={"text": packs.text_of(PACK), "after": 0, "why": ""})
    assert (same.status_code, "Nothing is different" in same.text) == (409, True)


def test_who_was_overtaken_keeps_what_was_typed(tom: TestClient, sam: TestClient) -> None:
    form = fields(sam.get(PAGE).text)
    naming = next(name for name, text in form.items() if text.startswith("I do want to"))
    was = form[naming]
    reworded(tom, was, "Let's leave the names out.")
    answer = sam.post(PAGE, data=form | {naming: "Mine.", "why": ""})
    assert (answer.status_code, "in the meantime" in answer.text) == (409, True)
    assert "Mine." in answer.text


def test_a_supervisor_proposes_and_a_trainer_decides(client: TestClient, tom: TestClient, sam: TestClient) -> None:
    was = next(text for name, text in fields(sam.get(PAGE).text).items() if name == "w0")
    reworded(sam, was, "How are you managing?")
    page = sam.get(f"{PAGE}/draft").text
    assert "A trainer or an admin puts it into force." in page
    assert sam.post(f"{PAGE}/in-force", data={"number": 1}).status_code in {403, 404}
    assert client.get(PAGE).status_code == 200, "an agent sees what is said"
    assert "<textarea" not in client.get(PAGE).text
    assert client.post(PAGE, data={"after": 0, "of": 0}).status_code in {403, 404}
    assert browser_of(client, somebody(place_of(client), Role.REVIEWER, "rita")).get("/packs").status_code == 403
    assert tom.post(f"{PAGE}/aside", data={"number": 1}).status_code == 303
    assert tom.get(API).json()["draft"] is None


def test_a_draft_is_tried_on_past_conversations_without_a_word_of_them(client: TestClient, tom: TestClient) -> None:
    card = hears(client, "My kettle never arrived. I'm furious.", conversation="the-kettle")["card"]
    pack = place_of(client).desk.packs.load("en-GB")
    phrase = next(one for one in pack.phrases if one.title == card["title"])
    text = packs.text_of("en-GB").replace(phrase.say, "Something else entirely.")
    sent = tom.put("/api/v1/packs/en-GB/draft", json={"text": text, "after": 0, "why": "A try."})
    assert sent.status_code == 200, sent.text
    tried = tom.post("/api/v1/packs/en-GB/draft/preview", json={"number": 1}).json()
    assert (tried["conversations"], tried["turns"], tried["all_of_them"]) == (1, 1, True)
    (talk,) = tried["differing"]
    assert talk["turns"][0]["before"]["says"] == [phrase.say]
    assert talk["turns"][0]["after"]["says"] == ["Something else entirely."]
    page = tom.post("/packs/en-GB/try", data={"number": 1}).text
    assert "1 turn would have gone otherwise" in page
    assert "in 1 of 1 conversation." in page
    assert "furious" not in page
    assert Audit(place_of(client).desk.books.shelf).latest(1)[0].deed == Deed.PACK_TRIED
    ada = browser_of(client, somebody(place_of(client), Role.ADMIN, "ada"))
    (unnamed,) = ada.post("/api/v1/packs/en-GB/draft/preview", json={"number": 1}).json()["differing"]
    assert unnamed["conversation"] is None


def test_programs_read_packs_and_bring_in_drafts_and_put_nothing_into_force(client: TestClient) -> None:
    shelf = place_of(client).desk.books.shelf
    token = Tokens(shelf).add("packs", [Action.SEE_PACKS, Action.DRAFT_PACK], lasting())
    program, headers = nobody(client), {"authorization": f"Bearer {token.secret}"}
    listed = {one["pack"]: one for one in program.get("/api/v1/packs", headers=headers).json()}
    assert listed[PACK] == {"pack": PACK, "kind": "boundary", "in_force": 0, "draft": None, "newest": 0}
    bad = program.put(f"{API}/draft", headers=headers, json={"text": "x = [", "after": 0})
    assert (bad.status_code, bad.json()["reason"][:7]) == (422, "line 1:")
    text = packs.text_of(PACK).replace("calm_turns = 3", "calm_turns = 4")
    made = program.put(f"{API}/draft", headers=headers, json={"text": text, "after": 0, "why": "From our repository."})
    assert made.json()["written_by"] == f"token:{token.token.id}"
    assert program.get(f"{API}/editions/1", headers=headers).json()["text"] == text
    assert program.post(f"{API}/in-force", headers=headers, json={"number": 1}).status_code in {401, 403}
    assert program.get("/api/v1/packs/none", headers=headers).status_code == 404
    assert program.get(f"{API}/editions/9", headers=headers).status_code == 404
    assert program.delete(f"{API}/draft", headers=headers).status_code == 204


def test_words_are_found_in_every_part(tom: TestClient) -> None:
    found = tom.get(f"{PAGE}?find=appeal").text
    assert "{appeal_to}" in found
    assert "Nothing in this pack says" in tom.get(f"{PAGE}?find=zebra").text
    assert tom.get("/packs/teaching").headers["location"] == "/packs/teaching/text"
    assert tom.get("/packs/none").status_code == 404
