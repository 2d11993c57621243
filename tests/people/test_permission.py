"""The table of permissions: what holds whatever it says, and the few things that it must always say."""

from dataclasses import replace
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from levelhead.people.api_token import ApiToken
from levelhead.people.permission import PERMISSIONS, ROLES, SCOPES, Action, may, may_open, reach_of
from levelhead.people.person import Person, Relation, Role, Whose
from levelhead.people.purpose import USES, Purpose, Tells, Use
from levelhead.people.team import Rollout
from tests.people.anybody import PEOPLE, TEAMS, TENANTS, people, things, tokens

MANAGING = {action for action in Action if action.startswith("manage_")} - {Action.MANAGE_SESSIONS}
SPEAKS_WITH_THE_DESK = {Action.HEAR_TURN, Action.CHECK_DRAFT, Action.ANSWER_CARD}
PRIVATE = {Action.READ_PRACTICE, Action.READ_WELLBEING, Action.CHANGE_PASSWORD}

actions = st.sampled_from(Action)


@given(people | tokens, actions, things)
def test_nobody_reaches_another_tenant(who: Person | ApiToken, action: Action, of: Whose) -> None:
    if who.tenant != of.tenant:
        assert not may(who, action, of)
        assert not may_open(who, of)


@given(people, actions, things)
def test_who_is_not_active_may_do_nothing(person: Person, action: Action, of: Whose) -> None:
    assert not may(replace(person, active=False), action, of)
    assert reach_of(replace(person, active=False), action) is None


@given(people, actions, things, st.sampled_from(TEAMS))
def test_joining_a_team_never_takes_a_right_away(person: Person, action: Action, of: Whose, team: UUID) -> None:
    if may(person, action, of):
        assert may(replace(person, teams=person.teams | {team}), action, of)


@given(people, actions, things)
def test_what_becomes_ones_own_is_never_out_of_reach_for_it(person: Person, action: Action, of: Whose) -> None:
    if may(person, action, of):
        assert may(person, action, replace(of, owner=person.id))


@given(people, actions, things)
def test_the_reach_says_exactly_what_is_allowed(person: Person, action: Action, of: Whose) -> None:
    is_own, is_team = of.owner == person.id, of.team in person.teams
    allowed = {
        None: False,
        Relation.OWN: is_own,
        Relation.TEAM: is_own or is_team,
        Relation.TENANT: True,
    }[reach_of(person, action)]
    assert may(person, action, of) == (person.tenant == of.tenant and allowed)


@given(people, people, actions, things)
def test_two_of_one_role_and_team_differ_only_in_what_is_their_own(
    amira: Person, other: Person, action: Action, of: Whose
) -> None:
    alike = replace(other, role=amira.role, teams=amira.teams, tenant=amira.tenant, active=amira.active)
    if of.owner not in (amira.id, alike.id):
        assert may(amira, action, of) == may(alike, action, of)


@given(tokens, actions, things)
def test_a_token_does_what_it_was_made_for_and_nothing_that_no_token_may(
    token: ApiToken, action: Action, of: Whose
) -> None:
    if may(token, action, of):
        helped = action is Action.SEE_READINGS and token.scopes & SPEAKS_WITH_THE_DESK
        assert action in SCOPES
        assert action in token.scopes or helped
        assert token.team in (None, of.team)


@given(tokens, actions, things, actions)
def test_a_wider_scope_never_takes_a_right_away(token: ApiToken, action: Action, of: Whose, more: Action) -> None:
    if may(token, action, of):
        assert may(replace(token, scopes=token.scopes | {more}), action, of)


@given(people | tokens, things)
def test_what_somebody_holds_is_opened_by_who_may_read_it_alone(who: Person | ApiToken, of: Whose) -> None:
    if of.owner is not None:
        assert may_open(who, of) == may(who, Action.READ_CONVERSATION, of)


def test_every_role_has_a_line_for_every_action() -> None:
    assert set(PERMISSIONS) == {(role, action) for role in Role for action in Action}
    assert set(ROLES) == set(Role)


def test_a_wider_relation_includes_every_narrower_one() -> None:
    widths = list(Relation)
    for place, wide in enumerate(widths):
        assert [narrow for narrow in widths if wide.includes(narrow)] == widths[: place + 1]


def test_practice_wellbeing_and_passwords_are_nobody_elses() -> None:
    reaches = {reach for (_, action), reach in PERMISSIONS.items() if action in PRIVATE}
    assert reaches == {Relation.OWN}


def test_who_asks_for_a_remedy_approves_none_and_no_program_grants_or_approves() -> None:
    approving = {role for role in Role if PERMISSIONS[role, Action.APPROVE_REMEDY]}
    granting = {role for role in Role if PERMISSIONS[role, Action.GRANT_REMEDY]}
    assert (approving, granting) == ({Role.SUPERVISOR}, {Role.AGENT, Role.SUPERVISOR})
    assert SCOPES.isdisjoint({Action.GRANT_REMEDY, Action.APPROVE_REMEDY})


def test_only_admins_manage_and_admins_read_no_conversation() -> None:
    managing = {role for (role, action), reach in PERMISSIONS.items() if action in MANAGING and reach}
    assert managing == {Role.ADMIN}
    assert PERMISSIONS[Role.ADMIN, Action.READ_CONVERSATION] is None
    assert PERMISSIONS[Role.ADMIN, Action.SEE_SEALED] is None


def test_no_token_can_be_made_for_managing_or_for_what_is_private() -> None:
    assert SCOPES.isdisjoint(MANAGING | PRIVATE | {Action.SEE_SEALED, Action.READ_AUDIT, Action.MANAGE_SESSIONS})


def test_an_agent_may_open_what_nobody_in_the_team_holds_yet() -> None:
    amira = Person(PEOPLE[0], TENANTS[0], "amira", "Amira", Role.AGENT, frozenset(TEAMS[:1]))
    unheld = Whose(amira.tenant, team=TEAMS[0])
    assert may_open(amira, unheld)
    assert not may_open(amira, replace(unheld, owner=PEOPLE[1]))
    assert not may_open(amira, replace(unheld, team=TEAMS[1]))


def test_a_team_in_shadow_is_read_and_its_agents_see_nothing_of_it() -> None:
    assert [(rollout.reads, rollout.shows) for rollout in (Rollout.OFF, Rollout.SHADOW, Rollout.ON)] == [
        (False, False),
        (True, False),
        (True, True),
    ]


def test_help_is_given_by_supervisors_of_the_team_and_asked_for_by_who_answers() -> None:
    assert {role for role in Role if PERMISSIONS[role, Action.GIVE_HELP]} == {Role.SUPERVISOR}
    assert PERMISSIONS[Role.SUPERVISOR, Action.GIVE_HELP] is Relation.TEAM
    assert PERMISSIONS[Role.AGENT, Action.ASK_FOR_HELP] is Relation.OWN
    assert Action.GIVE_HELP not in SCOPES


def test_a_note_is_casework_of_those_who_answer_and_tells_reviewers_trainers_and_analysts_nothing_of_an_agent() -> None:
    for action in (Action.READ_NOTE, Action.WRITE_NOTE):
        assert {role for role in Role if PERMISSIONS[role, action]} == {Role.AGENT, Role.SUPERVISOR}
        assert USES[action] == Use(Purpose.CASEWORK, Tells.CUSTOMER)


def test_a_boundary_is_held_by_who_answers_and_a_restriction_decided_by_supervisors_in_person() -> None:
    assert {role for role in Role if PERMISSIONS[role, Action.DECIDE_RESTRICTION]} == {Role.SUPERVISOR}
    assert PERMISSIONS[Role.AGENT, Action.HOLD_BOUNDARY] is Relation.OWN
    assert {Action.HOLD_BOUNDARY, Action.DECIDE_RESTRICTION}.isdisjoint(SCOPES)
