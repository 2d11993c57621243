"""The sentences of a pack are found one by one and put in other words, and nothing else of the text changes."""

import pytest

from levelhead import packs
from levelhead.packs.checking import check
from levelhead.packs.sentences import reworded, sentences


def changed(name: str, path: tuple[str, ...], words: str) -> tuple[list[str], list[str]]:
    was, now = packs.text_of(name), reworded(name, packs.text_of(name), {path: words})
    return (
        [row for row in was.split("\n") if row not in now.split("\n")],
        [row for row in now.split("\n") if row not in was.split("\n")],
    )


@pytest.mark.parametrize("name", ["boundary.en-GB", "remedies.en-GB", "draft.en-GB", "complaints.fca", "note.en-US"])
def test_one_line_changes_and_its_comment_stays(name: str) -> None:
    one = sentences(name, packs.text_of(name))[3]
    gone, come = changed(name, one.path, f"{one.text} Now.")
    assert (len(gone), len(come)) == (1, 1)
    assert come[0] == gone[0].replace(one.text, f"{one.text} Now.")


def test_several_lines_stay_several_lines() -> None:
    gone, come = changed("follow_up.en-GB", ("survey", "text"), "Hello,\n\nhow was it?\n\n{link}\n")
    assert ("how was it?" in come, "Hello," in gone) == (True, False)


def test_the_same_words_change_nothing() -> None:
    text = packs.text_of("en-GB")
    one = sentences("en-GB", text)[-1]
    assert reworded("en-GB", text, {one.path: one.text}) == text


def test_a_sentence_says_where_it_stands_when_it_is_said_and_what_must_stay() -> None:
    known = {one.path: one for one in sentences("en-GB", packs.text_of("en-GB"))}
    one = known["phrases", "close", "listed_below", "say"]
    assert (one.section, one.entry) == ("phrases.close", "phrases.close.listed_below")
    assert one.about == {"for": "close_promise", "channel": "email"}
    told = {one.path: one for one in sentences("boundary.en-GB", packs.text_of("boundary.en-GB"))}
    assert told["letter", "review"].slots == ("ends", "review")
    drafts = {one.section for one in sentences("draft.en-GB", packs.text_of("draft.en-GB"))}
    assert {"rule.negative_language", "jargon"} <= drafts


def test_a_phrase_of_the_pack_underneath_is_brought_up_whole() -> None:
    path = ("phrases", "close", "listed_below", "say")
    words = "Every action is listed below with its date."
    gone, come = changed("en-US", path, words)
    assert gone == []
    assert come[0] == "[phrases.close]"
    made = check("en-US", reworded("en-US", packs.text_of("en-US"), {path: words}))
    assert words in {phrase.say for phrase in made.phrases}  # type: ignore[attr-defined]
