"""The network: one small encoder, label-wise attention over its tokens, and context from the vectors of earlier turns.

Each turn is encoded once. Every label has its own attention over the turn's tokens, so that the share of its logit
that comes from each token is exact: that is the evidence shown on the page.
"""

import json
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from levelhead.conversation import Abuse, Cue, Emotion, Fault, Move
from levelhead.listening.context import FEATURES, TURNS_BEFORE

WIDTH = 384
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
    """Token states and the turn vector (unit length mean of the states)."""

    def __init__(self, folder: Path, layers: int) -> None:
        super().__init__()
        config = BertConfig(**json.loads((folder / "config.json").read_text()))
        config.num_hidden_layers = layers
        config.attn_implementation = "eager"
        self.bert = BertModel(config, add_pooling_layer=False)
        self._load(folder)

    def _load(self, folder: Path) -> None:
        from safetensors.torch import load_file

        state = load_file(folder / "model.safetensors")
        wanted = self.bert.state_dict()
        self.bert.load_state_dict({key: state[key] for key in wanted if key in state}, strict=False)
        # Customer and agent turns are told apart by the token type, which the pre-trained weights never used.
        self.bert.embeddings.word_embeddings.weight.requires_grad = False

    def forward(self, ids: Tensor, mask: Tensor, types: Tensor) -> tuple[Tensor, Tensor]:
        states = self.bert(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state
        weight = mask.unsqueeze(-1).to(states.dtype)
        mean = (states * weight).sum(1) / weight.sum(1)
        return states, nn.functional.normalize(mean, dim=-1)


class Heads(nn.Module):
    """From token states, turn vector and context to one logit per label."""

    def __init__(self, labels: int = len(LABELS), attention: int = 128, hidden: int = 192) -> None:
        super().__init__()
        self.key = nn.Linear(WIDTH, attention)
        self.query = nn.Parameter(torch.randn(labels, attention) * 0.05)
        self.value = nn.Parameter(torch.randn(labels, WIDTH) * 0.02)
        self.before = nn.Linear(WIDTH + 2, 96)
        self.gather = nn.Linear(2 * WIDTH + 96 * TURNS_BEFORE + FEATURES, hidden)
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

    def __init__(self, folder: Path, layers: int = 6) -> None:
        super().__init__()
        self.encoder = Encoder(folder, layers)
        self.heads = Heads()

    def forward(
        self, ids: Tensor, mask: Tensor, types: Tensor, context: Tensor, marks: Tensor, features: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        states, vector = self.encoder(ids, mask, types)
        logits, evidence = self.heads(states, mask, vector, context, marks, features)
        return logits, evidence, vector
