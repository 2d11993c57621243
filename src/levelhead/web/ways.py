"""Where somebody is sent: never away from here, whatever an address says."""

from urllib.parse import quote, urlsplit

from levelhead.people.permission import Action, reach_of
from levelhead.people.person import Person

SIGN_IN, ACCOUNT, DEMO, PEOPLE, TOKENS = "/sign-in", "/account", "/demo", "/people", "/tokens"
PROMISES = "/promises"
FOLLOW_UPS = "/follow-ups"
CUSTOMERS = "/customers"
TEACHING = "/suggestions"
PACKS = "/packs"
RESTRICTIONS = "/restrictions"
PLANS = "/plans"
REQUESTS = "/requests"
COMPLAINTS = "/complaints"


def home_of(person: Person) -> str:
    """Where this person's work begins."""
    return "/" if reach_of(person, Action.READ_CONVERSATION) or not reach_of(person, Action.SEE_PEOPLE) else PEOPLE


def within(address: str) -> str | None:
    """The address, where it is one of our own; None for any that could lead a browser to another site."""
    is_path = address.startswith("/") and not address.startswith(("//", "/\\"))
    # Browsers drop tabs and line ends from an address, and take a backslash for a slash.
    is_plain = address.isprintable() and "\\" not in address
    if not is_path or not is_plain:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if not parts.scheme and not parts.netloc else None


def sign_in_for(address: str) -> str:
    """The sign-in page, which leads on to this address."""
    return SIGN_IN if address == "/" else f"{SIGN_IN}?next={quote(address, safe='/')}"
