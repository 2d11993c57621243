"""What a person sees and does on the pages, asked of the real application."""

import re
from urllib.parse import quote

import pytest
from jinja2 import PackageLoader
from starlette.testclient import TestClient

from levelhead.web.words import words_for

HOSTILE = (
    "<script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "'><img src=x onerror=alert(1)>",
    '</hx-partial><hx-partial hx-target="body">gone</hx-partial>',
)
ANGRY = "This is the third time I've asked. I'm furious, and I want to speak to your manager."


def read(client: TestClient, text: str, **form: str) -> str:
    """Have a text read on *Try it*; the address of its conversation."""
    answer = client.post("/try", data={"text": text} | form)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_an_empty_now_says_what_will_appear_and_how(client: TestClient) -> None:
    page = client.get("/").text
    assert "Nobody is waiting" in page
    assert 'href="/try"' in page


def test_the_first_page_waits_for_no_template(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def look(*_: object) -> None:
        pytest.fail("a template was looked for on disk")

    monkeypatch.setattr(PackageLoader, "get_source", look)
    assert client.get(read(client, ANGRY)).status_code == 200


def test_a_pasted_transcript_stands_on_now_and_opens_as_a_conversation(client: TestClient) -> None:
    here = read(client, f"Agent: Hello, how can I help?\nCustomer: {ANGRY}")
    assert here in client.get("/").text
    page = client.get(here).text
    assert "how can I help?" in page
    assert 'id="turn-1"' in page
    assert "want to speak to your manager" in re.sub(r"<[^>]+>", "", page)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_shown_and_never_become_markup(client: TestClient, words: str) -> None:
    here = read(client, f"Customer: {words}\nAgent: I can't do that.\nCustomer: {words} {ANGRY}")
    for path in ("/", here):
        page = client.get(path).text
        assert words not in page
        assert "<script>alert" not in page
        assert "<img" not in page
    draft = client.post(f"{here}/draft", data={"text": f"I can't do that, {words}."}).text
    assert words not in draft


def test_a_template_in_a_customers_words_is_only_words(client: TestClient) -> None:
    page = client.get(read(client, "Customer: {{ 7 * 7 }} {% raw %}")).text
    assert "{{ 7 * 7 }} {% raw %}" in re.sub(r"<span class=\"why\">.*?</span></span>|<[^>]+>", "", page)


def test_a_hostile_name_of_a_conversation_is_harmless(client: TestClient) -> None:
    name = '"><script>alert(1)</script>'
    row = {"n": 0, "speaker": "customer", "text": ANGRY, "channel": "chat", "person": name}
    heard = client.post(f"/api/v1/conversations/{quote(name.replace('/', '|'), safe='')}/turns", json=row)
    assert heard.status_code == 200
    assert "<script>alert" not in client.get("/").text


@pytest.mark.parametrize("name", ["a/b", "a?b#c", "100%", "größe", "<1234.5678@mail.example>", ".hidden"])
def test_whatever_a_conversation_is_called_its_page_opens(client: TestClient, name: str) -> None:
    row = {"n": 0, "speaker": "customer", "text": "Hello?", "channel": "chat"}
    heard = client.post(f"/api/v1/conversations/{quote(name, safe='')}/turns", json=row)
    assert heard.status_code == 200, heard.text
    links = re.findall(r'<a href="(/conversations/[^"]+)"', client.get("/").text)
    assert client.get(links[0]).status_code == 200


def test_the_draft_is_checked_and_a_rewrite_offered(client: TestClient) -> None:
    here = read(client, f"Customer: {ANGRY}")
    answer = client.post(f"{here}/draft", data={"text": "I can't do that."}).text
    assert "I can&#39;t do that" in answer
    assert "data-use=" in answer


def test_what_the_customer_types_is_not_checked(client: TestClient) -> None:
    here = read(client, f"Customer: {ANGRY}")
    assert client.post(f"{here}/draft", data={"text": "I can't do that.", "speaker": "customer"}).text.strip() == ""


def test_turns_can_be_added_to_a_conversation_of_ones_own(client: TestClient) -> None:
    here = read(client, "Customer: Where is my refund?")
    live = {"hx-request": "true"}
    added = client.post(f"{here}/turns", data={"speaker": "agent", "text": "Let me look."}, headers=live)
    assert added.status_code == 204
    assert "Let me look." in client.get(here).text
    without_script = client.post(f"{here}/turns", data={"speaker": "customer", "text": "Thanks."})
    assert (without_script.status_code, without_script.headers["location"]) == (303, here)


def test_nobody_adds_turns_to_a_real_conversation_from_a_page(client: TestClient) -> None:
    row = {"n": 0, "speaker": "customer", "text": "Hello?", "channel": "chat"}
    assert client.post("/api/v1/conversations/real/turns", json=row).status_code == 200
    assert client.post("/conversations/real/turns", data={"speaker": "agent", "text": "Made up."}).status_code == 422
    assert "Made up." not in client.get("/conversations/real").text


def test_a_card_is_answered_and_leaves(client: TestClient) -> None:
    here = read(client, f"Customer: {ANGRY}", channel="email")
    card = re.search(r'name="card" value="([^"]+)"', client.get(here).text)
    assert card, "an angry customer who asks for a manager raises a card"
    form = {"card": card[1], "answer": "not_now"}
    answered = client.post(f"{here}/card", data=form, headers={"hx-request": "true"})
    assert answered.status_code == 200
    assert "Put away for now." in answered.text
    assert 'name="card"' not in client.get(here).text


def test_a_used_card_stays_and_says_so(client: TestClient) -> None:
    here = read(client, f"Customer: {ANGRY}", channel="email")
    card = re.search(r'name="card" value="([^"]+)"', client.get(here).text)
    assert card
    assert client.post(f"{here}/card", data={"card": card[1], "answer": "used"}).status_code == 303
    assert "Noted: used." in client.get(here).text


@pytest.mark.parametrize("form", [{}, {"card": "x", "answer": "maybe"}, {"answer": ""}])
def test_an_answer_that_no_page_would_send_is_refused_plainly(client: TestClient, form: dict[str, str]) -> None:
    here = read(client, "Customer: Hello?")
    refused = client.post(f"{here}/card", data=form)
    assert refused.status_code == 422
    assert words_for("en-GB")("trouble.not_understood") in refused.text


def test_a_live_page_is_told_in_one_plain_line(client: TestClient) -> None:
    here = read(client, "Customer: Hello?")
    form = {"card": "no-such-card", "answer": "used"}
    refused = client.post(f"{here}/card", data=form, headers={"hx-request": "true"})
    assert refused.status_code == 404
    assert refused.headers["content-type"].startswith("text/plain")
    assert refused.text == "There is no such card in this conversation."


@pytest.mark.parametrize(("text", "says"), [(" ", "one message is enough"), ("Customer: hm\n" * 201, "201 turns")])
def test_what_cannot_be_read_is_said_and_the_words_are_kept(client: TestClient, text: str, says: str) -> None:
    refused = client.post("/try", data={"text": text})
    assert refused.status_code == 422
    assert says in refused.text
    assert text.strip()[:12] in refused.text


@pytest.mark.parametrize("path", ["/conversations/nobody", "/conversations/nobody/stream", "/nowhere"])
def test_what_is_not_here_is_said_with_a_way_on(client: TestClient, path: str) -> None:
    missing = client.get(path)
    assert missing.status_code == 404
    assert "Go to Now" in missing.text


def test_a_person_from_america_reads_american(client: TestClient) -> None:
    page = client.get("/try", headers={"accept-language": "fr, en-US;q=0.8"}).text
    assert '<html lang="en-US">' in page
    assert ">Email<" in page


def test_card_numbers_never_reach_a_page(client: TestClient) -> None:
    here = read(client, "Customer: My card is 4111 1111 1111 1111, take the money from there.")
    page = client.get(here).text
    assert "1111 1111" not in page
    assert "[card number]" in page


def test_the_page_says_in_a_quiet_line_what_it_is_about(client: TestClient) -> None:
    stolen = "My account was hacked. Someone has changed the email and the password and I can't log in."
    here = read(
        client, f"Customer: {stolen}\nAgent: I'm sorry to hear that.\nCustomer: Please get my hacked account back."
    )
    turn = client.get(f"/api/v1{here}").json()["turns"][0]
    assert turn["issue"]["name"] == "account hacked"
    assert "About: account hacked" in client.get(here).text


def test_small_talk_is_about_nothing_yet(client: TestClient) -> None:
    assert "About:" not in client.get(read(client, "Customer: Hello, are you there?")).text
