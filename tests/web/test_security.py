"""Every answer carries strict headers, and no other site can act in a person's name."""

import re

import pytest
from starlette.testclient import TestClient

from levelhead.web.rendering import STATIC
from levelhead.web.words import words_for

EVERY_KIND = ("/", "/try", "/nowhere", "/api/v1/health", "/static/levelhead.css", "/api/v1/conversations/nobody")


@pytest.mark.parametrize("path", EVERY_KIND)
def test_every_answer_carries_strict_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/", "/try", "/nowhere"])
def test_no_page_has_script_or_style_of_its_own(client: TestClient, path: str) -> None:
    page = client.get(path).text
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert "<style" not in page
    assert not re.search(r"\s(style|on[a-z]+)=", page)


def test_pages_are_not_kept_by_caches_but_files_are_named_by_their_content(client: TestClient) -> None:
    assert client.get("/").headers["cache-control"] == "no-store"
    assert re.search(r'href="/static/levelhead\.css\?[0-9a-f]{12}"', client.get("/").text)


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ],
)
@pytest.mark.parametrize("path", ["/try", "/api/v1/conversations/x/turns", "/api/v1/conversations/x/draft"])
def test_another_site_cannot_act(client: TestClient, path: str, headers: dict[str, str]) -> None:
    refused = client.post(path, content=b'{"text": "hello"}', headers=headers)
    assert refused.status_code == 403
    assert "another site" in refused.json()["reason"]


@pytest.mark.parametrize("headers", [{}, {"sec-fetch-site": "same-origin"}, {"origin": "http://levelhead.test"}])
def test_tools_and_our_own_pages_can(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/api/v1/conversations/x/draft", json={"text": "Hello."}, headers=headers).status_code == 200


def test_scripts_never_turn_text_into_markup() -> None:
    for script in STATIC.glob("*.js"):
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", script.read_text("utf-8")
        )


def test_the_catalogue_holds_no_markup() -> None:
    words = words_for("en-GB")
    assert all("<" not in sentence for sentence in words.sentences.values())
