"""The stages of a run, each with a checkpoint, so that a broken run goes on where it was.

1. `related.pt`: the encoder on related public sets.
2. `foldK.pt`: cross-fitting; each fold's network has not seen the fold's conversations.
3. `taught.pt`: what the folds' networks read, as soft targets for the final network.
4. `final.pt`: the whole training part and the single lines, with labels and soft targets.
5. `*.last.pt`: a short stage on the corpus alone, since its annotators' habits are the scheme's, of which half the way is
   gone (the mean of the weights before and after, as in Wortsman et al. 2022, "Model soups"); `read.pt` is what the folds'
   networks read after it.
"""

import hashlib
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor

from training.corpus import Talk, of_the_corpus
from training.fit import Recipe, Taught, Tokens, fit_corpus, fit_related, forward
from training.network import Network
from training.pool import pool
from training.related import related
from training.singles import singles

FOLDS = 2


@dataclass(frozen=True, slots=True)
class Run:
    """One run: its data, its checkpoints in `work`, its recipe."""

    data: Path
    work: Path
    encoder: Path
    tokens: Tokens
    corpus: Sequence[Talk]
    recipe: Recipe

    def final(self) -> Network:
        """The network that ships."""
        net = self._fitted("final", [*self.corpus, *singles()], self.taught())
        return self._last("final", net, self.corpus, self.taught())

    def fold(self, fold: int) -> Network:
        """The network of one fold through the last stage."""
        return self._last(f"fold{fold}", self._fold(fold), [one for one in self.corpus if fold_of(one.id) != fold])

    def read(self) -> dict[str, Tensor]:
        """Logits of the conversations by the networks of the folds that had not seen them; calibration stands on them."""
        path = self.work / "read.pt"
        if not path.is_file():
            nets = [self.fold(fold) for fold in range(FOLDS)]
            say("the folds read what they have not seen")
            torch.save({one.id: self._by(nets[fold_of(one.id)], one) for one in self.corpus}, path)
        found: dict[str, Tensor] = torch.load(path)
        return found

    def taught(self) -> Taught:
        """What the folds' networks read: each conversation by those that had not seen it, the pool by all together."""
        path = self.work / "taught.pt"
        unlabelled = pool(self.data, self.recipe.seed)
        if not path.is_file():
            nets = [self._fold(fold) for fold in range(FOLDS)]
            say(f"the folds read {len(self.corpus)} conversations and {len(unlabelled)} without labels")
            logits = {talk.id: self._by(nets[fold_of(talk.id)], talk) for talk in self.corpus}
            for talk in unlabelled:
                logits[talk.id] = torch.stack([self._by(net, talk) for net in nets]).mean(0)
            torch.save(logits, path)
        return Taught(torch.load(path), unlabelled)

    def _first(self) -> Path:
        path = self.work / "related.pt"
        if not path.is_file():
            net = Network(self.encoder, self.recipe.layers)
            tasks, examples = related(self.data, self.recipe.seed, self.recipe.related_most)
            say(f"related sets: {len(examples)} examples")
            fit_related(net, self.tokens, tasks, examples, self.recipe, say)
            torch.save(net.state_dict(), path)
        return path

    def _fold(self, fold: int) -> Network:
        seen = [talk for talk in self.corpus if fold_of(talk.id) != fold]
        lines = [talk for talk in singles() if fold_of(talk.id) != fold]
        return self._fitted(f"fold{fold}", [*seen, *lines])

    def _fitted(self, name: str, talks: list[Talk], taught: Taught | None = None) -> Network:
        path = self.work / f"{name}.pt"
        torch.manual_seed(self.recipe.seed)
        net = Network(self.encoder, self.recipe.layers)
        if path.is_file():
            net.load_state_dict(torch.load(path))
        else:
            net.load_state_dict(torch.load(self._first()))
            say(f"{name}: {len(talks)} conversations and lines")
            fit_corpus(net, self.tokens, talks, self.recipe, say, taught)
            torch.save(net.state_dict(), path)
        return net.eval()

    def _last(self, name: str, net: Network, seen: Sequence[Talk], taught: Taught | None = None) -> Network:
        path = self.work / f"{name}.last.pt"
        if not path.is_file():
            recipe, share = self.recipe, self.recipe.last_share
            recipe = replace(
                recipe, epochs=recipe.last_epochs, rate=recipe.rate * share, heads_rate=recipe.heads_rate * share
            )
            first = [talk for talk in seen if of_the_corpus(talk)]
            say(f"{name}: last stage, {len(first)} conversations")
            before = {key: value.clone() for key, value in net.state_dict().items()}
            fit_corpus(net, self.tokens, first, recipe, say, Taught(taught.logits, []) if taught else None)
            torch.save(_halfway(before, net.state_dict()), path)
        net.load_state_dict(torch.load(path))
        return net.eval()

    def _by(self, net: Network, talk: Talk) -> Tensor:
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            return forward(net, self.tokens, [talk])


def _halfway(before: dict[str, Tensor], after: dict[str, Tensor]) -> dict[str, Tensor]:
    """The mean of two states: what the last stage taught, and most of what it would have made forgotten."""
    return {key: (one + after[key]) / 2 if one.is_floating_point() else one for key, one in before.items()}


def fold_of(conversation: str) -> int:
    """The cross-fitting fold of a conversation, by hash of its id.

    All tellings of a fairness scenario go together, and so do the lines that one writer wrote one after the other, since
    many of them mirror each other.
    """
    if conversation.startswith("fair-"):
        conversation = conversation[:8]
    elif conversation.startswith("line-"):
        conversation = conversation[:-1]
    return digest(f"fold {conversation}") % FOLDS


def digest(text: str) -> int:
    """A number that is the same on every machine."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16)


def say(text: str) -> None:
    """A line of the log."""
    print(time.strftime("%H:%M:%S"), text, file=sys.stderr, flush=True)
