"""What is in the books after a load, beside what was acknowledged: for `benchmarks.desk_load`."""

from collections.abc import Collection
from contextlib import closing

from benchmarks._killed import Where
from levelhead.conversation import Heard
from levelhead.live.hearing import LATE, NO_MODEL, was_set_down


def kept_of(where: Where, acknowledged: Collection[str]) -> dict[str, int]:
    """Every turn that was acknowledged (`conversation/n`) against the books; what is not read has no advice."""
    with closing(where.opened(read_only=True)) as library:
        books = library.of(library.first.id)
        heard = [one for name in books.conversation_ids() for one in books.timeline(name)]
    kept = {f"{one.turn.conversation}/{one.turn.n}": _is_advised(one) for one in heard}
    return {
        "turns_kept": len(kept),
        "turns_advised_on": sum(kept.values()),
        "turns_lost": len(set(acknowledged) - set(kept)),
        "turns_without_advice": sum(not advised for advised in kept.values()),
        "cards": sum(one.advice.card is not None for one in heard),
    }


def _is_advised(heard: Heard) -> bool:
    """Whether it was read and its steps were looked at; that there was nothing to say is advice as well."""
    was_read = not was_set_down(heard) and heard.advice.quiet_because not in (NO_MODEL, LATE)
    return was_read and bool(heard.advice.steps)
