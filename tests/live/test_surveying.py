"""A survey is asked where everything allows it, by a link that works once; its answers name nobody."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import anyio
import pytest

from levelhead import packs
from levelhead.casework.boundary import BOUNDARY, Boundary, BoundaryMove, BoundaryState
from levelhead.casework.follow_up import Occasion, Way, WhyNot
from levelhead.casework.item import Item, Kind
from levelhead.casework.mail import Attempt, Came
from levelhead.casework.survey import Survey, SurveyState
from levelhead.live.bus import Bus
from levelhead.live.desk import Desk
from levelhead.live.follow_up_clock import SurveyClock
from levelhead.live.follow_up_planning import After, follow_ups_after
from levelhead.live.follow_ups import FollowUps
from levelhead.live.letters import Letter
from levelhead.live.postman import Postman
from levelhead.live.surveying import COLLEAGUE, Surveys, without_names
from levelhead.people.person import Whose
from levelhead.people.secrets import Opens, Secret
from levelhead.people.sight import EVERYTHING
from levelhead.privacy.consent import ConsentAnswer, Purpose
from levelhead.storage.books import Books
from levelhead.storage.cases import Cases, NotNow
from levelhead.storage.consents import Consents
from levelhead.storage.following_up import FollowUpRules, FollowUpSettings
from levelhead.storage.library import Library
from tests.clocks import Clock
from tests.storage.customers import keep_said, planted

TALK = "the-late-refund"
SITE = "https://desk.example.org"


class House:
    """One tenant where a note was just sealed, with a postman who keeps what he is handed."""

    def __init__(self, library: Library, books: Books) -> None:
        keep_said(books, *planted(TALK))
        self.library, self.clock = library, Clock()
        self.desk = Desk(books, Bus(), None, packs.load)
        self.cases = Cases(books, self.clock)
        self.surveys = Surveys(books, self.cases, sends=True)
        self.letters: list[Letter] = []
        FollowUpSettings(books.shelf).settle(FollowUpRules(surveys=True))

    def seal(self, disposition: str = "DELIVERY", conversation: str = TALK) -> None:
        then = After(conversation, Occasion.NOTE, None, "delivery", disposition)
        self.cases.write(*follow_ups_after(self.cases, then))

    def days(self, days: float, *, sends: bool = True) -> None:
        """Let time pass, and everything that comes with it happen."""
        self.clock.forward(days=days)
        anyio.run(SurveyClock(self.library, lambda _: self.desk, self.clock, sends=sends).look)
        anyio.run(Postman(self.library, lambda _: self.desk, self._bring, SITE, clock=self.clock).look)

    def survey(self, conversation: str = TALK) -> Item[Survey]:
        return self.cases.keyed(Kind.SURVEY, conversation)

    def link(self) -> Secret:
        """The secret in the mail that left last."""
        (line,) = [line for line in self.letters[-1].text.splitlines() if line.startswith(SITE)]
        secret = Secret.read(line.removeprefix(f"{SITE}/survey/"), Opens.SURVEY)
        assert secret
        return secret

    def _bring(self, letter: Letter) -> Attempt:
        self.letters.append(letter)
        return Attempt(Came.SENT)


@pytest.fixture
def house(library: Library, books: Books) -> House:
    return House(library, books)


def test_it_is_asked_reminded_of_once_and_over_after_two_weeks(house: House) -> None:
    house.seal()
    house.days(0.5)
    assert house.letters == []
    house.days(4)  # Thursday noon, a day, and then the weekend.
    assert [letter.to for letter in house.letters] == ["q.doyle@zanzibar.example"]
    first = house.link()
    house.days(5)
    house.days(1)
    assert len(house.letters) == 2
    assert all(house.surveys.is_open(house.survey(), link) for link in (first, house.link()))
    house.days(9)
    assert (house.survey().state, len(house.letters)) == (SurveyState.OVER, 2)
    assert not house.surveys.is_open(house.survey(), first)


def test_an_answer_is_kept_once_without_secrets_and_without_names(house: House) -> None:
    house.seal()
    house.days(4)
    link = house.link()
    found = house.surveys.opened(link)
    assert found
    assert found.id == house.survey().id
    words = "Amira was kind, my card is 4111 1111 1111 1111, ring 07700 900123"
    house.surveys.answer(found, 5, 7, words, ["Amira", "Bea Okafor"])
    kept = house.survey().body.answers
    assert kept
    assert kept.words == f"{COLLEAGUE} was kind, my card is [card number], ring [phone number]"
    with pytest.raises(NotNow):
        house.surveys.answer(found, 1, 1, "again", [])
    house.days(6)
    assert len(house.letters) == 1  # Nobody who answered is reminded.
    assert house.surveys.tallies(EVERYTHING, house.clock.now - timedelta(days=90)) == ()


def test_the_link_is_kept_as_a_digest_alone(house: House, books: Books) -> None:
    house.seal()
    house.days(4)
    random = house.link().random[32:]
    kept = str([item.body for item in house.cases.of_conversation(TALK)])
    assert random not in kept
    assert house.link().digest in kept
    wrong = Secret(Opens.SURVEY, books.tenant, house.survey().id.hex + "guessed")
    assert house.surveys.opened(wrong) is None
    assert house.surveys.opened(Secret(Opens.SURVEY, books.tenant, "nonsense")) is None


def off(house: House) -> None:
    FollowUpSettings(house.cases.shelf).settle(FollowUpRules(surveys=False))


def refused(house: House) -> None:
    Consents(house.cases.shelf).note(TALK, Purpose.SURVEY, ConsentAnswer.REFUSED, "Amira")


def ended(house: House) -> None:
    begin = house.cases.opening(
        Kind.BOUNDARY, TALK, Boundary(()), machine=BOUNDARY, move=BoundaryMove.NOTICE, conversation=TALK
    )
    item = house.cases.open(Kind.BOUNDARY, TALK, begin)
    house.cases.write(house.cases.moving(item.id, BOUNDARY, BoundaryState, BoundaryMove.END))


def died(house: House) -> None:
    follow_ups = FollowUps(house.cases)
    item = follow_ups.plan(TALK, Whose(uuid4(), None, None), Way.CALL, None)
    follow_ups.call_off(item, WhyNot.DIED)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("what", "why"),
    [(off, "off"), (refused, "no_consent"), (ended, "ended_for_abuse"), (died, "died")],
)
def test_nobody_is_asked_who_should_not_be(house: House, what: Callable[[House], None], why: str) -> None:
    house.seal()
    what(house)
    house.days(4)
    assert (house.survey().state, house.survey().body.why_not, house.letters) == ("withheld", why, [])


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nobody_in_grief_is_asked_nor_anybody_twice_in_a_month_nor_who_said_no(house: House) -> None:
    house.seal("BEREAVEMENT")
    assert house.cases.of_conversation(TALK, Kind.SURVEY) == ()
    house.seal()
    house.days(4)
    keep_said(house.desk.books, *planted("another"))
    house.seal(conversation="another")
    house.days(4)
    assert house.survey("another").body.why_not == "asked_lately"
    found = house.surveys.opened(house.link())
    assert found
    house.surveys.decline(found)
    keep_said(house.desk.books, *planted("a-third"))
    house.seal(conversation="a-third")
    house.days(60)
    assert house.survey("a-third").body.why_not == "does_not_want"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_without_a_mail_server_nobody_is_asked(house: House) -> None:
    house.seal()
    house.days(4, sends=False)
    assert house.survey().body.why_not == "off"


def test_names_of_colleagues_are_left_out_whole_words_only() -> None:
    assert without_names("Bea, not beans. BEA OKAFOR!", ["Bea Okafor"]) == "[colleague], not beans. [colleague]!"
    assert without_names("nobody", []) == "nobody"
