"""Mails of surveys that did not leave: what waits for an administrator, in ids and reasons, and sending again."""

from datetime import datetime
from uuid import UUID

from anyio import to_thread
from fastapi import Request, Response
from pydantic import BaseModel

from levelhead.casework.mail import MailState
from levelhead.live.posting import dead, send_again
from levelhead.people.permission import Action
from levelhead.web.documented import api_router
from levelhead.web.gate import asks
from levelhead.web.promised import cases_of
from levelhead.web.things import whole_tenant

calls = api_router(for_people=True)


class MailOut(BaseModel):
    """A mail that did not leave (`not_sent`) or may have (`in_doubt`), and why; its words and address are not here."""

    id: UUID
    state: MailState
    attempts: int
    trouble: str
    opened_at: datetime


@calls.get("/mails")
@asks(Action.MANAGE_DELIVERIES, whole_tenant)
async def mails(request: Request) -> list[MailOut]:
    """The mails of surveys that wait for a person; a follow-up's trouble stands in the follow-up."""
    found = await to_thread.run_sync(dead, cases_of(request))
    return [
        MailOut(
            id=item.id,
            state=MailState(item.state),
            attempts=item.body.attempts,
            trouble=item.body.trouble,
            opened_at=item.opened_at,
        )
        for item in found
    ]


@calls.post("/mails/{mail}/resend", status_code=204)
@asks(Action.MANAGE_DELIVERIES, whole_tenant)
async def resend(mail: UUID, request: Request) -> Response:
    """Have it tried again; one that is `in_doubt` may then come twice, which a person has to want."""
    await to_thread.run_sync(send_again, cases_of(request), mail)
    return Response(status_code=204)
