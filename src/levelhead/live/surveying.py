"""Surveys: asked by mail where everything allows it, reminded of once, answered by the customer or let be."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from levelhead.casework.follow_up import WhyNot
from levelhead.casework.item import NO_REASON, Item, Kind
from levelhead.casework.mail import Mail, Of
from levelhead.casework.survey import (
    LONGEST,
    ONCE_IN,
    REMIND_AFTER,
    SURVEY,
    Answers,
    Held,
    Survey,
    SurveyMove,
    SurveyState,
    Tally,
    asked,
    opens,
    tallied,
)
from levelhead.live.follow_ups import clean
from levelhead.live.not_asking import why_not
from levelhead.live.packs_in_force import packs_of
from levelhead.live.posting import laid_out
from levelhead.live.reaching import reaches
from levelhead.live.survey_links import surveyed
from levelhead.people.secrets import Secret
from levelhead.people.sight import Sight
from levelhead.privacy.consent import ConsentAnswer, Purpose
from levelhead.storage.books import Books, Write
from levelhead.storage.cases import MOST, Cases
from levelhead.storage.consents import Consents
from levelhead.storage.customers import conversations_with
from levelhead.storage.database import Shelf
from levelhead.storage.following_up import FollowUpSettings
from levelhead.storage.identities import identities_of
from levelhead.storage.profiles import Profiles

COLLEAGUE = "[colleague]"
"""Stands in a free text where the customer wrote the name of somebody who works here."""


class Surveys:
    """One tenant's surveys; `sends` says whether there is a mail server and an address that links begin with."""

    def __init__(self, books: Books, cases: Cases, *, sends: bool) -> None:
        self._books = books
        self._cases = cases
        self._sends = sends

    @property
    def shelf(self) -> Shelf:
        """The tenant's rows."""
        return self._books.shelf

    def ask(self, item: Item[Survey]) -> None:
        """Ask one whose time has come, or say why not."""
        held, reach = self._held(item), None
        if held is None:
            reach = next(iter(reaches(self._books, item.customer, item.conversation)), None)
        if reach is None:
            self._withhold(item, held or Held.NO_ADDRESS)
            return
        now = self._cases.now()
        locale = Profiles(self._books).of(item.customer).language or item.body.locale
        said = packs_of(self._cases.shelf).follow_up(locale).survey
        mail = Mail(Of.SURVEY, item.id, reach.address, said["subject"], said["text"].strip())
        body = replace(asked(item.body, now), locale=locale)
        self._cases.write(
            self._moving(item, SurveyMove.ASK, body, now + REMIND_AFTER),
            laid_out(self._cases, f"survey:{item.id}:1", mail, item),
        )

    def remind(self, item: Item[Survey]) -> None:
        """Ask once more, to the same address, and never again; or say why not."""
        held, now = self._held(item), self._cases.now()
        first = self._cases.keyed(Kind.MAIL, f"survey:{item.id}:1")
        if held is not None:
            self._withhold(item, held)
            return
        said = packs_of(self._cases.shelf).follow_up(item.body.locale).survey
        mail = Mail(Of.SURVEY, item.id, first.body.to, said["remind_subject"], said["remind"].strip())
        reminded = replace(item.body, reminded_at=now)
        self._cases.write(
            self._moving(item, SurveyMove.REMIND, reminded, item.body.until),
            laid_out(self._cases, f"survey:{item.id}:2", mail, item),
        )

    def end(self, item: Item[Survey]) -> None:
        """Let one be whose time is over."""
        self._cases.write(self._moving(item, SurveyMove.END, item.body, None))

    def opened(self, secret: Secret) -> Item[Survey] | None:
        """The survey that this link is of, whether or not it can still be answered."""
        return surveyed(self._cases, secret)

    def is_open(self, item: Item[Survey], secret: Secret) -> bool:
        """Whether this link can answer it now."""
        return opens(item, secret.digest, self._cases.now())

    def answer(
        self, item: Item[Survey], csat: int | None, effort: int | None, words: str, names: Iterable[str]
    ) -> None:
        """Keep what the customer says; `names` are those of people who work here, and are not kept. NotNow if over."""
        said = Answers(self._cases.now(), csat, effort, without_names(clean(words, LONGEST), names))
        self._cases.write(self._moving(item, SurveyMove.ANSWER, replace(item.body, answers=said), None))

    def decline(self, item: Item[Survey]) -> None:
        """Keep that the customer would rather not be asked: they are not, about anything."""
        body = replace(item.body, why_not=WhyNot.DOES_NOT_WANT)
        self._cases.write(self._moving(item, SurveyMove.DECLINE, body, None))

    def tallies(self, sight: Sight, since: datetime) -> tuple[Tally, ...]:
        """What customers said since then, by team and cause; small counts are not there."""
        return tallied(self._answered(sight, since))

    def _answered(self, sight: Sight, since: datetime) -> Iterator[Item[Survey]]:
        # What is answered is due nowhere; MOST of the latest are enough to count.
        found = self._cases.standing(Kind.SURVEY, [SurveyState.ANSWERED], sight=sight, changed_after=since)
        yield from found[:MOST]

    def _held(self, item: Item[Survey]) -> WhyNot | Held | None:
        if not self._sends or not FollowUpSettings(self._cases.shelf).rules().surveys:
            return Held.OFF
        why = why_not(self._cases, item.customer)
        if why is not None:
            return why
        others = [one for one in self._cases.of_customer(item.customer, Kind.SURVEY) if one.id != item.id]
        if any(one.body.why_not is WhyNot.DOES_NOT_WANT for one in others):
            return WhyNot.DOES_NOT_WANT
        since = self._cases.now() - ONCE_IN
        if any(one.body.asked_at is not None and one.body.asked_at > since for one in others):
            return Held.ASKED_LATELY
        return None if self._agrees(item.customer) else Held.NO_CONSENT

    def _agrees(self, customer: UUID) -> bool:
        """By the last answer that this person gave in any conversation; where nobody asked, by what is settled."""
        consents = Consents(self._cases.shelf)
        with self._cases.shelf.reading() as connection:
            known = identities_of(connection, customer)
            names = [name for one in known for name in conversations_with(connection, one)]
        said = [one for name in names for one in consents.history(name) if one.purpose is Purpose.SURVEY]
        last = max(said, key=lambda one: one.at, default=None)
        if last is None or last.answer is ConsentAnswer.UNKNOWN:
            return Purpose.SURVEY in consents.rules().unasked
        return last.answer is ConsentAnswer.GIVEN

    def _withhold(self, item: Item[Survey], why: WhyNot | Held) -> None:
        self._cases.write(self._moving(item, SurveyMove.WITHHOLD, replace(item.body, why_not=why), None))

    def _moving(self, item: Item[Survey], move: SurveyMove, body: Survey, due: datetime | None) -> Write:
        def keep(was: Survey) -> Survey:
            return replace(body, links=was.links)  # A mail that left meanwhile has added its own.

        return self._cases.moving(item.id, SURVEY, SurveyState, move, body=keep, due_at=due, reason=NO_REASON)


def without_names(words: str, names: Iterable[str]) -> str:
    """The words without the names of people who work here: an answer is about the service, and judges nobody."""
    parts = {part for name in names for part in (name, *name.split()) if len(part) > 1}
    if not parts:
        return words
    longest_first = "|".join(re.escape(part) for part in sorted(parts, key=len, reverse=True))
    return re.sub(rf"\b(?:{longest_first})\b", COLLEAGUE, words, flags=re.IGNORECASE)
