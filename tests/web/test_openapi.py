"""Whatever a tool sends that has a token, the API answers as its OpenAPI document says; without one it is refused."""

from typing import Any

import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.web.test_gate import bearer

EXAMPLES = 25
# A shape cannot say everything that a turn must be: `zone` has to exist, a clock has to be before the year 9999.
BEYOND_A_SHAPE: list[Any] = [positive_data_acceptance]


def test_the_api_does_as_its_document_says(client: TestClient) -> None:
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", AlreadyStarted(client.app))
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    assert len(operations) >= 6
    headers = bearer(client)
    for operation in operations:
        check_operation(operation, headers)


def check_operation(operation: APIOperation[Any, Any, Any, Any], headers: dict[str, str]) -> None:
    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def answers_as_documented(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(headers=headers, excluded_checks=BEYOND_A_SHAPE)

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
