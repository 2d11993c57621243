"""Money in a promise: whether whoever gave their word may grant that much."""

import re
from typing import Final

from levelhead.casework.remedy_pack import Remedies, RemedyKind
from levelhead.people.person import Role

_GIVES: Final = (
    (RemedyKind.REFUND, re.compile(r"\brefund|\b(?:money|payment) back\b|\brepay|\breimburs", re.IGNORECASE)),
    (RemedyKind.COMPENSATION, re.compile(r"\bcompensat|\bgoodwill\b|\bvoucher", re.IGNORECASE)),
    (RemedyKind.CREDIT, re.compile(r"\bcredit", re.IGNORECASE)),
)


def beyond_authority(action: str, pack: Remedies, role: Role) -> str:
    """The amount as it is written, where a promise gives more than this role may; '' where it does not.

    What the customer was given before is not counted here: the remedies panel does that before anything is granted.
    """
    kind = next((kind for kind, words in _GIVES if words.search(action)), None)
    limits = pack.limits.get(role)
    if kind is None or limits is None:
        return ""
    amounts = re.findall(rf"{re.escape(pack.currency.sign)}\s?[0-9]+(?:,[0-9]{{3}})*(?:\.[0-9]{{1,2}})?", action)
    found = map(pack.currency.read, amounts)
    most = max((amount for amount in found if amount is not None), default=0)
    return "" if limits.allow(kind, most, 0) else pack.currency.written(most)
