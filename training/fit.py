"""Fitting the network: first on related public sets, then on the corpus, whole conversations at a time."""

import math
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from levelhead.conversation import Speaker
from levelhead.listening.context import TURNS_BEFORE, side
from training.augment import said_otherwise
from training.corpus import Talk
from training.network import HEADS, Network, columns
from training.related import Example, Task

LONGEST = 160  # tokens of a turn in training; 99.7 % are shorter


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a run can be told. `rate` is the encoder's learning rate, the heads learn `heads_rate`.

    `soft` is the share of the loss that follows the teachers where there are labels too; each epoch takes one in
    `pool_every` of the conversations without labels; the last stage runs at
    `last_share` of both rates.
    """

    seed: int = 20261122
    layers: int = 6
    related_most: int = 20_000
    related_epochs: int = 1
    epochs: int = 4
    turns_a_batch: int = 48
    rate: float = 1.2e-4
    heads_rate: float = 1.0e-3
    decay: float = 0.01
    smoothing: float = 0.05
    faults_weight: float = 1.5
    soft: float = 0.4
    pool_every: int = 3
    last_epochs: int = 2
    last_share: float = 0.5


@dataclass(frozen=True, slots=True)
class Taught:
    """What teachers read: logits (turns, labels) by conversation, and the conversations that have no labels."""

    logits: Mapping[str, Tensor]
    pool: list[Talk]


class Tokens:
    """Text to padded tensors."""

    def __init__(self, folder: Path) -> None:
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(LONGEST)

    def __call__(self, texts: list[str], sides: list[int]) -> tuple[Tensor, Tensor, Tensor]:
        coded = [encoding.ids for encoding in self.tokenizer.encode_batch(texts)]
        longest = max(map(len, coded))
        ids = torch.zeros(len(coded), longest, dtype=torch.long)
        mask = torch.zeros_like(ids)
        for i, one in enumerate(coded):
            ids[i, : len(one)] = torch.tensor(one)
            mask[i, : len(one)] = 1
        return ids, mask, mask * torch.tensor(sides).unsqueeze(1)


def fit_related(
    net: Network, tokens: Tokens, tasks: list[Task], examples: list[Example], recipe: Recipe, say: Callable[[str], None]
) -> None:
    """Stage one: the encoder learns from related sets through heads that are thrown away."""
    heads = nn.ModuleDict({task.name: nn.Linear(2 * net.encoder.width, task.size) for task in tasks})
    kinds = {task.name: task.kind for task in tasks}
    batches = list(_by_task(examples, recipe))
    steps = len(batches) * recipe.related_epochs
    step = _stepper(net.encoder, heads, recipe, steps)
    draw = random.Random(recipe.seed)
    net.train()
    for epoch in range(recipe.related_epochs):
        draw.shuffle(batches)
        total = 0.0
        for i, batch in enumerate(batches):
            ids, mask, types = tokens([said_otherwise(one.text, draw) for one in batch], [one.side for one in batch])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                states, vector = net.encoder(ids, mask, types)
                out = heads[batch[0].task](torch.cat([vector * 4, states[:, 0]], dim=-1))
            total += step(_related_loss(kinds[batch[0].task], out.float(), torch.tensor([one.target for one in batch])))
            if i % 200 == 199:
                say(f"related: epoch {epoch} batch {i + 1}/{len(batches)} loss {total / 200:.3f}")
                total = 0.0


def fit_corpus(
    net: Network,
    tokens: Tokens,
    talks: list[Talk],
    recipe: Recipe,
    say: Callable[[str], None],
    taught: Taught | None = None,
) -> None:
    """Stage two: the corpus, whole conversations in a batch, so that every turn is encoded once and serves as context.

    With `taught`, the teachers' readings join the labels, and a share of the conversations that only they have read
    joins each epoch.
    """
    loss_of = Losses(talks, recipe, taught)
    pool = taught.pool if taught else []
    steps = len(list(_batches([*talks, *pool[:: recipe.pool_every]], recipe, random.Random(0))))
    step = _stepper(net.encoder, net.heads, recipe, steps * recipe.epochs)
    draw = random.Random(recipe.seed + 1)
    net.train()
    for epoch in range(recipe.epochs):
        total = 0.0
        for i, batch in enumerate(
            _batches([*talks, *pool[epoch % recipe.pool_every :: recipe.pool_every]], recipe, draw)
        ):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = forward(net, tokens, batch, draw)
            total += step(loss_of(logits, batch))
            if i % 25 == 24:
                say(f"corpus: epoch {epoch} batch {i + 1}/{steps} loss {total / (i + 1):.3f}")
        say(f"corpus: epoch {epoch} loss {total / steps:.3f}")


def forward(net: Network, tokens: Tokens, batch: list[Talk], draw: random.Random | None = None) -> Tensor:
    """Logits (turns, labels) for all turns of the conversations of a batch, in order; augmented where `draw` is given."""
    texts = [tuple(said_otherwise(text, draw) for text in talk.texts) if draw else talk.texts for talk in batch]
    flat = [text for one in texts for text in one]
    sides = [side(speaker) for talk in batch for speaker in talk.speakers]
    features = torch.tensor(
        [talk.features(i, said) for talk, said in zip(batch, texts, strict=True) for i in range(len(said))]
    )
    order = sorted(range(len(flat)), key=lambda i: len(flat[i]))
    parts = [part.tolist() for part in np.array_split(np.array(order), max(1, len(order) // 24)) if len(part)]
    encoded = []
    for part in parts:
        ids, mask, types = tokens([flat[i] for i in part], [sides[i] for i in part])
        encoded.append((mask, *net.encoder(ids, mask, types)))
    vectors = torch.cat([vector for _, _, vector in encoded])[
        torch.argsort(torch.tensor([i for part in parts for i in part]))
    ]
    context, marks = _context(vectors.float(), batch, sides, draw)
    logits = torch.cat(
        [
            net.heads(states, mask, vector, context[part], marks[part], features[part])[0]
            for part, (mask, states, vector) in zip(parts, encoded, strict=True)
        ]
    )
    return logits[torch.argsort(torch.tensor([i for part in parts for i in part]))].float()


def _context(vectors: Tensor, batch: list[Talk], sides: list[int], draw: random.Random | None) -> tuple[Tensor, Tensor]:
    """Vectors and marks (there, said by the house) of the turns before each turn, nearest first."""
    context = torch.zeros(len(vectors), TURNS_BEFORE, vectors.shape[1])
    marks = torch.zeros(len(vectors), TURNS_BEFORE, 2)
    start = 0
    for talk in batch:
        for i in range(start, start + len(talk.texts)):
            if draw and draw.random() < 0.1:
                continue  # sometimes nothing came before: the words must carry the reading
            for back in range(1, min(TURNS_BEFORE, i - start) + 1):
                context[i, back - 1] = vectors[i - back]
                marks[i, back - 1] = torch.tensor([1.0, float(sides[i - back])])
        start += len(talk.texts)
    return context, marks


class Losses:
    """The sum of the heads' losses; rare labels weigh more, but not in full proportion.

    Where teachers have read a turn, their reading counts `recipe.soft` and the label the rest (Hinton et al. 2015).
    """

    def __init__(self, talks: list[Talk], recipe: Recipe, taught: Taught | None = None) -> None:
        self.recipe = recipe
        self.taught = taught
        targets = torch.cat([targets_of(talk)[0] for talk in talks])
        customer = torch.cat([targets_of(talk)[1] for talk in talks]).bool()
        self.weight = {}
        for head in HEADS:
            rows = targets[customer if head in CUSTOMER_HEADS else ~customer][:, columns(head)]
            count = rows.nansum(0).clamp(min=1)
            if head in ONE_OF:
                self.weight[head] = (count.max() / count).pow(0.4)
            else:
                self.weight[head] = ((len(rows) - count) / count).pow(0.35).clamp(1, 6)

    def __call__(self, logits: Tensor, batch: list[Talk]) -> Tensor:
        targets = torch.cat([targets_of(talk)[0] for talk in batch])
        customer = torch.cat([targets_of(talk)[1] for talk in batch]).bool()
        teacher, soft = self._taught(batch)
        total = logits.sum() * 0
        for head in HEADS:
            rows = customer if head in CUSTOMER_HEADS else ~customer
            if not rows.any():
                continue
            part = columns(head)
            hard = self._to_labels(head, logits[rows][:, part], targets[rows][:, part])
            like = self._to_teacher(head, logits[rows][:, part], teacher[rows][:, part])
            loss = ((1 - soft[rows]) * hard + soft[rows] * like).mean()
            total = total + loss * (self.recipe.faults_weight if head == "faults" else 1.0)
        return total

    def _taught(self, batch: list[Talk]) -> tuple[Tensor, Tensor]:
        """The teachers' logits, and how much they count at each turn: all where there is no label."""
        read = self.taught.logits if self.taught else {}
        width = sum(map(len, HEADS.values()))
        teacher = torch.cat([read.get(talk.id, torch.zeros(len(talk.texts), width)) for talk in batch])
        share = [0.0 if talk.id not in read else self.recipe.soft if talk.labels else 1.0 for talk in batch]
        return teacher, torch.tensor([one for one, talk in zip(share, batch, strict=True) for _ in talk.texts])

    def _to_labels(self, head: str, out: Tensor, want: Tensor) -> Tensor:
        known = ~want.isnan()
        want = want.nan_to_num()
        if head in ONE_OF:
            weight = self.weight[head]
            each = nn.functional.cross_entropy(
                out, want.argmax(-1), weight=weight, label_smoothing=self.recipe.smoothing, reduction="none"
            )
            return each * known.all(-1) / weight[want.argmax(-1)].mean()
        each = nn.functional.binary_cross_entropy_with_logits(out, want, pos_weight=self.weight[head], reduction="none")
        return 4 * (each * known).mean(-1)

    @staticmethod
    def _to_teacher(head: str, out: Tensor, teacher: Tensor) -> Tensor:
        if head in ONE_OF:
            return -(torch.softmax(teacher, -1) * torch.log_softmax(out, -1)).sum(-1)
        return 4 * nn.functional.binary_cross_entropy_with_logits(out, torch.sigmoid(teacher), reduction="none").mean(
            -1
        )


CUSTOMER_HEADS = ("emotion", "intensity", "cues", "abuse")
ONE_OF = ("emotion", "intensity", "abuse")
_TARGETS: dict[str, tuple[Tensor, Tensor]] = {}


def targets_of(talk: Talk) -> tuple[Tensor, Tensor]:
    """Targets (turns, labels) of 0 and 1, NaN where nobody labelled, and whether each turn is the customer's."""
    if talk.id not in _TARGETS:
        targets = torch.zeros(len(talk.texts), sum(map(len, HEADS.values())))
        for i, turn in enumerate(talk.labels):  # none where only the teachers have read it
            for head, labels in HEADS.items():
                if (head in CUSTOMER_HEADS) == (talk.speakers[i] is Speaker.CUSTOMER):
                    targets[i, columns(head)] = torch.tensor(_target(turn, head, labels))
        customer = torch.tensor([1.0 if speaker is Speaker.CUSTOMER else 0.0 for speaker in talk.speakers])
        _TARGETS[talk.id] = (targets, customer)
    return _TARGETS[talk.id]


def _target(turn: dict[str, Any], head: str, labels: list[str]) -> list[float]:
    if head not in turn:
        return [math.nan] * len(labels)
    on = turn[head] if isinstance(turn[head], list) else [str(turn[head])]
    known = turn.get(f"known_{head}", labels)
    return [1.0 if label in on else 0.0 if label in known else math.nan for label in labels]


def _related_loss(kind: str, out: Tensor, target: Tensor) -> Tensor:
    if kind == "one":
        return nn.functional.cross_entropy(out, target[:, 0].long())
    if kind == "score":
        return 4 * nn.functional.mse_loss(torch.sigmoid(out), target)
    return 4 * nn.functional.binary_cross_entropy_with_logits(out, target)


def _by_task(examples: list[Example], recipe: Recipe) -> Iterator[list[Example]]:
    """Batches of one task each, of turns of like length."""
    for task in sorted({one.task for one in examples}):
        mine = sorted((one for one in examples if one.task == task), key=lambda one: len(one.text))
        for i in range(0, len(mine), recipe.turns_a_batch):
            yield mine[i : i + recipe.turns_a_batch]


def _batches(talks: list[Talk], recipe: Recipe, draw: random.Random) -> Iterator[list[Talk]]:
    """Conversations in random order, about `turns_a_batch` turns together."""
    batch: list[Talk] = []
    for talk in draw.sample(talks, len(talks)):
        batch.append(talk)
        if sum(len(one.texts) for one in batch) >= recipe.turns_a_batch:
            yield batch
            batch = []
    if batch:
        yield batch


def _stepper(encoder: nn.Module, heads: nn.Module, recipe: Recipe, steps: int) -> Callable[[Tensor], float]:
    """One optimiser step: warm-up over a tenth, then linearly down to nothing."""
    groups = [
        {"params": [p for p in encoder.parameters() if p.requires_grad], "lr": recipe.rate},
        {"params": list(heads.parameters()), "lr": recipe.heads_rate},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=recipe.decay, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda i: min((i + 1) / (0.1 * steps), max(0.0, (steps * 1.02 - i) / (0.92 * steps)))
    )

    def step(loss: Tensor) -> float:
        loss.backward()
        nn.utils.clip_grad_norm_([p for group in groups for p in group["params"]], 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad()
        return float(loss.detach())

    return step
