"""What the draft check may know of the customer: only what was said in this conversation."""

import re
import unicodedata
from dataclasses import dataclass

from levelhead.advising.draft_text import DraftText
from levelhead.advising.draft_wording import AskedThing, DraftWording, When
from levelhead.conversation import Channel, Emotion, Fact, Speaker, Timeline

_UPSET = frozenset({Emotion.ANGRY, Emotion.ANXIOUS, Emotion.DISAPPOINTED, Emotion.FRUSTRATED})
_CLEARLY = 2  # Intensity at which the guide calls a feeling clear.
_EXPLAINED = 12  # Words after which a customer has told what it's about.
_TITLE = re.compile(r"^(?:mr|mrs|ms|miss|mx|dr|prof|sir|madam)\.?$", re.IGNORECASE)
_SPOUSE = re.compile(r"\b(?:husband|wife|spouse|married|he|she)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CustomerSoFar:
    """The customer's name as they gave it, their words and facts, and how they stand now."""

    name: str | None = None
    said: str = ""
    facts: tuple[Fact, ...] = ()
    upset: bool = False
    satisfied: bool = False
    apologies: int = 0
    channel: Channel | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The parts of the name without a title."""
        return tuple(part for part in (self.name or "").split() if not _TITLE.match(part))

    def meets(self, when: When | None) -> bool:
        """Whether a rule with this condition applies."""
        match when:
            case None:
                return True
            case When.CUSTOMER_UPSET:
                return self.upset
            case When.CUSTOMER_NAMED:
                return self.name is not None
            case When.CUSTOMER_EXPLAINED:
                return len(self.said.split()) >= _EXPLAINED
            case When.NO_SPOUSE_NAMED:
                return not _SPOUSE.search(self.said)

    def gave(self, thing: AskedThing) -> str | None:
        """What they gave for this, in their own words, the latest; None when they did not."""
        given = [fact.value for fact in self.facts if fact.kind.value in thing.facts]
        if thing.said is not None:
            given += [match.group() for match in thing.said.finditer(self.said)]
        return given[-1] if given else None

    def trouble(self, wording: DraftWording) -> str:
        """What they say went wrong ("that your parcel didn't arrive"), or a gap for the agent to fill."""
        for trouble in wording.troubles:
            if match := trouble.find.search(self.said):
                return trouble.say.format(**{name: found.lower() for name, found in match.groupdict("").items()})
        return wording.trouble_gap


def customer_so_far(so_far: Timeline, wording: DraftWording) -> CustomerSoFar:
    """What this conversation says of the customer."""
    if not so_far:
        return CustomerSoFar()
    theirs = [heard for heard in so_far if heard.turn.speaker is Speaker.CUSTOMER]
    ours = [heard.turn.text for heard in so_far if heard.turn.speaker is not Speaker.CUSTOMER]
    of_customer = theirs[-1].reading.of_customer if theirs else None
    named = [heard.turn.customer for heard in so_far if heard.turn.customer]
    return CustomerSoFar(
        name=named[-1] if named else None,
        said="\n".join(DraftText.of(heard.turn.text).plain for heard in theirs),
        facts=tuple(fact for heard in theirs for fact in heard.reading.facts),
        upset=of_customer is not None and of_customer.emotion in _UPSET and of_customer.intensity >= _CLEARLY,
        satisfied=of_customer is not None and of_customer.emotion is Emotion.SATISFIED,
        apologies=sum(len(apologies_in(text, wording)) for text in ours),
        channel=so_far[-1].turn.channel,
    )


def apologies_in(text: str, wording: DraftWording) -> list[re.Match[str]]:
    """Every apology in these words."""
    plain = DraftText.of(text).plain if "’" in text else text
    spared = [match.span() for match in wording.apologies.unless.finditer(plain)]
    return [
        found
        for found in wording.apologies.find.finditer(plain)
        if not any(start <= found.start() < end for start, end in spared)
    ]


def folded(word: str) -> str:
    """The word without case and accents, so that "Gráinne" and "grainne" are one name."""
    letters = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()
