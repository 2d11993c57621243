"""The addresses that customers of the demo's past give: about half say theirs once, and only the demo writes to it."""

import re
import unicodedata
from random import Random
from typing import Final

from levelhead.conversation import Speaker

Said = tuple[Speaker, float, str]
GIVES: Final = 0.55
"""How often somebody says where they can be written to."""
_DOMAIN: Final = "post.example"
"""Nobody has an address there, and nobody ever will (RFC 2606)."""
_MAY_BE_ASKED: Final = 2
"""Of a customer's turns the one in which they say it: the first one is about what happened."""


def with_address(customer: str, said: tuple[Said, ...], chance: Random) -> tuple[Said, ...]:
    """What was said, with the customer's address where they give it."""
    theirs = [place for place, (speaker, _, _) in enumerate(said) if speaker is Speaker.CUSTOMER]
    if not theirs or chance.random() > GIVES:
        return said
    place = theirs[:_MAY_BE_ASKED][-1]
    speaker, at, text = said[place]
    told = (speaker, at, f"{text.rstrip()} My e-mail: {address_of(customer)}")
    return (*said[:place], told, *said[place + 1 :])


def address_of(customer: str) -> str:
    """ "Zoë O'Neill" has zoe.oneill@post.example."""
    plain = unicodedata.normalize("NFKD", customer.casefold()).encode("ascii", "ignore").decode()
    words = re.sub(r"[^\w\s.-]", "", plain).split()
    return f"{'.'.join(words) or 'customer'}@{_DOMAIN}"
