"""Verdicts on notes: what a neutral judge is shown, and whether what they judged is still what is drafted."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RUBRIC = (
    "Read the whole transcript, then the note, as the colleague who has the customer next and sees nothing but the note. "
    "`invented`: how many things the note says that nobody said, or says of the wrong person, or of something else than "
    "it was said of; words in quotation marks that stand in the transcript are no invention by themselves, the words "
    "around them may be. `missing`: how many promises of our side, to do something or that something will happen, are "
    "in the transcript, were not taken back or kept within it, and can't be found in the note in any line. `useful`: "
    "true when you could take the case over from the note without asking the customer what it is about, what was done, "
    "what was promised or how it stands; length and clumsy cuts count against it only where they hide one of these. "
    "How well the agent did is no part of it."
)


@dataclass(frozen=True, slots=True)
class Item:
    """One note as it is drafted, with its conversation."""

    conversation: str
    note: str
    disposition: str
    transcript: tuple[str, ...]

    @property
    def hash(self) -> str:
        """Names exactly what was judged."""
        judged = json.dumps([self.conversation, self.note, self.disposition], ensure_ascii=False)
        return hashlib.sha256(judged.encode()).hexdigest()[:16]

    def as_row(self) -> dict[str, Any]:
        """The item as the judge sees it."""
        return {
            "hash": self.hash,
            "conversation": self.conversation,
            "note": self.note.splitlines(),
            "disposition_proposed": self.disposition,
            "transcript": list(self.transcript),
            "rubric": RUBRIC,
        }


@dataclass(frozen=True, slots=True)
class Verdicts:
    """How the verdicts on file stand to the notes of today; `useful` is a share of those that are judged."""

    judged: int
    invented: int
    missing: int
    useful: float | None
    unjudged: tuple[str, ...]
    changed: tuple[str, ...]

    def as_row(self) -> dict[str, Any]:
        """For printing."""
        return {
            "judged": self.judged,
            "invented": self.invented,
            "missing": self.missing,
            "useful": self.useful,
            "unjudged": list(self.unjudged),
            "changed": list(self.changed),
        }


def check_verdicts(items: Sequence[Item], kept: Path) -> Verdicts:
    """Compare the notes of today with the verdicts in the file `kept`; a missing file judges nothing."""
    lines = kept.read_text(encoding="utf-8").splitlines() if kept.exists() else []
    rows = {row["hash"]: row for row in map(json.loads, filter(None, lines))}
    for row in rows.values():
        _check(row, kept)
    today = {item.hash: item for item in items}
    judged = [row for key, row in rows.items() if key in today]
    return Verdicts(
        judged=len(judged),
        invented=sum(row["invented"] for row in judged),
        missing=sum(row["missing"] for row in judged),
        useful=sum(row["useful"] for row in judged) / len(judged) if judged else None,
        unjudged=tuple(item.conversation for key, item in today.items() if key not in rows),
        changed=tuple(row["conversation"] for key, row in rows.items() if key not in today),
    )


def _check(row: dict[str, Any], kept: Path) -> None:
    counts = all(isinstance(row.get(name), int) and row[name] >= 0 for name in ("invented", "missing"))
    if not counts or not isinstance(row.get("useful"), bool) or not row.get("reason"):
        raise SystemExit(
            f"{kept}: {row['hash']}: wants invented and missing (counts), useful (true or false) and reason"
        )
