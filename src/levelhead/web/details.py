"""What stands under *Details* on a conversation's page: consent, and who answers."""

from dataclasses import dataclass

from levelhead.casework.spoken import heard_in, saying, wanted
from levelhead.conversation import Timeline
from levelhead.conversation.languages import nearest
from levelhead.live.speaking import told_language
from levelhead.people.permission import Action, may
from levelhead.people.person import Person
from levelhead.privacy.consent import Consent, ConsentAnswer, Purpose
from levelhead.storage.consents import Consents, Noted
from levelhead.web import times
from levelhead.web.assigning import agents_of, holder_of
from levelhead.web.gate import whose_of
from levelhead.web.languages import named
from levelhead.web.rendering import Page
from levelhead.web.seeing import shown


@dataclass(frozen=True, slots=True)
class Asked:
    """One purpose: what was said to it, whether it goes on, and the words to tell and to ask with."""

    purpose: Purpose
    answer: ConsentAnswer
    goes_on: bool
    told: str
    asked: str


@dataclass(frozen=True, slots=True)
class Details:
    """The panel at one moment; `noted` is the last note about consent in words, `rights` what the customer may ask.

    `lang` is the language of the words to the customer, `tongue` what has to be said about it, where anything has.
    """

    asked: tuple[Asked, ...]
    answers: tuple[ConsentAnswer, ...]
    noted: str | None
    rights: str
    is_held: bool
    holder: Person | None
    is_mine: bool
    agents: tuple[Person, ...]
    lang: str
    tongue: tuple[str, ...]


def details_of(page: Page, conversation: str, timeline: Timeline) -> Details:
    """The panel of the conversation that the request is about; waits on the database, so use a thread."""
    whose = whose_of(page.request)
    told, heard = told_language(page.desk.books, conversation), shown(page.request, timeline)
    consents, notices = Consents(page.shelf), page.desk.packs.notices(saying(heard, told))
    history, rules = consents.history(conversation), consents.rules()
    said = Consent({noted.purpose: noted.answer for noted in history})
    gives = may(page.person, Action.ASSIGN_CONVERSATION, whose)
    # Who only reads what was said reads of no colleague who said it.
    sees_who = may(page.person, Action.SEE_PEOPLE, whose)
    return Details(
        asked=tuple(
            Asked(one, said.to(one), said.allows(one, rules), notices.told[one], notices.asked[one]) for one in Purpose
        ),
        answers=(ConsentAnswer.UNKNOWN, ConsentAnswer.GIVEN, ConsentAnswer.REFUSED, ConsentAnswer.WITHDRAWN),
        noted=_noted(history, page),
        rights=notices.rights,
        is_held=whose.owner is not None,
        holder=holder_of(page.shelf, whose) if sees_who else None,
        is_mine=whose.owner == page.person.id,
        agents=agents_of(page.shelf, page.place.entrance, whose) if gives else (),
        lang=notices.locale,
        tongue=_tongue(page, notices.locale, wanted(heard, told), heard_in(heard)),
    )


def _tongue(page: Page, language: str, asked: str, heard: str) -> tuple[str, ...]:
    """In which language there are words for the customer, where it is not that of the page; and what is not read."""
    words, shown_in = page.words, page.words.locale
    said = [] if nearest(language) == nearest(shown_in) else [named(language, shown_in)]
    if asked and nearest(asked) is None:
        language, asked = named(language, shown_in), named(asked, shown_in)
        said = [words("language.texts_none", wanted=asked, language=language)]
    if heard and not heard.startswith("en"):
        said.append(words("language.not_read", language=named(heard, shown_in)))
    return tuple(said)


def _noted(history: tuple[Noted, ...], page: Page) -> str | None:
    if not history:
        return None
    last = history[-1]
    return page.words("consent.noted", name=last.noted_by, ago=times.ago(last.at, page.now, page.words))
