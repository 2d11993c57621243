"""The entrance: who comes in, who waits, and what nobody learns at the door; on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from levelhead.live.demo_people import demo_people, demo_tenant
from levelhead.live.entrance import Entered, Entrance, Locked, NotLetIn
from levelhead.live.vouched import enter_by_claims
from levelhead.live.welcome import PATH, LinkOver, accept, change_password, first_link, invitation_of, link_for
from levelhead.people.claims import ClaimRules, Unknown
from levelhead.people.passwords import WeakPassword
from levelhead.people.permission import Action
from levelhead.people.person import Person, Role
from levelhead.people.session import Came
from levelhead.storage.accounts import NameTaken, NotAName, People, new_person
from levelhead.storage.library import Library
from levelhead.storage.teams import Teams
from levelhead.storage.tokens import Tokens
from tests.clocks import Clock

HOME, ELSEWHERE = Came("192.0.2.7", "Firefox"), Came("198.51.100.9", "curl")
MOON, SUN = "kettle seventeen moon", "kettle seventeen sun"
RULES = ClaimRules(roles={"leads": Role.SUPERVISOR, "all": Role.AGENT}, teams={"r": "Our team"}, unknown=Unknown.CREATE)
ISSUER = "https://id.example.com"
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def entrance(library: Library, clock: Clock) -> Entrance:
    return Entrance(library, clock=clock)


@pytest.fixture
def amira(entrance: Entrance) -> Person:
    """Amira, who has chosen a password."""
    tenant = entrance.library.first.id
    person = People(entrance.library.shelf(tenant)).add(new_person(tenant, "amira", "Amira", Role.AGENT))
    accept(entrance, secret_of(link_for(entrance, person)), MOON, HOME)
    entrance.end_all(person)
    return person


def secret_of(path: str | None) -> str:
    assert path is not None
    return path.removeprefix(PATH)


def sign_in(entrance: Entrance, name: str = "amira", password: str = MOON, came: Came = HOME) -> Entered:
    return entrance.sign_in(entrance.library.first.id, name, password, came)


def refused(act: Callable[[], object]) -> tuple[type[Exception], str]:
    with pytest.raises((NotLetIn, Locked)) as why:
        act()
    return type(why.value), str(why.value)


def test_who_knows_the_password_comes_in_and_is_known_by_the_cookie(entrance: Entrance, amira: Person) -> None:
    entered = sign_in(entrance, " AMIRA ")
    assert entrance.visit(entered.cookie) == entered.visit
    assert entered.visit.person == amira
    entrance.leave(entered.cookie)
    assert entrance.visit(entered.cookie) is None


def test_every_way_of_being_wrong_sounds_the_same(entrance: Entrance, amira: Person) -> None:
    people = People(entrance.library.shelf(amira.tenant))
    people.add(new_person(amira.tenant, "newcomer", "Has no password yet", Role.AGENT))
    said = {
        refused(lambda: sign_in(entrance, password=SUN)),
        refused(lambda: sign_in(entrance, "nobody")),
        refused(lambda: sign_in(entrance, "newcomer")),
        refused(lambda: entrance.sign_in(None, "amira", MOON, HOME)),
    }
    people.disable(amira.id)
    said.add(refused(lambda: sign_in(entrance)))
    assert len(said) == 1


@pytest.mark.parametrize("name", ["amira", "nobody"])
@pytest.mark.usefixtures("amira")
def test_guessing_has_to_wait_whether_there_is_such_a_name_or_not(entrance: Entrance, clock: Clock, name: str) -> None:
    tries = [refused(lambda: sign_in(entrance, name, SUN))[0] for _ in range(6)]
    assert tries == [NotLetIn] * 5 + [Locked]
    assert refused(lambda: sign_in(entrance, name, MOON, ELSEWHERE))[0] is Locked
    clock.forward(seconds=15)
    assert refused(lambda: sign_in(entrance, name, SUN))[0] is NotLetIn
    with pytest.raises(Locked) as locked:
        sign_in(entrance, name)
    assert locked.value.seconds == 30


def test_waiting_goes_on_after_a_restart(entrance: Entrance, amira: Person, database_url: str, clock: Clock) -> None:
    for _ in range(5):
        refused(lambda: sign_in(entrance, password=SUN))
    entrance.library.close()
    reopened = Library.open(database_url)
    again = Entrance(reopened, clock=clock)
    assert refused(lambda: sign_in(again))[0] is Locked
    clock.forward(seconds=15)
    assert sign_in(again).visit.person == amira
    reopened.close()


@SQLITE
def test_one_address_that_tries_many_names_has_to_wait(entrance: Entrance, clock: Clock) -> None:
    shelf = entrance.library.shelf(entrance.library.first.id)
    for number in range(30):
        entrance.count(shelf, entrance.tried(f"name{number}", HOME))
    with pytest.raises(Locked):
        entrance.count(shelf, entrance.tried("another", HOME))
    entrance.count(shelf, entrance.tried("another", ELSEWHERE))


def lock(entrance: Entrance, name: str = "amira") -> None:
    """Have somebody elsewhere try until this name has to wait."""
    while refused(lambda: sign_in(entrance, name, SUN, ELSEWHERE))[0] is not Locked:
        pass


@pytest.mark.usefixtures("amira")
def test_nobody_locks_a_colleague_out_of_the_browser_they_use(entrance: Entrance, clock: Clock) -> None:
    known = sign_in(entrance).known
    first = entrance.library.first.id
    for _ in range(3):
        lock(entrance)
        assert refused(lambda: sign_in(entrance))[0] is Locked, "in a browser that nobody knows"
        known = entrance.sign_in(first, "amira", MOON, HOME, known=known).known
        clock.forward(hours=1)


@pytest.mark.usefixtures("amira")
def test_a_whole_address_that_has_to_wait_leaves_a_known_browser_alone(entrance: Entrance) -> None:
    known = sign_in(entrance).known
    shelf = entrance.library.shelf(entrance.library.first.id)
    for number in range(30):
        entrance.count(shelf, entrance.tried(f"name{number}", HOME))
    assert refused(lambda: sign_in(entrance))[0] is Locked
    assert entrance.sign_in(entrance.library.first.id, "amira", MOON, HOME, known=known)


@pytest.mark.usefixtures("amira")
def test_who_guesses_in_a_known_browser_has_to_wait_there_too(entrance: Entrance) -> None:
    known, first = sign_in(entrance).known, entrance.library.first.id
    guess = partial(entrance.sign_in, first, "amira", SUN, HOME, known=known)
    assert [refused(guess)[0] for _ in range(6)] == [NotLetIn] * 5 + [Locked]
    assert refused(partial(entrance.sign_in, first, "amira", MOON, HOME, known=known))[0] is Locked
    assert sign_in(entrance, came=ELSEWHERE), "and elsewhere nobody waits for it"


def test_a_reset_makes_every_browser_unknown(entrance: Entrance, amira: Person) -> None:
    known = sign_in(entrance).known
    accept(entrance, secret_of(link_for(entrance, amira)), SUN, HOME)
    while refused(lambda: sign_in(entrance, password=MOON, came=ELSEWHERE))[0] is not Locked:
        pass
    assert refused(lambda: entrance.sign_in(amira.tenant, "amira", SUN, HOME, known=known))[0] is Locked


def test_failures_at_the_door_keep_nobody_from_changing_a_password(entrance: Entrance) -> None:
    tenant = entrance.library.first.id
    person = People(entrance.library.shelf(tenant)).add(new_person(tenant, "bea", "Bea", Role.AGENT))
    entered = accept(entrance, secret_of(link_for(entrance, person)), MOON, HOME)
    lock(entrance, "bea")
    assert change_password(entrance, entered.visit, MOON, SUN, HOME).known


@pytest.mark.usefixtures("amira")
def test_guessing_the_old_password_with_a_stolen_cookie_has_to_wait(entrance: Entrance) -> None:
    visit = sign_in(entrance).visit
    guess = partial(change_password, entrance, visit, "not this one at all", SUN, ELSEWHERE)
    assert [refused(guess)[0] for _ in range(6)] == [NotLetIn] * 5 + [Locked]
    assert refused(partial(change_password, entrance, visit, MOON, SUN, HOME))[0] is Locked


@SQLITE
@pytest.mark.usefixtures("amira")
def test_a_right_password_takes_the_failures_before_it_away(entrance: Entrance) -> None:
    for _ in range(3):
        for _ in range(2):
            refused(lambda: sign_in(entrance, password=SUN))
        sign_in(entrance)


@SQLITE
def test_a_session_from_before_signing_in_is_never_the_one_after(entrance: Entrance, amira: Person) -> None:
    planted = sign_in(entrance)
    entered = entrance.sign_in(amira.tenant, "amira", MOON, HOME, leaving=planted.cookie)
    assert entered.cookie != planted.cookie
    assert entered.visit.csrf != planted.visit.csrf
    assert entrance.visit(planted.cookie) is None
    rotated = entrance.rotate(entered.cookie, HOME)
    assert rotated is not None
    assert entrance.visit(entered.cookie) is None
    assert entrance.visit(rotated.cookie) is not None


@SQLITE
@pytest.mark.usefixtures("amira")
def test_a_page_that_is_only_left_open_keeps_nobody_signed_in(entrance: Entrance, clock: Clock) -> None:
    watched, used = sign_in(entrance), sign_in(entrance)
    for _ in range(3):
        clock.forward(minutes=25)
        entrance.still(watched.cookie)
        assert entrance.visit(used.cookie) is not None
    assert entrance.still(watched.cookie) is None


def test_what_changes_about_a_person_holds_from_the_next_click(entrance: Entrance, amira: Person) -> None:
    entered = sign_in(entrance)
    People(entrance.library.shelf(amira.tenant)).give_role(amira.id, Role.SUPERVISOR)
    assert entrance.visit(entered.cookie) is None
    assert sign_in(entrance).visit.person.role is Role.SUPERVISOR


@SQLITE
@pytest.mark.parametrize("cookie", [None, "", "lhs_", "lhs_x_y", "lhs_" + "3b" * 16 + "_x", "\0", "é" * 30])
def test_a_cookie_that_is_none_of_ours_lets_nobody_in(entrance: Entrance, cookie: str | None) -> None:
    assert entrance.visit(cookie) is None
    assert entrance.token(cookie) is None
    assert invitation_of(entrance, cookie or "") is None
    entrance.leave(cookie)


@SQLITE
def test_the_full_disk_signs_nobody_out(
    entrance: Entrance, amira: Person, clock: Clock, full_disk: Callable[[bool], None]
) -> None:
    entered = sign_in(entrance)
    clock.forward(minutes=5)
    full_disk(True)
    visit = entrance.visit(entered.cookie)
    full_disk(False)
    assert visit is not None
    assert visit.person == amira


def test_the_first_admin_follows_a_link_that_works_once(entrance: Entrance) -> None:
    older, link = secret_of(first_link(entrance)), secret_of(first_link(entrance))
    assert invitation_of(entrance, older) is None
    for weak, error in ((("x", "alex"), WeakPassword), ((MOON, "A B"), NotAName)):
        with pytest.raises(error):
            accept(entrance, link, weak[0], HOME, name=weak[1])
    entered = accept(entrance, link, MOON, HOME, name="Alex", shown_as="Alex Morgan")
    assert (entered.visit.person.role, entered.visit.person.name) == (Role.ADMIN, "alex")
    assert sign_in(entrance, "alex").visit.person == entered.visit.person
    with pytest.raises(LinkOver):
        accept(entrance, link, MOON, HOME, name="mallory")
    assert first_link(entrance) is None


@SQLITE
def test_a_link_is_over_after_a_day(entrance: Entrance, clock: Clock) -> None:
    link = secret_of(first_link(entrance))
    clock.forward(hours=24)
    assert invitation_of(entrance, link) is None
    with pytest.raises(LinkOver):
        accept(entrance, link, MOON, HOME, name="alex")


@SQLITE
def test_a_first_link_that_lies_around_makes_no_second_admin(entrance: Entrance) -> None:
    link, tenant = secret_of(first_link(entrance)), entrance.library.first.id
    People(entrance.library.shelf(tenant)).add(new_person(tenant, "alex", "Alex", Role.ADMIN))
    with pytest.raises(LinkOver):
        accept(entrance, link, MOON, HOME, name="mallory")


@SQLITE
def test_a_name_that_is_taken_leaves_the_link_good(entrance: Entrance, amira: Person) -> None:
    link = secret_of(first_link(entrance))
    with pytest.raises(NameTaken):
        accept(entrance, link, MOON, HOME, name="amira")
    assert accept(entrance, link, MOON, HOME, name="alex").visit.person.tenant == amira.tenant


def test_a_reset_stops_the_old_password_and_every_session(entrance: Entrance, amira: Person) -> None:
    entered = sign_in(entrance)
    link = secret_of(link_for(entrance, amira))
    assert entrance.visit(entered.cookie) is None
    assert refused(lambda: sign_in(entrance))[0] is NotLetIn
    assert accept(entrance, link, SUN, HOME).visit.person == amira
    assert sign_in(entrance, password=SUN).visit.person == amira


@SQLITE
def test_who_was_disabled_gets_in_by_no_link(entrance: Entrance, amira: Person) -> None:
    link = secret_of(link_for(entrance, amira))
    People(entrance.library.shelf(amira.tenant)).disable(amira.id)
    with pytest.raises(LinkOver):
        accept(entrance, link, SUN, HOME)


def test_a_new_password_takes_the_old_one_and_ends_every_other_session(entrance: Entrance, amira: Person) -> None:
    here, phone = sign_in(entrance), sign_in(entrance)
    assert refused(lambda: change_password(entrance, here.visit, SUN, SUN, HOME))[0] is NotLetIn
    with pytest.raises(WeakPassword):
        change_password(entrance, here.visit, MOON, "short", HOME)
    entered = change_password(entrance, here.visit, MOON, SUN, HOME)
    assert [entrance.visit(one.cookie) is None for one in (here, phone, entered)] == [True, True, False]
    assert sign_in(entrance, password=SUN).visit.person == amira


def vouch(entrance: Entrance, rules: ClaimRules = RULES, **claims: object) -> Person:
    said = {"sub": "7", "roles": ["all"], **claims}
    return enter_by_claims(entrance, entrance.library.first.id, ISSUER, said, rules, HOME).visit.person


def test_who_is_vouched_for_is_made_once_and_has_what_the_mapping_says_each_time(entrance: Entrance) -> None:
    zoe = vouch(entrance, email="Zoe@example.com", name="Zoe", roles=["leads"], groups=["r", "x"])
    team = Teams(entrance.library.shelf(zoe.tenant)).named("Our team")
    assert (zoe.name, zoe.shown_as, zoe.role, zoe.teams) == (
        "zoe@example.com",
        "Zoe",
        Role.SUPERVISOR,
        frozenset({team.id}),
    )
    entered = entrance.enter(zoe, HOME)
    assert vouch(entrance) == replace(zoe, role=Role.AGENT, teams=frozenset())
    assert entrance.visit(entered.cookie) is None
    assert refused(lambda: vouch(entrance, roles=["admin"]))[0] is NotLetIn


def test_a_role_that_was_given_here_is_not_kept_beside_the_mapping(entrance: Entrance) -> None:
    zoe = vouch(entrance)
    People(entrance.library.shelf(zoe.tenant)).give_role(zoe.id, Role.ADMIN)
    assert vouch(entrance).role is Role.AGENT


def test_nobody_becomes_somebody_else_by_calling_themselves_so(entrance: Entrance, amira: Person) -> None:
    twin = vouch(entrance, preferred_username="amira")
    assert twin.id != amira.id
    assert twin.name.startswith("person-")


@SQLITE
def test_who_is_unknown_or_disabled_is_refused(entrance: Entrance) -> None:
    assert refused(lambda: vouch(entrance, replace(RULES, unknown=Unknown.REFUSE)))[0] is NotLetIn
    zoe = vouch(entrance)
    People(entrance.library.shelf(zoe.tenant)).disable(zoe.id)
    assert refused(lambda: vouch(entrance))[0] is NotLetIn
    for sub in (None, "", "x" * 256, 7):
        assert refused(lambda sub=sub: vouch(entrance, sub=sub))[0] is NotLetIn  # type: ignore[misc]


def test_the_demo_has_one_person_for_each_role_in_a_tenant_of_its_own(entrance: Entrance) -> None:
    people = demo_people(entrance.library)
    assert [person.role for person in people] == list(Role)
    assert demo_people(entrance.library) == people
    assert {person.tenant for person in people} == {demo_tenant(entrance.library).id}
    assert demo_tenant(entrance.library).id != entrance.library.first.id


@SQLITE
def test_demo_people_come_in_only_while_the_demo_runs(entrance: Entrance) -> None:
    person = demo_people(entrance.library)[0]
    during = replace(entrance, demo=True)
    entered = during.enter(person, HOME)
    assert during.visit(entered.cookie) is not None
    assert entrance.visit(entered.cookie) is None
    assert refused(lambda: entrance.enter(person, HOME))[0] is NotLetIn
    assert refused(lambda: during.sign_in(person.tenant, person.name, "", HOME))[0] is NotLetIn


@SQLITE
def test_a_program_is_known_by_its_token_and_by_nothing_else(entrance: Entrance, amira: Person) -> None:
    made = Tokens(entrance.library.shelf(amira.tenant), entrance.clock).add(
        "telephony", [Action.HEAR_TURN], timedelta(days=1)
    )
    assert entrance.token(made.secret) == made.token
    assert entrance.visit(made.secret) is None
    assert entrance.token(sign_in(entrance).cookie) is None
    assert entrance.token(made.secret + "x") is None
