"""Whatever a tool sends that has a token, the API answers as its OpenAPI document says; without one it is refused."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from levelhead.people.person import Role
from levelhead.web.forms import HEADER
from tests.web.signing import place_of, sign_in, somebody
from tests.web.test_gate import bearer

EXAMPLES = 8
# A shape cannot say everything that a turn must be: `zone` has to exist, a clock has to be before the year 9999.
BEYOND_A_SHAPE: list[Any] = [positive_data_acceptance]


@pytest.mark.parametrize("caller", ["a program", "an admin's browser"])
def test_the_api_does_as_its_document_says(client: TestClient, caller: str) -> None:
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", AlreadyStarted(client.app))
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    assert len(operations) >= 6
    let_in = a_token(client) if caller == "a program" else an_admin(client)
    # The document speaks of tokens alone, so a session counts as nothing at all there.
    excluded = BEYOND_A_SHAPE if caller == "a program" else [*BEYOND_A_SHAPE, ignored_auth]
    for operation in operations:
        check_operation(operation, let_in, excluded)


def a_token(client: TestClient) -> dict[str, str]:
    return {"Authorization": bearer(client)["authorization"]}


def an_admin(client: TestClient) -> dict[str, str]:
    entered = sign_in(client, somebody(place_of(client), Role.ADMIN, "ada"))
    return {"Cookie": f"levelhead={entered.cookie}", HEADER: entered.visit.csrf}


def check_operation(operation: APIOperation[Any, Any, Any, Any], let_in: dict[str, str], excluded: list[Any]) -> None:
    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def answers_as_documented(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(headers=let_in, excluded_checks=excluded)

    answers_as_documented()


class AlreadyStarted:
    """The running application: schemathesis would start it anew for every request."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            await self.app(scope, receive, send)
            return
        for done in ("lifespan.startup.complete", "lifespan.shutdown.complete"):
            await receive()
            await send({"type": done})
