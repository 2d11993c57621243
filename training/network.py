"""The network: one encoder, label-wise attention over its tokens, and context from the vectors of earlier turns.

The same network is built twice: small (MiniLM, six layers or fewer) as it ships, large (MPNet) as the teacher.

Each turn is encoded once. Every label has its own attention over the turn's tokens, so that the share of its logit
that comes from each token is exact: that is the evidence shown on the page.
"""

import json
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel, MPNetConfig, MPNetModel

from levelhead.conversation import Abuse, Cue, Emotion, Fault, Move
from levelhead.listening.context import FEATURES, TURNS_BEFORE

WIDTH = 384
"""Of the shipped encoder's vectors."""
HEADS: dict[str, list[str]] = {
    "emotion": list(Emotion),
    "intensity": ["0", "1", "2", "3"],
    "cues": list(Cue),
    "abuse": list(Abuse),
    "moves": list(Move),
    "faults": list(Fault),
}
LABELS = [f"{head}:{label}" for head, labels in HEADS.items() for label in labels]


def columns(head: str) -> slice:
    """Where a head's labels stand in the logits."""
    start = 0
    for name, labels in HEADS.items():
        if name == head:
            return slice(start, start + len(labels))
        start += len(labels)
    raise KeyError(head)


class Encoder(nn.Module):
    """Token states and the turn vector (unit length mean of the states), from the pre-trained encoder in `folder`."""

    def __init__(self, folder: Path, layers: int | None = None) -> None:
        super().__init__()
        told = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        told["num_hidden_layers"] = layers or told["num_hidden_layers"]
        self.knows_sides = told["model_type"] == "bert"
        # Dropout within the encoder costs a third of the time here and earned nothing that the heads' own doesn't.
        told["hidden_dropout_prob"] = told["attention_probs_dropout_prob"] = 0.0
        if self.knows_sides:
            told["attn_implementation"] = "eager"
            self.body: nn.Module = BertModel(BertConfig(**told), add_pooling_layer=False)
        else:
            self.body = MPNetModel(MPNetConfig(**told), add_pooling_layer=False)
        self.width: int = told["hidden_size"]
        # Customer and agent turns are told apart by the token type, which MiniLM's pre-training never used; MPNet has
        # none, so it gets an embedding of its own.
        self.side = nn.Embedding(2, self.width)
        nn.init.zeros_(self.side.weight)
        self._load(folder, layers)

    def _load(self, folder: Path, layers: int | None) -> None:
        from safetensors.torch import load_file

        state = load_file(folder / "model.safetensors")
        wanted = self.body.state_dict()
        self.body.load_state_dict({key: state[key] for key in wanted if key in state}, strict=False)
        self.body.get_input_embeddings().weight.requires_grad = False

    def forward(self, ids: Tensor, mask: Tensor, types: Tensor) -> tuple[Tensor, Tensor]:
        if self.knows_sides:
            states = self.body(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state
        else:
            words = self.body.get_input_embeddings()(ids) + self.side(types)
            states = self.body(inputs_embeds=words, attention_mask=mask).last_hidden_state
        weight = mask.unsqueeze(-1).to(states.dtype)
        mean = (states * weight).sum(1) / weight.sum(1)
        return states, nn.functional.normalize(mean, dim=-1)


class Heads(nn.Module):
    """From token states, turn vector and context to one logit per label."""

    def __init__(self, width: int = WIDTH, labels: int = len(LABELS), attention: int = 128, hidden: int = 192) -> None:
        super().__init__()
        self.key = nn.Linear(width, attention)
        self.query = nn.Parameter(torch.randn(labels, attention) * 0.05)
        self.value = nn.Parameter(torch.randn(labels, width) * 0.02)
        self.before = nn.Linear(width + 2, 96)
        self.gather = nn.Linear(2 * width + 96 * TURNS_BEFORE + FEATURES, hidden)
        self.out = nn.Linear(hidden, labels)
        self.drop = nn.Dropout(0.2)

    def forward(
        self, states: Tensor, mask: Tensor, vector: Tensor, context: Tensor, marks: Tensor, features: Tensor
    ) -> tuple[Tensor, Tensor]:
        scores = torch.matmul(torch.tanh(self.key(states)), self.query.t()).transpose(1, 2)
        scores = scores + (1.0 - mask.unsqueeze(1).to(scores.dtype)) * -1e4
        worth = torch.matmul(states, self.value.t()).transpose(1, 2)
        evidence = torch.softmax(scores, dim=-1) * worth
        before = torch.tanh(self.before(torch.cat([context, marks], dim=-1))).flatten(1)
        all_in = torch.cat([self.drop(vector * 4), self.drop(states[:, 0]), self.drop(before), features], dim=-1)
        logits = evidence.sum(-1) + self.out(self.drop(torch.nn.functional.gelu(self.gather(all_in))))
        return logits, evidence


class Network(nn.Module):
    """Encoder and heads as they are exported: one turn with its context in, logits, evidence and vector out."""

    def __init__(self, folder: Path, layers: int | None = None) -> None:
        super().__init__()
        self.encoder = Encoder(folder, layers)
        self.heads = Heads(self.encoder.width)

    def forward(
        self, ids: Tensor, mask: Tensor, types: Tensor, context: Tensor, marks: Tensor, features: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        states, vector = self.encoder(ids, mask, types)
        logits, evidence = self.heads(states, mask, vector, context, marks, features)
        return logits, evidence, vector
