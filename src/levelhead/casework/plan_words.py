"""A plan in words: its one quiet line, what whoever answers says, and what the customer is told."""

from datetime import datetime, tzinfo

from levelhead.casework.arrangement import Incomplete, Letter
from levelhead.casework.letter_words import paragraphs, sentence
from levelhead.casework.plan import Plan
from levelhead.casework.plan_pack import Moment, Part, PlanPack
from levelhead.casework.plan_times import by_hours
from levelhead.conversation import Channel
from levelhead.conversation.dates import written


def line_of(plan: Plan, pack: PlanPack, now: datetime) -> str:
    """ "One contact: Hana Weber, calls, Tuesdays 10:00 to 12:00 until 3 March"."""
    is_this_year = plan.expires_at.year == now.astimezone(plan.expires_at.tzinfo).year
    form = pack.line.this_year if is_this_year else pack.date_form
    return pack.line.says.format(
        contact=plan.contact_name,
        channel=pack.line.channels[plan.channel],
        times=times_of(plan, pack),
        ends=written(plan.expires_at, form, pack.locale),
    )


def times_of(plan: Plan, pack: PlanPack) -> str:
    """ "Tuesdays and Fridays 10:00 to 12:00"."""
    line = pack.line
    said = (
        line.hours.format(
            days=line.joins.join(line.days[day] for day in days),
            opens=written(datetime.combine(plan.expires_at, opens), line.clock, pack.locale),
            closes=written(datetime.combine(plan.expires_at, closes), line.clock, pack.locale),
        )
        for days, opens, closes in by_hours(plan.times)
    )
    return line.joins.join(said)


def is_time(plan: Plan, now: datetime, zone: tzinfo) -> bool:
    """Whether now is one of the agreed times, on the clock of the house."""
    return any(window.holds(now.astimezone(zone)) for window in plan.times)


def says_of(plan: Plan, pack: PlanPack, channel: Channel, moment: Moment) -> str:
    """What somebody else than the contact says on this channel, while the contact is there."""
    return pack.says[moment, channel].format(contact=plan.contact_name, times=times_of(plan, pack))


def says_while_away(plan: Plan, pack: PlanPack, stand_in: str) -> str:
    """What they say while the contact is away; '' where nobody stands in."""
    said = pack.stands_in if stand_in else pack.nobody
    return said.format(contact=plan.contact_name, stand_in=stand_in)


def draft_of(plan: Plan, pack: PlanPack, customer: str) -> tuple[str, ...]:
    """What the customer is told, but for who has agreed to it: their own words where somebody has put it otherwise.

    Raises Incomplete naming what is empty, or what the words of somebody leave out.
    """
    told = {
        "customer": customer or pack.nameless,
        "reason": sentence(plan.reason),
        "contact": plan.contact_name,
        "how": pack.how[plan.channel].format(contact=plan.contact_name, times=times_of(plan, pack)),
        "adjustments": sentence(plan.adjustments),
        "ends": written(plan.expires_at, pack.date_form, pack.locale),
        "review": written(plan.review_at, pack.date_form, pack.locale),
        "object_to": plan.appeal_to.strip().rstrip("."),
        "answer_days": str(pack.answer_days),
    }
    if not plan.words:
        parts = {part: pack.letter[part] for part in Part if part is not Part.SIGNED}
        if plan.told_before:
            parts[Part.WHY] = pack.instead
            told["before"] = plan.told_before
        return paragraphs(parts.values(), told)
    whole = " ".join(plan.words)
    for name in ("contact", "ends", "object_to"):
        if told[name] not in whole:
            raise Incomplete("words", f"What you wrote leaves out “{told[name]}”, which they have to be told.")
    return plan.words


def letter_of(plan: Plan, pack: PlanPack, customer: str, now: datetime) -> Letter:
    """What the customer is told, as it goes out now. Raises Incomplete naming what is missing."""
    if plan.approved is None:
        raise Incomplete("approver", "Nobody has agreed to it yet, so nobody can be told.")
    if now >= plan.expires_at:
        raise Incomplete("expires_at", "Nobody can be told: the plan would be over by now.")
    signed = paragraphs((pack.letter[Part.SIGNED],), {"agreed_by": plan.approved.name})
    return Letter((*draft_of(plan, pack, customer), *signed), pack.label)
