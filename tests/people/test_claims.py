"""Claims of a provider: they give what the mapping says, and never more."""

from hypothesis import given
from hypothesis import strategies as st

from levelhead.people.claims import ClaimRules, Placed, place, shown_name
from levelhead.people.person import Role, is_sign_in_name, sign_in_name

RULES = ClaimRules(
    roles={"leads": Role.SUPERVISOR, "everyone": Role.AGENT},
    teams={"returns": "Returns desk", "billing": "Billing desk"},
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["roles", "groups", "a"]), inner),
    max_leaves=8,
)


def test_the_first_line_of_the_mapping_that_fits_gives_the_role() -> None:
    placed = place({"roles": ["everyone", "leads"], "groups": ["returns", "admins"]}, RULES)
    assert placed == Placed(Role.SUPERVISOR, frozenset({"Returns desk"}))


def test_without_a_value_that_fits_nobody_is_let_in_unless_a_default_says_so() -> None:
    assert place({"roles": ["admin"]}, RULES) is None
    assert place({}, ClaimRules(default_role=Role.AGENT)) == Placed(Role.AGENT, frozenset())


def test_a_claim_may_stand_within_another_or_be_named_by_an_address() -> None:
    within = ClaimRules(role_claim="realm_access.roles", roles={"leads": Role.SUPERVISOR})
    assert place({"realm_access": {"roles": ["leads"]}}, within) == Placed(Role.SUPERVISOR, frozenset())
    named = ClaimRules(role_claim="https://example.com/roles", roles={"leads": Role.SUPERVISOR})
    assert place({"https://example.com/roles": "leads"}, named) == Placed(Role.SUPERVISOR, frozenset())


@given(st.dictionaries(st.sampled_from(["roles", "groups", "role", "admin", "sub"]), anything))
def test_whatever_a_provider_says_nothing_is_given_that_the_mapping_does_not_name(claims: dict[str, object]) -> None:
    placed = place(claims, RULES)
    assert placed is None or placed.role in RULES.roles.values()
    assert placed is None or placed.teams <= set(RULES.teams.values())


def test_somebody_new_is_shown_by_name_and_else_by_subject() -> None:
    assert shown_name({"name": "Zoe Blum", "email": "zoe@example.com"}, "7") == "Zoe Blum"
    assert shown_name({"name": 3}, "7") == "7"


@given(st.text())
def test_a_sign_in_name_is_written_in_one_way(typed: str) -> None:
    name = sign_in_name(typed)
    assert sign_in_name(name) == name or not is_sign_in_name(name)


def test_a_name_that_pages_or_shells_would_stumble_over_is_none() -> None:
    assert is_sign_in_name("amira.haddad@example.com")
    assert [name for name in ("a", "Amira", "a b", "a/b", "<b>", "it's", "", "x" * 101) if is_sign_in_name(name)] == []
