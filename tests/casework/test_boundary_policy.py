"""Policies, help lines and letters: dated, complete, or refused with what is missing."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from uuid import uuid4

import pytest

from levelhead import packs
from levelhead.advising.table import PackError
from levelhead.casework.arrangement import Incomplete, Signed
from levelhead.casework.boundary import Rung
from levelhead.casework.boundary_policy import Part, Policy, parse_policy
from levelhead.casework.dated import is_old
from levelhead.casework.helplines import parse_helplines
from levelhead.casework.item import Evidence
from levelhead.casework.restriction import Restriction, Way
from levelhead.casework.restriction_letter import letter_of
from levelhead.conversation import Abuse, Channel

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SAM = Signed(uuid4(), "Sam Okafor", NOW)
LOCALES = ("en-GB", "en-US")
HEATED = re.compile(r"\b(you (are|were) (rude|abusive|aggressive)|unacceptable|calm down|must)\b|!", re.IGNORECASE)


def text(name: str) -> str:
    return files(packs).joinpath(f"{name}.toml").read_text("utf-8")


def restriction(approved: Signed | None = SAM) -> Restriction:
    return Restriction(
        way=Way.IN_WRITING,
        meaning="Please write to us.",
        reason="Threats on two calls.",
        adjustments="We asked; none is needed.",
        still="Write to PO Box 7.",
        appeal_to="Head of service, PO Box 7",
        evidence=(Evidence("c", 4, "I'll {find} you"),),
        proposed=Signed(uuid4(), "Amira", NOW),
        expires_at=NOW + timedelta(days=90),
        review_at=NOW + timedelta(days=60),
        approved=approved,
    )


def letter(of: Restriction, locale: str = "en-GB") -> tuple[str, ...]:
    said_on = NOW - timedelta(days=2)
    return letter_of(of, packs.boundary(locale), customer="Mr Doyle", said_on=said_on, now=NOW).paragraphs


@pytest.mark.parametrize("locale", LOCALES)
def test_every_rung_has_calm_words_for_every_channel(locale: str) -> None:
    policy = packs.boundary(locale)
    said = {policy.say(rung, channel, abuse) for rung in Rung for channel in Channel for abuse in Abuse}
    said |= {policy.ask(channel) for channel in Channel}
    assert [sentence for sentence in said if HEATED.search(sentence)] == []
    assert max(len(sentence.split()) for sentence in said) <= 36
    threats = {policy.say(Rung.FINAL_WARNING, channel, Abuse.THREAT) for channel in Channel}
    assert threats.isdisjoint({policy.say(Rung.FINAL_WARNING, channel, Abuse.INSULT) for channel in Channel})


@pytest.mark.parametrize("locale", LOCALES)
def test_each_sentence_that_ends_something_leaves_a_way_on(locale: str) -> None:
    policy = packs.boundary(locale)
    for rung in (Rung.FINAL_WARNING, Rung.ENDING):
        for channel in Channel:
            assert "write" in policy.say(rung, channel, Abuse.INSULT) or "message" in policy.say(
                rung, channel, Abuse.INSULT
            )


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("part", Part)
def test_a_policy_whose_letter_leaves_out_a_part_or_what_it_has_to_say_is_refused(locale: str, part: Part) -> None:
    whole = text(f"boundary.{locale}")
    without = re.sub(rf"(?m)^{part} = .*$", "", whole)
    with pytest.raises(PackError, match=rf"letter\.{part}"):
        parse_policy(without)
    said_nothing = re.sub(rf"(?m)^{part} = .*$", f'{part} = "To whom it may concern."', whole)
    with pytest.raises(PackError, match="it has to be said each time"):
        parse_policy(said_nothing)


def test_a_policy_that_leaves_out_a_channel_or_knows_another_word_is_refused() -> None:
    whole = text("boundary.en-GB")
    with pytest.raises(PackError, match=r"say\.ask\.voice"):
        parse_policy(whole.replace("voice =", "phone ="))
    with pytest.raises(PackError, match=r"\{nmae\} is not known here"):
        parse_policy(whole.replace('greeting = "Dear {customer}"', 'greeting = "Dear {customer} {nmae}"'))
    with pytest.raises(PackError, match="write it like 2026-11-22"):
        parse_policy(whole.replace('checked = "2026-11-22"', 'checked = "last year"'))


@pytest.mark.parametrize("locale", LOCALES)
def test_a_letter_says_what_happened_what_changes_until_when_and_how_to_appeal(locale: str) -> None:
    told = "\n".join(letter(restriction(), locale))
    for said in ("Mr Doyle", "“I'll {find} you”", "Please write to us.", "PO Box 7", "Sam Okafor", "We asked; none"):
        assert said in told
    ends = NOW + timedelta(days=90)
    assert told.count(ends.strftime(packs.boundary(locale).date_form)) >= 2
    assert len(letter(restriction(), locale)) == len(Part)


def test_what_was_typed_stands_in_whole_sentences() -> None:
    typed = replace(restriction(), reason="Two threats", appeal_to="Head of service, PO Box 7.")
    told = "\n".join(letter(typed))
    assert "Two threats." in told
    assert ".." not in told


@pytest.mark.parametrize("field", ["reason", "adjustments", "still"])
def test_a_letter_that_would_be_incomplete_is_not_made(field: str) -> None:
    with pytest.raises(Incomplete) as refused:
        letter(replace(restriction(), **{field: " "}))  # type: ignore[arg-type]
    assert refused.value.field == field


def test_nothing_is_written_before_somebody_has_put_their_name_to_it() -> None:
    with pytest.raises(Incomplete, match="Nobody has approved"):
        letter(restriction(approved=None))


@pytest.mark.parametrize(
    ("checked", "now", "old"),
    [
        (date(2025, 11, 23), NOW, True),
        (date(2025, 11, 24), NOW, False),
        (date(2024, 2, 29), datetime(2025, 2, 28, 23, tzinfo=UTC), False),
        (date(2024, 2, 29), datetime(2025, 3, 1, tzinfo=UTC), True),
        (None, NOW, True),
    ],
)
def test_what_nobody_has_looked_at_for_twelve_months_is_old(checked: date | None, now: datetime, old: bool) -> None:
    assert is_old(checked, now) is old


def test_help_lines_name_their_source_and_those_of_the_cards_are_the_same() -> None:
    known = packs.helplines()
    pack = packs.load("en-GB")
    assert set(known.lines) == set(pack.helplines) == set(pack.emergency)
    for locale, line in known.lines.items():
        number = re.findall(r"\d[\d -]*\d", line.reach)[0]
        assert number in pack.helplines[locale]
        assert line.emergency == pack.emergency[locale]
        assert line.source.startswith("https://")


def test_lines_without_a_day_say_so_and_in_a_year_all_of_them_do() -> None:
    known = packs.helplines()
    assert "en-GB" not in known.old(NOW)
    assert "en-PH" in known.old(NOW)
    assert set(known.old(NOW + timedelta(days=366))) == set(known.lines)
    assert known.of("fr-FR") is None


def test_a_help_line_without_a_source_is_refused() -> None:
    with pytest.raises(PackError, match=r"lines\.en-GB\.source"):
        parse_helplines(text("helplines").replace('source = "https://www.samaritans.org/how-we', 'sauce = "how-we'))


def test_the_policies_are_whole_in_both_locales() -> None:
    british, american = (packs.boundary(locale) for locale in LOCALES)
    assert isinstance(british, Policy)
    assert british.says.keys() == american.says.keys()
    assert "ring or write" in british.say(Rung.ENDING, Channel.VOICE, Abuse.INSULT)
    assert "call or write" in american.say(Rung.ENDING, Channel.VOICE, Abuse.INSULT)
