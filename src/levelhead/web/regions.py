"""The live regions of a page: rendered whole, sent only where they have changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Regions:
    """A page at one moment: the HTML of each region by its element's id, and the turns one by one."""

    whole: Mapping[str, str]
    turns: tuple[str, ...] = field(default=())

    @property
    def version(self) -> str:
        """The same for the same content; a client that has this version misses nothing."""
        content = sha256()
        for part in (*self.whole.values(), *self.turns):
            content.update(part.encode())
            content.update(b"\0")
        return content.hexdigest()[:16]

    def since(self, before: "Regions | None") -> str:
        """What to swap on a page that shows `before`, or on one that may show anything; '' when nothing has changed."""
        known = before.whole if before else {}
        changed = [_partial(name, "innerMorph", html) for name, html in self.whole.items() if known.get(name) != html]
        if before is None:
            changed.append(_partial("turns", "innerMorph", "".join(self.turns)) if self.turns else "")
        elif self.turns != before.turns:
            changed.append(self._turns_since(before.turns))
        return "".join(changed)

    def _turns_since(self, before: tuple[str, ...]) -> str:
        """New turns are put at the end; only when an earlier one has changed are all of them sent."""
        if self.turns[: len(before)] == before:
            return _partial("turns", "beforeend", "".join(self.turns[len(before) :]))
        return _partial("turns", "innerMorph", "".join(self.turns))


def _partial(target: str, swap: str, html: str) -> str:
    return f'<hx-partial hx-target="#{target}" hx-swap="{swap}">{html}</hx-partial>'
