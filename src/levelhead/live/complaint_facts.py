"""What a letter about a complaint is filled with: what is known, what the tenant has settled, what its writer says."""

from collections.abc import Mapping
from datetime import datetime

from levelhead.casework.complaint import Complaint, LetterKind
from levelhead.casework.complaint_clock import dues
from levelhead.casework.complaint_letter import TYPED, typed_in
from levelhead.casework.complaint_rules import Decision, Duty, RuleSet
from levelhead.casework.item import Item
from levelhead.casework.quoting import said_about
from levelhead.conversation import Move, Speaker, Timeline
from levelhead.conversation.dates import written
from levelhead.live.complaint_ledger import Complaints
from levelhead.storage.books import Books
from levelhead.storage.complaint_rules import ComplaintRules
from levelhead.storage.customers import Customers

_MOST_DEEDS = 3


def facts_of(
    complaints: Complaints, item: Item[Complaint], books: Books, typed: Mapping[str, str], *, by: str, now: datetime
) -> dict[str, str]:
    """Everything that a letter can say now; what is not known is ''."""
    rules, hours = complaints.rules_of(item.body), complaints.hours()
    settled = ComplaintRules(books.shelf).settled()

    def day(moment: datetime) -> str:
        return written(moment.astimezone(hours.tz), rules.date_form, rules.locale)

    answers = [due.at for due in dues(item.body, rules, hours) if _answers(due.limit.duty) and due.limit.binds]
    said = {place: typed.get(place, "").strip() for place in TYPED}
    return said | {
        "customer": Customers(books.shelf, books.vault).get(item.customer).name or rules.nameless,
        "code": item.body.code,
        "said_on": day(item.body.said_at),
        "quotes": item.body.said.words,
        "today": day(now),
        "answer_by": day(answers[0]) if answers else "",
        "signed": by,
        "company": settled.company,
        "contact": settled.contact,
        "scheme": settled.scheme,
        "decision": _decided(rules, typed.get("decision", "")),
    }


def proposed(kind: LetterKind, item: Item[Complaint], rules: RuleSet, timeline: Timeline) -> dict[str, str]:
    """What stands in the form before anybody has typed: what was written down, else what the agent was heard to do."""
    wanted = typed_in(rules.letters[kind])
    known = {"findings": item.body.findings, "done": item.body.done or _done(timeline)}
    return {place: known.get(place, "") for place in wanted}


def _done(timeline: Timeline) -> str:
    acts = [
        said_about(heard, Move.ACT).words
        for heard in timeline
        if heard.turn.speaker is not Speaker.CUSTOMER and heard.reading.shows(Move.ACT)
    ]
    return " ".join(f"“{words}”" for words in dict.fromkeys(acts[-_MOST_DEEDS:]))


def _decided(rules: RuleSet, chosen: str) -> str:
    return rules.decisions[Decision(chosen)] if chosen in set(Decision) else ""


def _answers(duty: Duty) -> bool:
    return duty in (Duty.FINAL_RESPONSE, Duty.ADR_LETTER)
