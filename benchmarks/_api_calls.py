"""Calls of the API as schemathesis makes them up from the OpenAPI document, and what it finds wrong with the answers."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from benchmarks._api_world import Caller, World

ANSWERED_WITHIN_S = 30.0
"""What takes longer counts as no answer; the machine may have other work."""
BROKEN, UNAVAILABLE = 500, 503
"""From the first on, a status is our fault; the second is documented, for what cannot be kept."""
# A shape cannot say everything that a turn must be: `zone` has to exist, a clock has to be before the year 9999.
BEYOND_A_SHAPE: tuple[Any, ...] = (positive_data_acceptance,)
Operation = APIOperation[Any, Any, Any, Any]


@dataclass(slots=True)
class Tally:
    """What was called, what was answered, and what was wrong with it: an example of each kind of wrong."""

    calls: int = 0
    by_call: Counter[str] = field(default_factory=Counter)
    by_caller: Counter[str] = field(default_factory=Counter)
    by_status: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)

    def answered(self, call: str, caller: Caller, status: int) -> None:
        """Count an answer."""
        self.calls += 1
        self.by_call[call] += 1
        self.by_caller[caller.name] += 1
        self.by_status[str(status)] += 1

    def failed(self, what: str, call: str, example: str) -> None:
        """Count something wrong."""
        self.wrong[f"{what}: {call}"] += 1
        self.examples.setdefault(f"{what}: {call}", example)


def operations_at(url: str) -> tuple[Operation, ...]:
    """Every call that the server's own document lists."""
    schema = schemathesis.openapi.from_url(f"{url}/api/v1/openapi.json")
    # Who calls is ours to say; made-up tokens would be most of the calls, and be answered with 401.
    schema.config.generation.update(with_security_parameters=False)
    # Our 413, for more turns than can be taken at once, refuses as well as those that schemathesis knows of.
    refusing = schema.config.checks.negative_data_rejection
    refusing.expected_statuses = [*refusing.expected_statuses, "413"]
    return tuple(found.ok() for found in schema.get_all_operations() if isinstance(found, Ok))


def call_again_and_again(
    operation: Operation, caller: Caller, world: World, tally: Tally, *, number: int, calls: int
) -> None:
    """So many calls by this caller, half as the document asks and half not; `number` decides what they hold."""
    excluded = list(BEYOND_A_SHAPE)
    if caller.is_browser:
        excluded.append(ignored_auth)  # The document speaks of tokens alone, so a session counts as nothing there.
    known = _known(operation, world)

    @seed(number)
    @settings(
        max_examples=calls,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def made_up(data: st.DataObject) -> None:
        as_asked = data.draw(st.booleans())
        mode = GenerationMode.POSITIVE if as_asked else GenerationMode.NEGATIVE
        try:
            case = data.draw(operation.as_strategy(mode))
        except schemathesis.errors.SchemathesisError:
            return  # Nothing about this call can be wrong.
        if as_asked and known is not None and data.draw(st.booleans()):
            case.path_parameters.update(data.draw(known))
        _judge(case, operation.label, caller, excluded, tally)

    made_up()


def _judge(case: Any, call: str, caller: Caller, excluded: list[Any], tally: Tally) -> None:  # noqa: ANN401
    try:
        answer = case.call(headers=caller.headers, timeout=ANSWERED_WITHIN_S)
    except requests.Timeout:
        tally.failed("no answer", call, case.as_curl_command())
        return
    except requests.ConnectionError as gone:
        tally.failed("connection lost", call, str(gone))
        return
    tally.answered(call, caller, answer.status_code)
    try:
        case.validate_response(answer, excluded_checks=excluded, headers=caller.headers)
    except FailureGroup as failures:
        for failure in failures.exceptions:
            told = f"{caller.name}: {answer.status_code} {answer.text[:200]!r}\n{failure.message}\n{_told(case)}"
            tally.failed(failure.title, call, told)


def _told(case: Any) -> str:  # noqa: ANN401
    try:
        return str(case.as_curl_command())
    except (ValueError, TypeError):
        return repr(case)


def _known(operation: Operation, world: World) -> st.SearchStrategy[dict[str, str]] | None:
    """Real things in the place of made-up ids; None for a call whose path names none that there are."""
    names = [parameter.name for parameter in operation.path_parameters if world.things.get(parameter.name)]
    return st.fixed_dictionaries({name: st.sampled_from(world.things[name]) for name in names}) if names else None
