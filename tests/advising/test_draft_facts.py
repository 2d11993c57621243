"""Whatever is typed, the rewrite says every fact of the draft and none that is new."""

from hypothesis import given, settings
from hypothesis import strategies as st

from levelhead.advising.draft_facts import GAP, fact_tokens
from levelhead.advising.draft_text import DraftText
from levelhead.conversation import FactKind, Timeline
from tests.advising.drafting import WORDING, check, said

FACTS = (
    "£42.50", "$1,200", "48213", "HB-30917", "3 May", "Friday", "5 pm", "17:30", "tomorrow", "Anna", "Mr Doyle",
    "https://help.example/refund", "agent@shop.example", "two", "48 hours", "22/08", "Leeds", "@maya_o", "LS6 2AB",
)  # fmt: skip
FRAMES = (
    "Your refund of {} is not in your account yet", "Please reply to {}", "I spoke to {} about it", "It was {}",
    "because of {} we are late", "the engineer comes on {}", "and {}", "{}", "so {} is what I have",
)  # fmt: skip
FAULTY = tuple(draft for rule in WORDING.rules for draft in (*rule.caught, *(pair.draft for pair in rule.examples)))
JARGON = frozenset(WORDING.jargon.plain)

facts = st.builds(str.format, st.sampled_from(FRAMES), st.sampled_from(FACTS))
pieces = st.one_of(st.sampled_from(FAULTY), facts)
joins = st.sampled_from((". ", ", ", " ", " but ", "\n\n", "! ", " - ", " and "))
joined = st.lists(st.tuples(pieces, joins), min_size=1, max_size=6).map(lambda parts: "".join(map("".join, parts)))
drafts = joined.map(str.strip)
conversations = st.sampled_from(
    [(), said("My parcel hasn't arrived, order 48213.", upset=True, facts={"48213": FactKind.ORDER_NUMBER})]
)


def tokens(text: str) -> set[str]:
    return {token.word for token in fact_tokens(DraftText.of(text), JARGON)}


@settings(max_examples=400, deadline=None)
@given(drafts, conversations)
def test_no_fact_is_lost_and_none_is_invented(draft: str, so_far: Timeline) -> None:
    rewrite = check(draft, so_far).rewrite
    if rewrite is None:
        return
    spoken = rewrite.lower()
    assert [word for word in tokens(draft) if word not in spoken] == []
    known = {"48213", "maya", "osei"} if so_far else set()
    assert [word for word in tokens(rewrite) - known if word not in draft.lower()] == []


@settings(max_examples=300, deadline=None)
@given(drafts, conversations)
def test_a_rewrite_reads_cleanly(draft: str, so_far: Timeline) -> None:
    rewrite = check(draft, so_far).rewrite
    if rewrite is None:
        return
    assert rewrite == rewrite.strip()
    assert rewrite.count("  ") <= draft.count("  ")
    for ugly in (" ,", " .", ",,", ",.", "{", "}"):
        assert rewrite.count(ugly) <= draft.count(ugly), ugly


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_checked(text: str) -> None:
    for finding in check(text).findings:
        assert finding.span is None or text[finding.span.start : finding.span.end] == finding.words


def test_gaps_are_no_facts() -> None:
    assert fact_tokens(DraftText.of("Anna rings by [day and time on 3 May]."))[0:] == ()
    assert GAP.search("[name] will call") is not None
