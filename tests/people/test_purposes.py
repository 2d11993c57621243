"""The walls between purposes: computed from what is declared, and shown to fail where something is planted."""

from collections.abc import Mapping
from dataclasses import fields, make_dataclass
from typing import get_type_hints

import pytest
from sqlalchemy import Column, MetaData, Table, Text

from levelhead import conversation
from levelhead.conversation import AgentReading, Emotion, Fault, Move
from levelhead.live import events
from levelhead.people.permission import PERMISSIONS, SCOPES, Action
from levelhead.people.person import Relation, Role
from levelhead.people.purpose import ASSIST, OF_ONE_PERSON, QUALITY, READS, STAFF_CARE, USES, Purpose, Tells, Use
from levelhead.people.purpose_check import Declared, breaches, reachable
from levelhead.people.purpose_columns import COLUMNS, MADE_FROM
from levelhead.people.purpose_feelings import OF_CUSTOMERS, places_for_feelings
from levelhead.storage import records, tables

KINDS = [
    word
    for package in (conversation, records, events)
    for word in vars(package).values()
    if isinstance(word, type) and hasattr(word, "__dataclass_fields__")
]


def columns_of(metadata: MetaData) -> set[str]:
    return {f"{table.name}.{column.name}" for table in metadata.sorted_tables for column in table.c}


def told(declared: Declared) -> str:
    return "\n".join(map(str, breaches(declared)))


def test_every_column_says_what_it_is_kept_for() -> None:
    kept = {column for column in columns_of(tables.metadata) if not column.endswith(".tenant")}
    assert kept == set(COLUMNS)


def test_what_a_column_is_made_from_is_there() -> None:
    assert {source for made in MADE_FROM.values() for source in made} | set(MADE_FROM) <= set(COLUMNS)


def test_every_action_says_what_it_is_for() -> None:
    assert set(USES) == set(Action)
    assert set(READS) == set(Purpose)


def test_no_way_leads_past_a_wall() -> None:
    assert breaches() == ()


def test_nothing_that_tells_of_a_person_reads_what_live_help_made() -> None:
    assist = {column for column, purpose in COLUMNS.items() if purpose is ASSIST}
    about_people = [action for action, use in USES.items() if use.tells is Tells.PERSON]
    assert Action.READ_AUDIT in about_people
    assert [action for action in about_people if reachable(action) & assist] == []


@pytest.mark.parametrize("action", [Action.READ_PRACTICE, Action.READ_WELLBEING])
def test_practice_and_wellbeing_are_for_the_person_alone(action: Action) -> None:
    assert {PERMISSIONS[role, action] for role in Role} == {Relation.OWN}
    assert action not in SCOPES
    assert USES[action].purpose in OF_ONE_PERSON


SCORECARD: Mapping[str, Purpose | None] = {**COLUMNS, "scorecard.person": None, "scorecard.cards_ignored": QUALITY}
A_REPORT: Mapping[str, Use] = {**USES, "see_scorecard": Use(QUALITY, Tells.PERSON)}


def test_a_planted_report_about_a_person_made_from_live_help_is_found() -> None:
    planted = Declared(
        columns=SCORECARD, made_from={**MADE_FROM, "scorecard.cards_ignored": ("card_answer.answer",)}, uses=A_REPORT
    )
    assert told(planted) == (
        "card_answer.answer → scorecard.cards_ignored → see_scorecard (quality, about a person): "
        "live help would become a report about a person"
    )


def test_the_same_report_made_from_nothing_of_live_help_is_not() -> None:
    assert breaches(Declared(columns=SCORECARD, uses=A_REPORT)) == ()


def test_a_planted_way_over_several_columns_is_found() -> None:
    columns = {**SCORECARD, "tally.ignored": QUALITY}
    made_from = {"tally.ignored": ("card_answer.answer",), "scorecard.cards_ignored": ("tally.ignored",)}
    way = "card_answer.answer → tally.ignored → scorecard.cards_ignored → see_scorecard"
    assert way in told(Declared(columns=columns, made_from=made_from, uses=A_REPORT))


def test_columns_made_from_each_other_are_no_endless_way() -> None:
    made_from = {"scorecard.cards_ignored": ("tally.ignored",), "tally.ignored": ("scorecard.cards_ignored",)}
    columns = {**SCORECARD, "tally.ignored": QUALITY}
    assert breaches(Declared(columns=columns, made_from=made_from, uses=A_REPORT)) == ()


@pytest.mark.parametrize("purpose", [Purpose.QUALITY, Purpose.COACHING, Purpose.STAFF_CARE, Purpose.OPERATION])
def test_a_wall_that_is_taken_down_is_found(purpose: Purpose) -> None:
    reads = {**READS, purpose: READS[purpose] | {ASSIST}}
    planted = Declared(reads=reads, uses={**USES, "see_trends": Use(purpose, Tells.HOUSE)})
    assert f"see_trends ({purpose}, about a house): what live help makes would be used for {purpose}" in told(planted)


def test_an_action_of_live_help_that_tells_of_a_person_is_found() -> None:
    planted = Declared(uses={**USES, "rank_agents": Use(ASSIST, Tells.PERSON)})
    assert "card_answer.answer → rank_agents (assist, about a person): live help would become" in told(planted)


def test_reviews_stay_out_of_live_help() -> None:
    planted = Declared(columns=SCORECARD, reads={**READS, ASSIST: READS[ASSIST] | {QUALITY}})
    assert "scorecard.cards_ignored → read_conversation" in told(planted)


EXPOSURE: Mapping[str, Purpose | None] = {**COLUMNS, "exposure.insults": STAFF_CARE}


def test_what_a_person_carries_may_be_made_from_live_help_for_that_person_alone() -> None:
    assert breaches(Declared(columns=EXPOSURE, made_from={"exposure.insults": ("reading.reading",)})) == ()


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ADMIN])
def test_a_supervisor_who_could_read_what_others_carry_is_found(role: Role) -> None:
    permissions = {**PERMISSIONS, (role, Action.READ_WELLBEING): Relation.TEAM}
    planted = Declared(columns=EXPOSURE, permissions=permissions)
    assert "exposure.insults → read_wellbeing (staff care, about a person): practice and wellbeing" in told(planted)


def test_a_program_that_could_read_what_people_carry_is_found() -> None:
    planted = Declared(columns=EXPOSURE, scopes=SCOPES | {Action.READ_WELLBEING})
    assert "practice and wellbeing are for the person alone" in told(planted)


def test_what_people_carry_shows_nowhere_else() -> None:
    reads = {**READS, Purpose.OPERATION: READS[Purpose.OPERATION] | {STAFF_CARE}}
    assert "exposure.insults → see_people" in told(Declared(columns=EXPOSURE, reads=reads))


def test_there_is_no_place_for_an_agents_emotion() -> None:
    assert AgentReading in KINDS
    assert places_for_feelings(KINDS, columns_of(tables.metadata)) == ()


def test_every_exception_is_there_and_is_a_customers() -> None:
    """An exception that outlives its field would hide the next one of this name."""
    there = {f"{kind.__name__}.{known.name}" for kind in KINDS for known in fields(kind)}
    assert there | columns_of(tables.metadata) >= OF_CUSTOMERS


def test_an_agents_reading_holds_closed_sets_of_what_was_done() -> None:
    assert get_type_hints(AgentReading) == {"moves": Mapping[Move, float], "faults": Mapping[Fault, float]}
    assert {label.value for label in (*Move, *Fault)} & {emotion.value for emotion in Emotion} == set()


PLANTED = {
    "a field named so": make_dataclass("AgentReading", [("stress", float)]),
    "a field of that type": make_dataclass("AgentReading", [("state", Emotion)]),
    "a mapping of that type": make_dataclass("AgentReading", [("p", Mapping[Emotion, float])]),
    "one that may be missing": make_dataclass("AgentReading", [("state", tuple[Emotion, ...] | None)]),
    "one of the customer's, for an agent": make_dataclass("AgentReading", [("emotion", Emotion)]),
}


@pytest.mark.parametrize("kind", PLANTED.values(), ids=PLANTED.keys())
def test_a_planted_field_for_an_agents_emotion_is_found(kind: type) -> None:
    assert places_for_feelings([*KINDS, kind]) == (f"AgentReading.{fields(kind)[0].name}",)


def test_a_field_hidden_in_another_kind_is_found() -> None:
    hidden = make_dataclass("Manner", [("mood", str)])
    outer = make_dataclass("AgentReading", [("manner", tuple[hidden, ...])])  # type: ignore[valid-type]
    assert places_for_feelings([outer]) == ("Manner.mood",)


@pytest.mark.parametrize("name", ["agent_mood", "stress_level", "emotion", "tone_of_voice"])
def test_a_planted_column_for_an_agents_emotion_is_found(name: str) -> None:
    planted = MetaData()
    Table("shift", planted, Column("id", Text), Column(name, Text))
    assert places_for_feelings([], columns_of(planted)) == (f"shift.{name}",)
