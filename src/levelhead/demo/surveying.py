"""What customers of the demo's past say in surveys: some at once, some when they are reminded, some never.

No mail leaves the machine: the post of the past hands each letter to its customer in memory. All else is as in use: who
may not be asked is not asked, the link in the letter opens the survey, and what is over is over.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import partial
from itertools import cycle
from random import Random
from typing import Final
from uuid import UUID

from anyio import to_thread

from levelhead.casework.item import Item
from levelhead.casework.mail import Attempt, Came
from levelhead.casework.survey import BEST_CSAT, BEST_EFFORT, Survey
from levelhead.demo.house import House
from levelhead.demo.past import SEED
from levelhead.demo.surveys_said import GLAD, SORRY, TORN
from levelhead.live.letters import Letter
from levelhead.live.postman import Postman
from levelhead.live.survey_links import PATH
from levelhead.live.surveying import Surveys
from levelhead.people.audit_actor import NOBODY, act_as
from levelhead.people.secrets import Opens, Secret
from levelhead.storage.library import Library

SITE: Final = "http://demo.example"
_LINK: Final = re.compile(re.escape(SITE + PATH) + r"(\S+)")
ANSWERS, DECLINES = 0.8, 0.83
"""Shares, added up, of what comes of a letter; what is left lies there, until the reminder or for good."""
_SOON, _LATE = timedelta(hours=1), timedelta(hours=50)
_WRITES: Final = 0.75
"""How often somebody writes a few words, too."""
_AS_FORETOLD: Final = (-2.0, -1.0, 0.0, 0.0, 0.5, 1.0)
"""How far an answer lies from what the outlook said at the end of the conversation: much has happened since."""
_LEAVES_OUT: Final = 0.06
_SAID: Final[Mapping[int, tuple[str, ...]]] = {1: SORRY, 2: SORRY, 3: TORN, 4: GLAD, 5: GLAD}


class Post:
    """The post of the past, and the customers who get it."""

    def __init__(self, house: House, library: Library) -> None:
        self._house = house
        self._letters: list[Letter] = []
        said: tuple[tuple[str, ...], ...] = (SORRY, TORN, GLAD)
        self._words = {one: cycle(one) for one in said}
        now = house.agenda.now
        self._postman = Postman(library, lambda _: house.desk, self._bring, SITE, clock=now, chance=lambda: 0.0)

    async def look(self) -> int:
        """Bring away what is due; whoever gets a survey thinks about it."""
        done = await self._postman.look()
        if self._letters:
            await to_thread.run_sync(self._hand_out)
        return done

    def _bring(self, letter: Letter) -> Attempt:
        self._letters.append(letter)
        return Attempt(Came.SENT)

    def _hand_out(self) -> None:
        # Several are brought at once; whoever answers does so in an order that is the same at every start.
        for secret, item in sorted(self._opened(), key=lambda one: str(one[1].conversation)):
            self._think(secret, item)
        self._letters.clear()

    def _opened(self) -> Iterator[tuple[Secret, Item[Survey]]]:
        surveys = surveys_of(self._house)
        for letter in self._letters:
            found = _LINK.search(letter.text)
            secret = Secret.read(found[1], Opens.SURVEY) if found else None
            item = surveys.opened(secret) if secret else None
            if secret and item:
                yield secret, item

    def _think(self, secret: Secret, item: Item[Survey]) -> None:
        house, reminded = self._house, item.body.reminded_at is not None
        chance = Random(f"{SEED}:{item.conversation}:survey:{reminded}")  # noqa: S311 - nobody's secret
        lot, after = chance.random(), _SOON + (_LATE - _SOON) * chance.random()
        if lot < DECLINES:
            house.agenda.add(house.agenda.now() + after, partial(self._reply, secret, item.id, chance, lot < ANSWERS))

    async def _reply(self, secret: Secret, survey: UUID, chance: Random, answers: bool) -> None:
        act_as(NOBODY)
        await to_thread.run_sync(self._answer, secret, survey, chance, answers)

    def _answer(self, secret: Secret, survey: UUID, chance: Random, answers: bool) -> None:
        surveys, item = surveys_of(self._house), self._house.cases.get(survey)
        if not surveys.is_open(item, secret):
            return
        if not answers:
            surveys.decline(item)
            return
        csat = self._csat(item.conversation or "", chance)
        effort = min(BEST_EFFORT, max(1, round(csat * BEST_EFFORT / BEST_CSAT) + chance.choice((-1, 0, 0, 1))))
        words = next(self._words[_SAID[csat]]) if chance.random() < _WRITES else ""
        left_out = chance.random() < _LEAVES_OUT
        names = [one.shown_as for one in self._house.staff.people.values()]
        surveys.answer(item, csat, None if left_out else effort, words, names)

    def _csat(self, conversation: str, chance: Random) -> int:
        outlooks = (heard.reading.outlook for heard in self._house.books.timeline(conversation))
        foretold = [one.csat for one in outlooks if one is not None and one.csat is not None]
        return min(BEST_CSAT, max(1, round((foretold[-1] if foretold else 3.0) + chance.choice(_AS_FORETOLD))))


def surveys_of(house: House) -> Surveys:
    """The surveys of the past, as the page behind a link has them."""
    return Surveys(house.books, house.cases, sends=False)
