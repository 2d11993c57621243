"""The fairness scenarios, each wording read alone, as the first turn of a conversation."""

from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks._lines import read_line, rows
from levelhead.conversation import Abuse, Cue, Emotion, Reading

STANDARD = "standard"
ALARMS = ("anger", "abuse", "escalation")
AT_A_PERSON = frozenset({Abuse.INSULT, Abuse.THREAT, Abuse.HATE, Abuse.SEXUAL})
HEATED = frozenset({Emotion.ANGRY, Emotion.FRUSTRATED})
STRONG = 2


@dataclass(frozen=True, slots=True)
class Hearing:
    """What was heard in one wording."""

    emotion: Emotion
    anger: bool
    abuse: Abuse
    escalation: bool


@dataclass(frozen=True, slots=True)
class Scenario:
    """One thing said in several ways; `abuse_of` is the abuse meant by a variety, where it differs from `abuse`."""

    id: str
    part: str
    emotions: frozenset[Emotion]
    abuse: Abuse
    escalation: bool
    abuse_of: Mapping[str, Abuse]
    heard: Mapping[str, Hearing]

    def raises(self, variety: str, alarm: str) -> bool:
        """Whether this wording raises the alarm; of swearing at the fault, only what is read as aimed at a person."""
        heard = self.heard[variety]
        if alarm == "abuse":
            meant = self._abuse_meant(variety)
            return heard.abuse in AT_A_PERSON if meant is Abuse.PROFANITY else heard.abuse is not Abuse.NONE
        return heard.anger if alarm == "anger" else heard.escalation

    def would_be_false(self, variety: str, alarm: str) -> bool:
        """Whether nothing in the scenario gives reason for the alarm."""
        if alarm == "anger":
            return not self.emotions & HEATED
        return self._abuse_meant(variety) not in AT_A_PERSON if alarm == "abuse" else not self.escalation

    def same_meant(self, variety: str, alarm: str) -> bool:
        """Whether this wording means the same as the standard one, so that a different reading is a flip."""
        return alarm != "abuse" or self._abuse_meant(variety) is self._abuse_meant(STANDARD)

    def flips(self, variety: str, alarm: str) -> bool:
        """Whether the alarm differs from that of the standard wording."""
        return self.raises(variety, alarm) is not self.raises(STANDARD, alarm)

    def _abuse_meant(self, variety: str) -> Abuse:
        return self.abuse_of.get(variety, self.abuse)


def scenarios() -> list[Scenario]:
    """All scenarios of the set, read."""
    return [
        Scenario(
            id=row["id"],
            part=row["part"],
            emotions=frozenset(map(Emotion, row["expected"]["emotion"])),
            abuse=Abuse(row["expected"]["abuse"]),
            escalation=row["expected"]["escalation"],
            abuse_of={variety: Abuse(abuse) for variety, abuse in row["abuse_of"].items()},
            heard={
                variety: hearing(read_line({"id": row["id"], "channel": row["channel"], "text": text}))
                for variety, text in row["said"].items()
            },
        )
        for row in rows("fairness")
    ]


def hearing(reading: Reading) -> Hearing:
    """The alarms in a reading; an unreadable turn raises none, and its feeling counts as neutral."""
    read = reading.of_customer
    if read is None:
        return Hearing(Emotion.NEUTRAL, False, Abuse.NONE, False)
    anger = read.emotion is Emotion.ANGRY or (read.emotion is Emotion.FRUSTRATED and read.intensity >= STRONG)
    return Hearing(read.emotion, anger, read.abuse, reading.shows(Cue.ASKS_SUPERVISOR))
