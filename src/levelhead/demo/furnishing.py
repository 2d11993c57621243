"""What the demo's team has settled before its first conversation: hours, complaint rules, articles, surveys."""

from datetime import time
from importlib import resources
from typing import Final

from levelhead import packs
from levelhead.casework.articles import article_of
from levelhead.casework.opening_hours import Hours, OpeningHours
from levelhead.demo.house import House
from levelhead.storage.articles import Articles
from levelhead.storage.complaint_rules import ComplaintRules, Settled
from levelhead.storage.following_up import FollowUpRules, FollowUpSettings
from levelhead.storage.opening_hours import Opening

ZONE: Final = "Europe/London"
_WEEKDAY, _WEEKEND = Hours(time(8), time(20)), Hours(time(9), time(18))
HOURS: Final = OpeningHours(ZONE, (*[_WEEKDAY] * 5, _WEEKEND, _WEEKEND), "GB", "ENG")
_COMPLAINTS: Final = Settled(
    ("iso-10002", "uk-telecoms"),
    company="Harbour Street Services",
    contact="complaints@harbour-street.example, or any of us on the usual number",
    scheme="Consumer Dispute Service (an example), www.dispute-service.example",
)


def furnish(house: House) -> None:
    """Settle it, by the people whose work that is."""
    shelf = house.books.shelf
    Opening(shelf).settle(HOURS)
    ComplaintRules(shelf).settle(_COMPLAINTS, packs.complaints())
    FollowUpSettings(shelf).settle(FollowUpRules(surveys=True))
    articles = Articles(shelf, house.agenda.now)
    for file in sorted(resources.files("levelhead.demo").joinpath("articles").iterdir(), key=lambda one: one.name):
        name = file.name.removesuffix(".md")
        articles.keep(name, article_of(file.read_text(encoding="utf-8"), f"handbook/{file.name}"))
