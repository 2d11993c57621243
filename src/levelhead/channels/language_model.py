"""A language model behind any OpenAI-compatible address: asked for other words, never waited for, never needed.

What goes out are redacted words, with placeholders for what is kept sealed. What comes back is held against them
(`advising/reworded.py`) and dropped where it says anything else. Whatever goes wrong, the answer is None within two
seconds, and after some failures in a row the model is left alone for a while.
"""

import json
import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from importlib import resources
from ipaddress import ip_network
from time import monotonic
from typing import Final, NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

import httpcore
import structlog
from anyio import CancelScope, move_on_after, to_thread

from levelhead import __version__
from levelhead.advising.reworded import Refusal, check
from levelhead.advising.reworded_sealed import Covered
from levelhead.channels.webhook_addresses import CheckedNetwork, Forbidden
from levelhead.settings import Settings
from levelhead.settings_language_model import Wording

log = structlog.get_logger(__name__)

WITHIN_S: Final = 2.0
"""For all of it, from looking up the name to the last byte: after that an agent has read the built-in rewrite."""
MOST_ANSWER: Final = 65_536
"""Bytes: a reply of 4000 characters in JSON, several times over."""
MOST_WORDS: Final = 4_000
MOST_MATERIAL: Final = 600
"""Characters of what the customer said last; enough for the tone."""
AT_ONCE: Final = 4
FAILURES: Final = 3
REST_S: Final = 30.0
_TIMEOUTS: Final = {"timeout": {"connect": WITHIN_S, "read": WITHIN_S, "write": WITHIN_S, "pool": WITHIN_S}}
# Wherever the operator says, but redacted words of customers go over the public internet by https only.
_ANYWHERE: Final = (ip_network("0.0.0.0/0"), ip_network("::/0"))


class Outcome(StrEnum):
    """What became of a question to the model."""

    REWORDED = "reworded"
    REFUSED = "refused"
    LATE = "late"
    FAILED = "failed"
    BUSY = "busy"
    RESTING = "resting"
    REPLACED = "replaced"


class Talk(NamedTuple):
    """The conversation that a question belongs to."""

    tenant: UUID
    conversation: str


class Asked(NamedTuple):
    """A text to be worded otherwise. `facts` are names in it; `customer_said` is for the tone.

    Whatever is a secret or kept sealed in either does not go out; a placeholder does.
    """

    wording: Wording
    text: str
    customer_said: str = ""
    facts: tuple[str, ...] = ()
    locale: str = "en-GB"


class LanguageModel:
    """The port to one model; an open one has to be closed. Nothing is connected to before the first question."""

    def __init__(
        self,
        url: str,
        name: str = "",
        key: str | None = None,
        wordings: Iterable[Wording] = (Wording.DRAFT,),
        *,
        seen: Callable[[Outcome], None] = lambda _: None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._url, self._name, self._key = f"{url.rstrip('/')}/chat/completions", name, key
        self._wordings, self._seen = frozenset(wordings), seen
        plain = urlsplit(url).scheme == "http"
        self._pool = httpcore.AsyncConnectionPool(
            None if plain else ssl.create_default_context(),
            max_connections=AT_ONCE,
            network_backend=CheckedNetwork(_ANYWHERE, plain=plain),
        )
        self._talks: dict[Talk, CancelScope] = {}
        self._rest = _Rest(clock)

    def may(self, wording: Wording) -> bool:
        """Whether it is there for this."""
        return wording in self._wordings

    async def reworded(self, talk: Talk, asked: Asked) -> str | None:
        """Other words that say the same, or None; never later than WITHIN_S, and never an exception.

        A newer question about the same conversation takes the place of the one under way.
        """
        if not self.may(asked.wording) or not asked.text.strip() or len(asked.text) > MOST_WORDS:
            return None
        outcome, words = await self._outcome(talk, asked)
        self._seen(outcome)
        return words

    async def close(self) -> None:
        """Let go of every connection."""
        await self._pool.aclose()

    async def _outcome(self, talk: Talk, asked: Asked) -> tuple[Outcome, str | None]:
        if self._rest.is_on:
            return Outcome.RESTING, None
        if talk in self._talks:
            self._talks.pop(talk).cancel()
        if len(self._talks) >= AT_ONCE:
            return Outcome.BUSY, None
        with self._one_of(talk) as scope, move_on_after(WITHIN_S):
            return await self._answer(asked)
        if scope.cancelled_caught:
            return Outcome.REPLACED, None
        self._rest.failed()
        return Outcome.LATE, None

    @contextmanager
    def _one_of(self, talk: Talk) -> Iterator[CancelScope]:
        with CancelScope() as scope:
            self._talks[talk] = scope
            try:
                yield scope
            finally:
                if self._talks.get(talk) is scope:
                    del self._talks[talk]

    async def _answer(self, asked: Asked) -> tuple[Outcome, str | None]:
        covered = await to_thread.run_sync(Covered.of, asked.text, asked.locale, abandon_on_cancel=True)
        try:
            answered = _content(await self._post(_body(self._name, asked, covered.words)))
        except (Forbidden, OSError, ValueError, RecursionError, *_TROUBLES) as error:
            self._rest.failed()
            # Only the kind of error: its words may hold the key, or the words of a customer.
            log.warning("The language model did not answer as agreed", trouble=type(error).__name__)
            return Outcome.FAILED, None
        self._rest.worked()
        kept = await to_thread.run_sync(check, covered.words, answered, asked.facts, abandon_on_cancel=True)
        if isinstance(kept, Refusal):
            log.info("The language model's words were refused", why=kept.why.value)
            return Outcome.REFUSED, None
        return Outcome.REWORDED, covered.uncovered(kept) if kept != covered.words.strip() else None

    async def _post(self, body: bytes) -> bytes:
        headers = {"content-type": "application/json", "accept-encoding": "identity"}
        headers["user-agent"] = f"Levelhead/{__version__}"
        if self._key:
            headers["authorization"] = f"Bearer {self._key}"
        sent, read = list(headers.items()), b""
        async with self._pool.stream("POST", self._url, headers=sent, content=body, extensions=_TIMEOUTS) as answer:
            if answer.status != _OK:
                raise ValueError(answer.status)
            async for some in answer.aiter_stream():
                read += some
                if len(read) > MOST_ANSWER:
                    raise ValueError("too long")
        return read


def language_model_of(settings: Settings, seen: Callable[[Outcome], None] = lambda _: None) -> LanguageModel | None:
    """The model that the settings name, or None."""
    if settings.language_model_url is None:
        return None
    key = settings.language_model_key
    return LanguageModel(
        settings.language_model_url,
        settings.language_model_name,
        key.get_secret_value() if key else None,
        settings.language_model_for,
        seen=seen,
    )


class _Rest:
    """Counts failures in a row; after FAILURES of them it is on for REST_S, and one more try is made."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._failures = 0
        self._until = 0.0

    @property
    def is_on(self) -> bool:
        return self._clock() < self._until

    def failed(self) -> None:
        self._failures += 1
        if self._failures >= FAILURES:
            self._until = self._clock() + REST_S

    def worked(self) -> None:
        self._failures, self._until = 0, 0.0


_OK: Final = 200
_TROUBLES: Final = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    httpcore.ConnectionNotAvailable,
    ssl.SSLError,
)
_PROMPT: Final = (resources.files("levelhead.channels") / "language_model.txt").read_text(encoding="utf-8")


def _body(name: str, asked: Asked, text: str) -> bytes:
    """The question. Words stand in JSON strings, so none of them can end the material and begin to instruct."""
    material = {"kind": asked.wording.value, "reword": text}
    if asked.customer_said:
        material["customer_said"] = Covered.of(asked.customer_said, asked.locale).words[:MOST_MATERIAL]
    messages = [
        {"role": "system", "content": _PROMPT},
        {"role": "user", "content": json.dumps(material, ensure_ascii=False)},
    ]
    most = max(64, len(text))  # Tokens are longer than characters in any language that passes the check.
    asking = {"messages": messages, "temperature": 0, "max_tokens": most, "stream": False}
    return json.dumps({"model": name} | asking, ensure_ascii=False).encode(errors="replace")


def _content(answer: bytes) -> str:
    """The words of the first choice. Raises ValueError."""
    try:
        words = json.loads(answer)["choices"][0]["message"]["content"]
    except (KeyError, IndexError, TypeError) as error:
        raise ValueError("not a chat completion") from error
    if not isinstance(words, str) or len(words) > MOST_WORDS * 2:
        raise ValueError("no words")
    words.encode()  # Half a character is no text.
    return words.strip()
