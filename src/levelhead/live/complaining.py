"""What a turn does about complaints: the first words of dissatisfaction put one question beside the conversation."""

from collections.abc import Iterator

from levelhead.casework.complaint import COMPLAINT, STANDING, Complaint, ComplaintMove
from levelhead.casework.complaint_heard import dissatisfaction_in
from levelhead.casework.item import Evidence, Kind, Reason
from levelhead.live.happened import Happened
from levelhead.live.packs_in_force import packs_of
from levelhead.storage.books import Write
from levelhead.storage.cases import Cases


def complaints_heard(happened: Happened, cases: Cases) -> Iterator[Write]:
    """Proposes a complaint by the first words for one: once a conversation, whatever was answered.

    Where a complaint of the same customer is open, its owner knows; nobody is asked about it again.
    """
    turn = happened.heard.turn
    words = dissatisfaction_in(happened.heard, packs_of(cases.shelf).complaint_ear())
    if not words or cases.of_conversation(turn.conversation, Kind.COMPLAINT):
        return
    if any(item.state in STANDING for item in cases.of_same_customer(turn.conversation, Kind.COMPLAINT)):
        return
    said = Evidence(turn.conversation, turn.n, words)
    yield cases.opening(
        Kind.COMPLAINT,
        turn.conversation,
        Complaint(said, turn.said_at or cases.now()),
        machine=COMPLAINT,
        move=ComplaintMove.PROPOSE,
        conversation=turn.conversation,
        team=happened.team,
        owner=happened.holder,
        reason=Reason(evidence=(said,)),
    )
