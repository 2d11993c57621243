import re
from importlib.resources import files

import pytest

from levelhead.advising.draft import check_wording
from levelhead.advising.draft_facts import GAP, fact_tokens
from levelhead.advising.draft_pack import DraftWording, DraftWordingBroken, parse_draft_wording
from levelhead.advising.draft_text import DraftText
from levelhead.advising.draft_wording import DraftRule
from levelhead.conversation import Fault
from levelhead.packs import load

LOCALES = ("en-GB", "en-US")
RULES = [
    pytest.param(load(locale).draft, rule, id=f"{locale}-{rule.id}")
    for locale in LOCALES
    for rule in load(locale).draft.rules
]
FAULTS = {"apologise_generic", "register"} | {fault.value for fault in Fault}


def source(locale: str = "en-GB") -> str:
    return files("levelhead.packs").joinpath(f"draft.{locale}.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(("wording", "rule"), RULES)
def test_every_example_is_found_and_rewritten_as_promised(wording: DraftWording, rule: DraftRule) -> None:
    for draft, rewrite in rule.examples:
        result = check_wording(draft, (), wording)
        assert rule.fault in {finding.fault for finding in result.findings}, draft
        assert result.rewrite == rewrite


@pytest.mark.parametrize(("wording", "rule"), RULES)
def test_every_caught_draft_is_found(wording: DraftWording, rule: DraftRule) -> None:
    for draft in rule.caught:
        assert rule.fault in {finding.fault for finding in check_wording(draft, (), wording).findings}, draft


@pytest.mark.parametrize(("wording", "rule"), RULES)
def test_every_rule_shows_what_it_is_for(wording: DraftWording, rule: DraftRule) -> None:
    assert rule.examples or rule.caught or rule.when
    assert rule.fault in FAULTS
    assert rule.reason.endswith(".")
    assert all(hint == hint.lower() for hint in rule.hints)
    for draft in (*rule.caught, *(example.draft for example in rule.examples)):
        assert any(hint in draft.lower() for hint in rule.hints), "the hints would keep this from being tried"


@pytest.mark.parametrize(("wording", "rule"), RULES)
def test_no_rule_brings_a_fact_of_its_own(wording: DraftWording, rule: DraftRule) -> None:
    words = re.sub(r"\{\w+\}", "", rule.instead or "")
    assert fact_tokens(DraftText.of(GAP.sub("", words))) == ()


@pytest.mark.parametrize(("wording", "rule"), RULES)
def test_a_rewrite_needs_no_rewriting(wording: DraftWording, rule: DraftRule) -> None:
    for example in rule.examples:
        assert check_wording(example.rewrite, (), wording).rewrite is None


def test_both_packs_know_the_same_rules() -> None:
    british, american = (tuple(rule.id for rule in load(locale).draft.rules) for locale in LOCALES)
    assert british == american
    assert len(set(british)) == len(british)


def test_every_fault_of_the_guide_has_a_reason_for_the_reader() -> None:
    assert set(load("en-GB").draft.reasons) == {fault.value for fault in Fault}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (('scope = "after"', 'scope = "page"'), "'cant_do_something'"),
        (("[apology]", "[sorry]"), "[apology]"),
        (("too_many = 3", 'too_many = "three"'), "too_many"),
        (("find = '''\\bfurnish", "find = '''(\\bfurnish"), "'furnish'"),
        (('version = "1"', "version = "), "not TOML"),
    ],
)
def test_a_broken_wording_says_where_it_is_broken(change: tuple[str, str], complaint: str) -> None:
    with pytest.raises(DraftWordingBroken, match=re.escape(complaint)):
        parse_draft_wording(source().replace(*change, 1))
