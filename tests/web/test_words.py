"""One catalogue: every label has its words, every key is used, and Americans read American."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from levelhead.casework.brief import LineKind, Settle
from levelhead.casework.complaint import ComplaintMove, ComplaintState, LetterKind
from levelhead.casework.complaint_letter import KNOWN, OF_THE_HOUSE, TYPED
from levelhead.casework.complaint_rules import Duty
from levelhead.casework.edition import EditionState
from levelhead.casework.handover import STANDING, HandoverState, Why
from levelhead.casework.note import Outcome
from levelhead.casework.packet import Avoid, Packet
from levelhead.casework.profile import Teller
from levelhead.casework.promise import PromiseState
from levelhead.casework.remedy import RemedyState
from levelhead.casework.where_to_help import GroundKind
from levelhead.conversation import Abuse, Cause, Channel, Cue, Emotion, FactKind, Fault, Move, Speaker, Step, StepState
from levelhead.packs.kinds import PackKind
from levelhead.people.permission import SCOPES
from levelhead.people.person import Role
from levelhead.people.team import Rollout
from levelhead.privacy.consent import ConsentAnswer, Purpose
from levelhead.storage.records import CardAnswer
from levelhead.web import words as words_module
from levelhead.web.words import Words, words_for

WEB = Path(words_module.__file__).parent

SAID_TO_ASKER = tuple(state for state in (*STANDING, HandoverState.DROPPED))


def test_every_label_can_be_said(british: Words) -> None:
    shown = [*Cue, *Move, *Fault, *(abuse for abuse in Abuse if abuse is not Abuse.NONE)]
    keys = [f"shows.{label}" for label in shown]
    keys += [f"why.{label}" for label in (*Cue, *Fault, *Emotion) if label is not Emotion.NEUTRAL]
    keys += [f"emotion.{emotion}.{intensity}" for emotion in Emotion for intensity in range(4)]
    keys += [f"{section}.{label}" for section, labels in SECTIONS.items() for label in labels]
    assert [key for key in keys if key not in british] == []


SECTIONS: dict[str, tuple[str, ...]] = {
    "channel": tuple(Channel),
    "speaker": tuple(Speaker),
    "fact": tuple(FactKind),
    "fault": (*Fault, "unanswered_question", "no_next_step", "wrong_name"),
    "step": tuple(Step),
    "edition_is": tuple(EditionState),
    "pack_kind": tuple(PackKind),
    "pack_about": tuple(PackKind),
    "step_state": tuple(StepState),
    "cause": tuple(Cause),
    "role": tuple(Role),
    "role_does": tuple(Role),
    "rollout": tuple(Rollout),
    "rollout_says": tuple(Rollout),
    "scope": tuple(SCOPES),
    "promise_is": tuple(PromiseState),
    "complaint_is": tuple(ComplaintState),
    "complaint_did": tuple(ComplaintMove),
    "complaint_duty": tuple(Duty),
    "complaint_letter": tuple(LetterKind),
    "complaint_write": (LetterKind.ACKNOWLEDGEMENT, LetterKind.FINAL_RESPONSE, LetterKind.ADR),
    "complaint_field": tuple(KNOWN | OF_THE_HOUSE | TYPED),
    "consent": (*Purpose, *ConsentAnswer, *(f"stopped_{purpose}" for purpose in Purpose)),
    "before_line": tuple(LineKind),
    "settle": tuple(Settle),
    "customer_teller": tuple(Teller),
    "customer_ended": tuple(Outcome),
    "why_over": tuple(Why),
    "avoid": tuple(Avoid),
    "packet": tuple(one.name for one in fields(Packet) if one.name not in {"issue", "cause", "asked_for"}),
    "packet_remedy": tuple(RemedyState),
    "remedy_news": tuple(state for state in RemedyState if state is not RemedyState.PROPOSED),
    "remedy_is": tuple(state for state in RemedyState if state not in {RemedyState.PROPOSED, RemedyState.GRANTED}),
    "ground": (*GroundKind, "somebody"),
    "ground_name": tuple(GroundKind),
    "help_is": SAID_TO_ASKER,
    "help_asked": ("raised", "seen", "answered", "offered", "dropped"),
    "card": tuple(f"thanks_{answer}" for answer in CardAnswer),
}


def test_no_sentence_stands_in_the_catalogue_unused(british: Words) -> None:
    texts = "".join(path.read_text("utf-8") for path in WEB.rglob("*") if path.suffix in {".py", ".html", ".js"})
    named = set(re.findall(r"""["']([a-z_]+\.[a-z_0-9.]*)["']""", texts))
    sections_by_label = {
        "channel",
        "speaker",
        "fact",
        "fault",
        "step",
        "step_state",
        "cause",
        "emotion",
        "shows",
        "why",
        "keys",
        "role",
        "role_does",
        "rollout",
        "rollout_says",
        "scope",
        "teaching_says",
        "promise_is",
        "complaint_is",
        "complaint_did",
        "complaint_duty",
        "complaint_letter",
        "complaint_write",
        "complaint_field",
        "consent",
        "boundary_is",
        "boundary_rung",
        "boundary_news",
        "restriction_says",
        "restriction_is",
        "restriction_did",
        "restriction_group",
        "panel",
        "plan_is",
        "plan_did",
        "help_is",
        "help_asked",
        "help_news",
        "before_line",
        "settle",
        "customer_teller",
        "customer_ended",
        "why_over",
        "packet",
        "packet_remedy",
        "remedy_came",
        "remedy_is",
        "remedy_news",
        "avoid",
        "ground",
        "ground_name",
        "follow_up_is",
        "follow_up_after",
        "follow_up_why",
        "edition_is",
        "pack_kind",
        "pack_about",
        "pack_field",
        "pack_said",
    }
    unused = [
        key
        for key in british.sentences
        if key.removesuffix(".one").removesuffix(".other") not in named
        and key.split(".")[0] not in sections_by_label
        and not key.startswith(
            (
                "card.thanks_",
                "time.weekday_",
                "follow_up.task_",
                "survey.",
                "outlook.supervisor",
                "outlook.dissatisfied",
                "site.",
                "packs.mark_",
                "packs.done_",
            )
        )
    ]
    assert unused == []


def test_americans_read_american_and_others_british() -> None:
    assert words_for("en-US")("channel.email") == "Email"
    assert words_for("en-NZ")("channel.email") == "E-mail"
    assert words_for("en-US")("site.now") == words_for("en-GB")("site.now")


def test_american_words_only_replace_british_ones(british: Words) -> None:
    assert words_for("en-US").sentences.keys() == british.sentences.keys()


def test_one_and_several_are_told_apart(british: Words) -> None:
    assert british("now.live", count=1) == "1 live conversation"
    assert british("now.live", count=3) == "3 live conversations"


def test_a_sentence_that_is_not_there_is_an_error_and_never_an_empty_place(british: Words) -> None:
    with pytest.raises(KeyError):
        british("now.nothing_of_the_kind")


def test_no_text_shouts_or_says_oops(british: Words) -> None:
    for key in british.sentences:
        said = british.sentences[key]
        assert "!" not in said, key
        assert "oops" not in said.lower(), key
