"""The table of published work beside ours, for the results page."""

from collections.abc import Mapping
from typing import Any

from benchmarks._markdown import number, table


def published(result: Mapping[str, Any]) -> tuple[str, ...]:
    """One row for each set and measure: what each of ours gives over the seeds, and what others printed."""
    names = list(dict.fromkeys(name for one in result["sets"] for name in one["results"]))
    rows = [
        (one["set"], measure.replace("_", " "), *(_ours(one, name, measure) for name in names), _theirs(one, measure))
        for one in result["sets"]
        for measure in _measures(one)
    ]
    notes = [
        f"- {one['set']}: {'; '.join(part for part in (one.get('capped'), one.get('notes')) if part)}"
        for one in result["sets"]
        if one.get("capped") or one.get("notes")
    ]
    return (
        f"Mean ± standard deviation over {len(result['seeds'])} seeds; {result['general']}.",
        table(["set", "measure", *names, "published"], rows),
        "\n".join(notes),
    )


def _measures(one: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys(measure for of in one["results"].values() for measure in of["measures"]))


def _ours(one: Mapping[str, Any], name: str, measure: str) -> str:
    of = one["results"].get(name, {}).get("measures", {}).get(measure)
    return f"{number(of['mean'])} ± {number(of['sd'])}" if of else "–"


def _theirs(one: Mapping[str, Any], measure: str) -> str:
    told = [f"{number(by['figures'][measure])} ({by['by']})" for by in one["published"] if measure in by["figures"]]
    return "; ".join(told) or "–"
