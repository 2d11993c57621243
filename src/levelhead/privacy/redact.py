"""Masks what is never kept: card numbers, security codes, passwords and PINs, one-time codes."""

import re
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from levelhead.conversation import Span, Turn
from levelhead.privacy.answers import answered_secrets
from levelhead.privacy.begun import begun_cards
from levelhead.privacy.behind import secrets_behind_cards
from levelhead.privacy.cards import card_numbers
from levelhead.privacy.codes import named_codes
from levelhead.privacy.digits import digit_runs, has_number
from levelhead.privacy.masks import OPAQUE, Secret, SecretKind
from levelhead.privacy.passwords import passwords
from levelhead.privacy.pieces import Underway, underway


@dataclass(frozen=True, slots=True)
class Masked:
    """A placeholder in a redacted text: what kind of secret stood there, and where the placeholder stands."""

    kind: SecretKind
    span: Span


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text without its secrets. `found` lists every placeholder in it, in order."""

    text: str
    found: tuple[Masked, ...]


def redact(text: str) -> Redacted:
    """The text with every secret masked; redacting it again changes nothing."""
    return _described(_without_secrets(text))


def redact_turn(turn: Turn, before: Sequence[Turn] = ()) -> Turn:
    """The turn with every secret masked, also those that only the turns before give away.

    A bare answer to "what's the security code?" is masked, and so is every piece of a card number that was asked for.
    Of one that was not asked for, at most six digits in a row are kept: those that came before anyone could tell.
    """
    so_far = underway(turn, before) if before and has_number(turn.text) else Underway()
    text = _without_secrets(turn.text, believed=so_far.trusted)
    if before and text.strip():
        while secrets := answered_secrets(replace(turn, text=_opaque(text)), before, so_far):
            text = _without_secrets(_masked(text, secrets), believed=so_far.trusted)
    return turn if text == turn.text else replace(turn, text=text)


def mask_event(_logger: object, _name: str, event_dict: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor: no secret leaves in a log event, however deep its values are nested.

    Put it after the processors that render exceptions, and before the renderer.
    """
    for key, value in event_dict.items():
        event_dict[key] = _masked_value(value)
    return event_dict


_PLACEHOLDER = re.compile(r"\[(" + "|".join(SecretKind) + r")\]")
_WORTH_A_LOOK = re.compile(r"\d|pass|p\.?w|memorable|secret|security|safe ?word", re.IGNORECASE)


def _without_secrets(text: str, *, believed: bool = False) -> str:
    """Masks until nothing is left to mask; each round leaves less to look at, so it ends."""
    while secrets := _secrets_in(_opaque(text), believed=believed):
        text = _masked(text, secrets)
    return text


def _secrets_in(text: str, *, believed: bool) -> list[Secret]:
    numbered = has_number(text)
    if not numbered and not _WORTH_A_LOOK.search(text):
        return []
    found: list[Secret] = []
    if numbered:
        runs = digit_runs(text)
        found += (Secret(SecretKind.CARD_NUMBER, span) for span in card_numbers(text, runs))
        found += secrets_behind_cards(text)
        found += named_codes(text, digit_runs(text, dictated=True))
        if not found and any(len(run.digits) > len(run.atoms) for run in runs):
            single = digit_runs(text, paired=False)
            found += (Secret(SecretKind.CARD_NUMBER, span) for span in card_numbers(text, single))
        if not found:
            found += (Secret(SecretKind.CARD_NUMBER, span) for span in begun_cards(text, believed=believed))
    found += (Secret(SecretKind.PASSWORD, span) for span in passwords(text))
    return found


def _masked(text: str, secrets: Iterable[Secret]) -> str:
    """The text with placeholders; where two secrets overlap the first found wins."""
    kept: list[Secret] = []
    covered = bytearray(len(text))
    for secret in secrets:
        start, end = secret.span
        if not any(covered[start:end]):
            covered[start:end] = b"\x01" * (end - start)
            kept.append(secret)
    pieces, done = [], 0
    for secret in sorted(kept, key=lambda one: one.span.start):
        pieces += [text[done : secret.span.start], secret.kind.placeholder]
        done = secret.span.end
    return "".join((*pieces, text[done:]))


def _opaque(text: str) -> str:
    """The same text, same offsets, with placeholders no one can read a name or a number from."""
    return _PLACEHOLDER.sub(lambda match: OPAQUE * len(match[0]), text)


def _described(text: str) -> Redacted:
    found = (Masked(SecretKind(match[1]), Span(*match.span())) for match in _PLACEHOLDER.finditer(text))
    return Redacted(text, tuple(found))


def _masked_value(value: object) -> object:
    if isinstance(value, str):
        return _without_secrets(value)
    if isinstance(value, int) and not isinstance(value, bool):
        masked = _without_secrets(str(value))
        return value if masked == str(value) else masked
    if isinstance(value, Mapping):
        return {key: _masked_value(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        inner = [_masked_value(one) for one in value]
        return inner if isinstance(value, list) else tuple(inner)
    if isinstance(value, BaseException | bytes):
        text = repr(value)
        masked = _without_secrets(text)
        return value if masked == text else masked
    return value
