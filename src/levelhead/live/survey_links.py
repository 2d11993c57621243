"""The one-time links of surveys: made when a mail leaves, in that mail alone, and kept only as digests."""

from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from levelhead.casework.item import Item, Kind
from levelhead.casework.survey import SURVEY, Survey, SurveyMove, SurveyState
from levelhead.people.secrets import Opens, Secret
from levelhead.storage.books import Write
from levelhead.storage.cases import Cases, UnknownItem

PATH: Final = "/survey/"
"""Where the page is; a link is this and the secret."""
_HEX: Final = 32


def linked(cases: Cases, mail: Item[Any], public_url: str) -> tuple[str, Write]:
    """A new link to the survey of this mail, and what keeps its digest."""
    survey: UUID = mail.body.item
    secret = Secret.new(Opens.SURVEY, cases.shelf.tenant)
    # The id is no secret: it says where to look, and the rest of it is what opens.
    secret = replace(secret, random=survey.hex + secret.random)

    def keep(body: Survey) -> Survey:
        return replace(body, links=(*body.links, secret.digest))

    write = cases.moving(survey, SURVEY, SurveyState, SurveyMove.LINK, body=keep)
    return f"{public_url}{PATH}{secret.written}", write


def surveyed(cases: Cases, secret: Secret) -> Item[Survey] | None:
    """The survey that this link is of, whether or not it still opens it; None where there is none."""
    try:
        item = cases.get(UUID(hex=secret.random[:_HEX]))
    except (UnknownItem, ValueError):
        return None
    return item if item.kind is Kind.SURVEY and secret.digest in item.body.links else None
