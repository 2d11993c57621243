"""What each kind of casework says of itself: the class of an item's body."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from levelhead.casework.boundary import Boundary
from levelhead.casework.complaint import Complaint
from levelhead.casework.follow_up import FollowUp
from levelhead.casework.handover import Called
from levelhead.casework.item import Kind
from levelhead.casework.mail import Mail
from levelhead.casework.noted import Noted
from levelhead.casework.plan import Plan
from levelhead.casework.promise import Promised
from levelhead.casework.remedy import Remedied
from levelhead.casework.restriction import Restriction
from levelhead.casework.survey import Survey
from levelhead.casework.where_to_help import GroundAnswered
from levelhead.casework.whisper import Whispered

BODIES: Final[Mapping[Kind, type[Any]]] = MappingProxyType(
    {
        Kind.PROMISE: Promised,
        Kind.REMEDY: Remedied,
        Kind.NOTE: Noted,
        Kind.BOUNDARY: Boundary,
        Kind.RESTRICTION: Restriction,
        Kind.PLAN: Plan,
        Kind.HANDOVER: Called,
        Kind.FOLLOW_UP: FollowUp,
        Kind.SURVEY: Survey,
        Kind.MAIL: Mail,
        Kind.COMPLAINT: Complaint,
        Kind.WHISPER: Whispered,
        Kind.GROUND_ANSWER: GroundAnswered,
    }
)
"""A kind that is not here yet cannot be kept."""
