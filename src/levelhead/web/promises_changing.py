"""What people do to a promise: between two turns of its conversation, and whoever watches hears."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from anyio import to_thread
from fastapi import Request

from levelhead.casework.item import Item
from levelhead.casework.promise import Promised
from levelhead.live.promise_ledger import Ledger
from levelhead.web.gate import who_of
from levelhead.web.promised import cases_of
from levelhead.web.workplace import workplace_of


async def changed(request: Request, promise: UUID, change: Callable[[Ledger], Item[Promised]]) -> Item[Promised]:
    """Change the promise that the gate let the caller through to; raises NotNow where it stands otherwise by now."""
    ledger = Ledger(cases_of(request))
    item = await to_thread.run_sync(ledger.get, promise)
    if item.conversation is None:
        return await to_thread.run_sync(change, ledger)
    desk = workplace_of(request).desks.of(who_of(request).tenant)
    return await desk.change(item.conversation, partial(change, ledger))
