"""The chain of the audit: whatever is done to one row of it, or to two, is found and named."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from levelhead.people.audit import Deed, Noted, Seal, hash_of, sealed
from levelhead.people.audit_check import Finding, Link, Wrong, findings
from levelhead.people.audit_head import Head

KETTLES = UUID(int=1)
TOASTERS = UUID(int=2)
A_MORNING = datetime(2025, 3, 6, 10, 42, tzinfo=UTC)

SAID = ("", "the-late-refund", "ein Gespräch", '["', "0", "\u2028", "😤")


def row_of(n: int) -> Noted:
    """Different rows, some of which differ in nothing but what they are."""
    deed = tuple(Deed)[n % len(Deed)].value
    at = A_MORNING + timedelta(seconds=n // 2)
    return Noted(UUID(int=n + 1), at, (None, "person:1", "levelhead")[n % 3], deed, SAID[n % 7], SAID[n % 5])


several = st.integers(2, 12).map(lambda many: [row_of(n) for n in range(many)])
tried = settings(max_examples=60, deadline=None)


def chain(noted: list[Noted], tenant: UUID = KETTLES) -> list[Link]:
    links: list[Link] = []
    for row in noted:
        links.append(Link(sealed(tenant, row, links[-1].seal if links else None), row))
    return links


def head_of(links: list[Link], tenant: UUID = KETTLES) -> Head:
    return Head(tenant, links[-1].seal.number, links[-1].seal.hash, A_MORNING)


def one_of(data: st.DataObject, links: list[Link]) -> int:
    return data.draw(st.integers(0, len(links) - 1))


@tried
@given(several)
def test_a_chain_that_nobody_touched_is_whole(noted: list[Noted]) -> None:
    links = chain(noted)
    assert findings(KETTLES, links, head_of(links)) == ()


CHANGES: dict[str, Callable[[Noted], Noted]] = {
    "when": lambda row: replace(row, at=row.at + timedelta(microseconds=1)),
    "who": lambda row: replace(row, who=f"{row.who}x"),
    "nobody": lambda row: replace(row, who=None if row.who is not None else ""),
    "the deed": lambda row: replace(row, deed=f"{row.deed} "),
    "the conversation": lambda row: replace(row, conversation=f"{row.conversation}x"),
    "the subject": lambda row: replace(row, subject=f"x{row.subject}"),
    "words that move from one field to the next": lambda row: replace(
        row, conversation=f"{row.conversation}{row.subject}x", subject=""
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
@tried
@given(noted=several, data=st.data())
def test_a_changed_row_is_named(change: Callable[[Noted], Noted], noted: list[Noted], data: st.DataObject) -> None:
    links = chain(noted)
    place = one_of(data, links)
    links[place] = Link(links[place].seal, change(noted[place]))
    assert findings(KETTLES, links) == (Finding(Wrong.CHANGED, place + 1, noted[place].id),)


@tried
@given(several, st.data(), st.sampled_from(["previous", "hash"]))
def test_a_changed_seal_is_named(noted: list[Noted], data: st.DataObject, which: str) -> None:
    links = chain(noted)
    place = one_of(data, links)
    seal, row = links[place]
    other = "f" * 64
    forged = replace(seal, previous=other) if which == "previous" else replace(seal, hash=other)
    links[place] = Link(forged, row)
    assert findings(KETTLES, links) == (Finding(Wrong.CHANGED, place + 1, row.id if row else None),)


@tried
@given(several, st.data())
def test_a_row_that_was_changed_and_sealed_again_is_named(noted: list[Noted], data: st.DataObject) -> None:
    links = chain(noted)
    before = head_of(links)
    place = one_of(data, links)
    row = replace(noted[place], subject=f"{noted[place].subject}x")
    links[place] = Link(sealed(KETTLES, row, links[place - 1].seal if place else None), row)
    assert findings(KETTLES, links, before) == (Finding(Wrong.CHANGED, place + 1, row.id),)


@tried
@given(several, st.data())
def test_a_removed_row_is_named(noted: list[Noted], data: st.DataObject) -> None:
    links = chain(noted)
    place = one_of(data, links)
    links[place] = Link(links[place].seal, None)
    assert findings(KETTLES, links) == (Finding(Wrong.MISSING, place + 1, noted[place].id),)


@tried
@given(several, st.data())
def test_rows_that_are_gone_with_their_seals_are_named(noted: list[Noted], data: st.DataObject) -> None:
    links = chain(noted)
    first = one_of(data, links)
    last = data.draw(st.integers(first, len(links) - 1))
    head = head_of(links)
    del links[first : last + 1]
    assert findings(KETTLES, links, head) == (Finding(Wrong.MISSING, first + 1, last=last + 1),)


@tried
@given(several, st.data())
def test_two_rows_in_each_others_places_are_named(noted: list[Noted], data: st.DataObject) -> None:
    links = chain(noted)
    one, other = sorted(data.draw(st.sets(st.integers(0, len(links) - 1), min_size=2, max_size=2)))
    links[one], links[other] = Link(links[one].seal, noted[other]), Link(links[other].seal, noted[one])
    found = findings(KETTLES, links)
    assert [(finding.wrong, finding.number) for finding in found] == [
        (Wrong.REORDERED, one + 1),
        (Wrong.REORDERED, other + 1),
    ]


@tried
@given(several, st.data())
def test_two_seals_with_each_others_numbers_are_named(noted: list[Noted], data: st.DataObject) -> None:
    links = chain(noted)
    one, other = sorted(data.draw(st.sets(st.integers(0, len(links) - 1), min_size=2, max_size=2)))
    links[one], links[other] = (
        Link(replace(links[other].seal, number=one + 1), noted[other]),
        Link(replace(links[one].seal, number=other + 1), noted[one]),
    )
    found = findings(KETTLES, links)
    assert [(finding.wrong, finding.number) for finding in found] == [
        (Wrong.REORDERED, one + 1),
        (Wrong.REORDERED, other + 1),
    ]


@tried
@given(several, st.data())
def test_a_cut_end_shows_by_the_head(noted: list[Noted], data: st.DataObject) -> None:
    links = chain(noted)
    left = data.draw(st.integers(0, len(links) - 1))
    found = findings(KETTLES, links[:left], head_of(links))
    assert found == (Finding(Wrong.MISSING, left + 1, last=len(links)),)


@tried
@given(several)
def test_a_chain_that_was_forged_from_its_first_row_on_shows_by_the_head(noted: list[Noted]) -> None:
    head = head_of(chain(noted))
    forged = chain([replace(noted[0], subject=f"{noted[0].subject}x"), *noted[1:]])
    assert findings(KETTLES, forged) == ()
    assert findings(KETTLES, forged, head) == (Finding(Wrong.CHANGED, len(noted), noted[-1].id),)


@tried
@given(several, st.data())
def test_a_chain_goes_on_after_its_head(noted: list[Noted], data: st.DataObject) -> None:
    links = chain(noted)
    assert findings(KETTLES, links, head_of(links[: 1 + one_of(data, links)])) == ()


@tried
@given(several)
def test_no_row_of_another_tenant_fits(noted: list[Noted]) -> None:
    assert len(findings(TOASTERS, chain(noted, KETTLES))) == len(noted)


def test_a_first_row_that_claims_something_before_it_is_named() -> None:
    row = Noted(UUID(int=7), A_MORNING, None, "turn heard", "the-late-refund", "1")
    claims = Seal(1, row.id, "e" * 64, hash_of(KETTLES, 1, row, "e" * 64))
    assert findings(KETTLES, [Link(claims, row)]) == (Finding(Wrong.CHANGED, 1, row.id),)


def test_the_canonical_form_stays_as_it_is() -> None:
    """Every chain that was ever sealed hangs on it."""
    row = Noted(UUID(int=7), A_MORNING, "person:1", "turn heard", "ein-Gespräch", "1")
    assert hash_of(KETTLES, 1, row, "0" * 64) == "279a5dee8f65032c09ab515e81ae11638018c90636148c81a0046bd3a42fd015"


@pytest.mark.parametrize(
    ("finding", "told"),
    [
        (Finding(Wrong.CHANGED, 7, UUID(int=3)), "row 7 (00000000-0000-0000-0000-000000000003): changed"),
        (Finding(Wrong.MISSING, 7, last=9), "rows 7 to 9: missing"),
        (Finding(Wrong.MISSING, 7, last=7), "row 7: missing"),
        (Finding(Wrong.OUTSIDE, None, UUID(int=3)), "row 00000000-0000-0000-0000-000000000003: outside the chain"),
    ],
)
def test_a_finding_says_which_row_and_what_is_wrong(finding: Finding, told: str) -> None:
    assert str(finding) == told
