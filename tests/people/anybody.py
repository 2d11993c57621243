"""Anybody at all, and what anybody could come to: for tests of what holds for everyone."""

from datetime import UTC, datetime
from uuid import uuid4

from hypothesis import strategies as st

from levelhead.people.api_token import ApiToken
from levelhead.people.permission import Action
from levelhead.people.person import Person, Role, Whose

TENANTS = tuple(uuid4() for _ in range(2))
TEAMS = tuple(uuid4() for _ in range(3))
PEOPLE = tuple(uuid4() for _ in range(3))
NEXT_YEAR = datetime(2026, 3, 6, tzinfo=UTC)

people = st.builds(
    Person,
    id=st.sampled_from(PEOPLE),
    tenant=st.sampled_from(TENANTS),
    name=st.just("amira"),
    shown_as=st.just("Amira"),
    role=st.sampled_from(Role),
    teams=st.frozensets(st.sampled_from(TEAMS)),
    active=st.booleans(),
)
tokens = st.builds(
    ApiToken,
    id=st.uuids(),
    tenant=st.sampled_from(TENANTS),
    name=st.just("telephony"),
    scopes=st.frozensets(st.sampled_from(Action)),
    expires_at=st.just(NEXT_YEAR),
    made_at=st.just(NEXT_YEAR),
    team=st.none() | st.sampled_from(TEAMS),
    made_by=st.none() | st.sampled_from(PEOPLE),
)
things = st.builds(
    Whose,
    tenant=st.sampled_from(TENANTS),
    team=st.none() | st.sampled_from(TEAMS),
    owner=st.none() | st.sampled_from(PEOPLE),
)
