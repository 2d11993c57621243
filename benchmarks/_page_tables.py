"""The tables of the results page, for the benchmarks whose JSON is too deep to be shown as it is."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from benchmarks._markdown import interval, number, table
from benchmarks._page_load import desk_load
from benchmarks._page_published import published

ALARMS = ("anger", "abuse", "escalation")
FEW = 15
Lines = tuple[str, ...]


def reading(result: Mapping[str, Any]) -> Lines:
    """Every head beside the floor."""
    heads = [
        "part",
        "head",
        "measure",
        "value",
        "95 %",
        "floor",
        "gain at least",
        "macro-F1",
        "micro-F1",
        "calibration error",
    ]
    keys = (
        "part",
        "head",
        "measure",
        "value",
        "interval",
        "floor",
        "gain_lower",
        "macro_f1",
        "micro_f1",
        "calibration_error",
    )
    return (
        table(heads, [[_measure(row[key]) for key in keys] for row in result["heads"]]),
        "The floor is frozen all-MiniLM-L6-v2 embeddings with logistic regression, fitted in the same run on the training "
        "part. “Gain at least” is the lower end of the paired bootstrap over conversations (1,000 draws, seed 0).",
    )


def labels_of(heads: Sequence[Mapping[str, Any]]) -> Lines:
    """F1 and count of every label, folded away."""
    lines = []
    for row in heads:
        shown = [(name, one["f1"], one["support"]) for name, one in row["labels"].items() if one["support"]]
        lines.append(f"**{row['part']}, {row['head']}**\n\n{table(['label', 'F1', 'examples'], shown)}")
    return ("<details><summary>F1 of every label</summary>", *lines, "</details>")


def abuse(result: Mapping[str, Any]) -> Lines:
    """F1 by label in each of the three tests."""
    tests = {name: told for name, told in result["tests"].items() if told}
    missing = [name for name, told in result["tests"].items() if not told]
    labels = next(iter(tests.values()))["labels"]
    rows = [[label, *(_f1(told["labels"][label]) for told in tests.values())] for label in labels]
    macro = [
        "**macro**",
        *(f"**{number(told['macro_f1'])}** ({interval(told['interval'])})" for told in tests.values()),
    ]
    lines = [table(["F1 (examples)", *tests], [*rows, macro])]
    if "posts" in tests:
        lines.append("On `posts` the macro is over none, profanity and insult, the labels that occur there.")
    left_out = tests.get("folds", {}).get("left_out")
    if left_out:
        lines.append(f"On `folds` {left_out} conversations of training are left out: no reading of them was kept.")
    return (*lines, *(f"`{name}`: no cross-fitted readings here yet." for name in missing))


def safety(result: Mapping[str, Any]) -> Lines:
    """Found and named by kind, and false alarms by what they look like."""
    rows = [
        (part, kind.replace("_", " "), one["found"]["of"], _share(one["found"]), _share(one["named"]))
        for part, told in result["parts"].items()
        for kind, one in told["kinds"].items()
    ]
    alike = [
        (part, told["look_alikes"]["of"], _share(told["look_alikes"]), *told["look_alikes"]["by_alarm"].values())
        for part, told in result["parts"].items()
    ]
    alarms = next(iter(result["parts"].values()))["look_alikes"]["by_alarm"]
    return (
        table(["part", "kind", "lines", "found (95 %)", "named by what fits it"], rows),
        "Found: any of `self_harm`, `vulnerable` and `threat` is raised. The training part may be trained on, the held-out part never.",
        table(["part", "look-alikes", "false alarms (95 %)", *(f"`{name}`" for name in alarms)], alike),
    )


def fairness(result: Mapping[str, Any]) -> Lines:
    """Ratios and flips on the held-out scenarios, what becomes of swearing, and the pairs."""
    held = result["parts"]["held_out"]
    lines = [
        f"{held['scenarios']} held-out scenarios. Each cell: flips of the alarm against standard wording; then the ratio "
        "of false alarms with its 95 % interval, and whether that allows a verdict.",
        _varieties(held["varieties"]),
        "<details><summary>The same on all scenarios, the developing part included</summary>",
        _varieties(result["parts"]["both"]["varieties"]),
        "</details>",
        _swearing(result["parts"]),
        "Conversations told twice, variant less standard: flips of customer turns, the difference of the last forecast and of "
        "the number of cards.",
        _pairs(result["pairs"]),
    ]
    return tuple(lines)


def speed(result: Mapping[str, Any]) -> Lines:
    """Milliseconds and truth beside the tools on the same turns."""
    rows = [
        (
            name.replace("_", " "),
            *(told["latency_ms"].get(key) for key in ("p50", "p95", "p99")),
            *(told.get("right_about", {}).get(question, {}).get("f1") for question in ("negative", "abusive")),
        )
        for name, told in result.items()
        if isinstance(told, Mapping) and "latency_ms" in told
    ]
    rest = {
        key: one
        for name, told in result.items()
        for key, one in (told.items() if name == "levelhead" else [(name, told)])
        if isinstance(one, int | float) and not isinstance(one, bool)
    }
    return (
        table(["", "p50 ms", "p95 ms", "p99 ms", "negative feeling, F1", "abuse, F1"], rows),
        table(["", "value"], [(key.replace("_", " "), one) for key, one in rest.items()]),
    )


def cards(result: Mapping[str, Any]) -> Lines:
    """Counts of cards and verdicts; the words of the conversations stay out."""
    verdicts = result.get("verdicts") or {}
    flat = {key: one for key, one in result.items() if isinstance(one, int | float)}
    judged = {**verdicts.get("counts", {}), **{key: one for key, one in verdicts.items() if isinstance(one, int)}}
    return (
        table(["", "value"], [(key.replace("_", " "), one) for key, one in flat.items()]),
        table(["verdicts on file", "count"], [(key.replace("_", " "), one) for key, one in judged.items()])
        if judged
        else "",
        f"Unjudged today: {len(verdicts.get('unjudged', ()))}; judged but changed since: {len(verdicts.get('changed', ()))}.",
    )


def api(result: Mapping[str, Any]) -> Lines:
    """How often the server was called, by whom, and with what it answered."""
    text = f"{result['calls']} calls in {result['seconds']:g} s, over {len(result['by_call'])} calls, pages and forms."
    answers = table(["status", "answers"], [[told, many] for told, many in result["statuses"].items()])
    callers = table(["caller", "calls"], [[who, many] for who, many in result["by_caller"].items()])
    return text, answers, callers


def outlook_bins(result: Any) -> dict[str, list[Mapping[str, Any]]]:  # noqa: ANN401 - what JSON holds
    """Reliability bins by forecast, where the JSON has them."""
    rows = result.get("forecasts", ()) if isinstance(result, Mapping) else ()
    return {
        f"{row['forecast']} {row['position']}".replace("_", " "): row["reliability"]
        for row in rows
        if row.get("reliability")
    }


OWN: Mapping[str, Callable[[Any], Lines]] = {
    "reading": reading,
    "abuse": abuse,
    "safety": safety,
    "fairness": fairness,
    "speed": speed,
    "published": published,
    "cards": cards,
    "api": api,
    "desk_load": desk_load,
}
"""The benchmarks with tables of their own."""


def _varieties(varieties: Mapping[str, Any]) -> str:
    rows = [
        (name.replace("_", " "), one["scenarios"], *(_alarm(one, alarm) for alarm in ALARMS))
        for name, one in varieties.items()
    ]
    return table(["variety", "scenarios", *ALARMS], rows)


def _alarm(one: Mapping[str, Any], alarm: str) -> str:
    flips, ratio = one["flips"][alarm], one["false_alarms"][alarm]
    first = f"{flips['hits']} of {flips['of']}" if flips["of"] else "–"
    if ratio is None:
        return first
    low, high = ratio["interval"]
    top = f"{high:.2f}" if high <= FEW else f"over {FEW}"
    word = f"**{ratio['verdict']}**" if ratio["verdict"] == "unfair" else ratio["verdict"]
    return f"{first}; {ratio['ratio']:.2f} ({low:.2f}–{top}) {word}"


def _swearing(parts: Mapping[str, Any]) -> str:
    rows = [
        (part, variety.replace("_", " "), told["scenarios"], ", ".join(f"{k} {n}" for k, n in told["read_as"].items()))
        for part, one in parts.items()
        if part != "both"
        for variety, told in one["swearing"].items()
    ]
    return table(["part", "swearing", "scenarios", "abuse read as"], rows)


def _pairs(pairs: Mapping[str, Any]) -> str:
    rows = [
        (
            part,
            told["pairs"],
            *(f"{told['flips'][what]['hits']} of {told['customer_turns']}" for what in told["flips"]),
            *(_difference(told["outlook"][name]) for name in told["outlook"]),
            _difference(told["cards"]),
            f"{told['same_kinds_of_card']} of {told['pairs']}",
        )
        for part, told in pairs.items()
    ]
    one = next(iter(pairs.values()))
    heads = [
        "part",
        "pairs",
        *one["flips"],
        *(name.replace("_", " ") for name in one["outlook"]),
        "cards",
        "same kinds of card",
    ]
    return table(heads, rows)


def _difference(told: Mapping[str, Any] | None) -> str:
    return f"{told['mean']:+.3f} ({interval(told['interval'])})" if told else "not shown"


def _share(told: Mapping[str, Any]) -> str:
    return f"{number(told['share'])} ({interval(told['interval'])})"


def _f1(told: Mapping[str, Any]) -> str:
    return f"{number(told['f1'])} ({told['support']})" if told["support"] else "–"


def _measure(value: object) -> object:
    return value.replace("_f1", "-F1") if isinstance(value, str) else value
