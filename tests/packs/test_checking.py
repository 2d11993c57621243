"""An edited pack is read by the desk's own parsers; a slip is named with its line, its place and its mend."""

import re
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from levelhead import packs
from levelhead.packs.checking import LONGEST, NotUsable, check
from levelhead.packs.kinds import PARSERS, PackKind, kind_of, names, part_of
from levelhead.packs.lines import line_of, paths_of

BOUNDARY, REMEDIES, TELECOMS, DRAFT = "boundary.en-GB", "remedies.en-GB", "complaints.uk-telecoms", "draft.en-GB"


SLIPS = ("", "x = 1", "[say]", "[letters]\nx = {", "told = 'x'", "name = 7", "a.b = 2", 'version = "{"', "[[say]]")


def slip_in(name: str, text: str) -> NotUsable | None:
    try:
        check(name, text)
    except NotUsable as slip:
        return slip
    return None


def refused(name: str, text: str) -> NotUsable:
    slip = slip_in(name, text)
    assert slip is not None
    return slip


def edited(name: str, was: str, now: str) -> str:
    text = packs.text_of(name)
    assert was in text, was
    return text.replace(was, now, 1)


def line(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


@pytest.mark.parametrize("name", names())
def test_every_pack_that_comes_with_levelhead_passes(name: str) -> None:
    assert check(name, packs.text_of(name)) is not None


def test_every_kind_has_a_parser_and_every_file_a_kind() -> None:
    assert set(PARSERS) == set(PackKind)
    assert {kind_of(name) for name in names()} == set(PackKind)
    assert set(names()) == set(packs.names()), "a pack that nobody could edit"
    assert (part_of("en-US"), part_of(REMEDIES), part_of("helplines")) == ("en-US", "en-GB", "")


def test_what_is_no_toml_is_named_by_its_line() -> None:
    text = edited(BOUNDARY, "[say.naming]", "[say.naming")
    slip = refused(BOUNDARY, text)
    assert slip.line == line(text, "[say.naming")
    assert str(slip).startswith(f"line {slip.line}: this is not TOML (")


def test_an_unknown_key_is_named_with_the_one_that_was_meant() -> None:
    text = edited(BOUNDARY, "calm_turns = 3", "calm_turn = 3")
    slip = refused(BOUNDARY, text)
    assert (slip.where, slip.line) == ("limits.calm_turns", line(text, "[limits]")), "shown where it belongs"
    assert slip.mend == "write it for 'calm_turn'"
    text = edited(BOUNDARY, "calm_turns = 3 ", "calm_turns = 3\ncalm_turn = 3 ")
    assert "did you mean 'calm_turns'?" in str(refused(BOUNDARY, text))


def test_a_letter_keeps_its_parts_and_a_sentence_its_placeholders() -> None:
    text = edited(BOUNDARY, "{appeal_to}", "us")
    slip = refused(BOUNDARY, text)
    assert (slip.where, slip.wrong) == ("letter.appeal", "{appeal_to} is missing")
    assert slip.line == line(text, "appeal = ")
    slip = refused(REMEDIES, re.sub(r"\{amount\}", "some money", packs.text_of(REMEDIES), count=1))
    assert "{amount} is missing" in slip.wrong
    assert slip.line


def test_a_limit_by_law_keeps_its_source_and_its_day() -> None:
    text = packs.text_of(TELECOMS)
    source = next(row for row in text.split("\n") if row.startswith("source ="))
    assert refused(TELECOMS, text.replace(source, "", 1)).where.endswith(".source")
    since = next(row for row in text.split("\n") if row.startswith("valid_from ="))
    slip = refused(TELECOMS, text.replace(since, 'valid_from = "lately"', 1))
    assert "is not a day" in slip.wrong


def test_a_pack_cannot_become_another_one() -> None:
    assert refused(BOUNDARY, packs.text_of("boundary.en-US")).where == "locale"
    assert refused(TELECOMS, packs.text_of("complaints.fca")).where == "name"


def test_the_version_stays_a_word_so_that_advices_can_name_it() -> None:
    assert refused("help.en-GB", edited("help.en-GB", 'version = "2026.1"', 'version = "ours / 2"')).where == "version"


def test_no_edition_has_less_care_for_a_person() -> None:
    was = "[rules.someone_missing]\n"
    text = edited("en-GB", f'{was}way = "safety"', f'{was}way = "step"')
    assert refused("en-GB", text).where == "rules.someone_missing"
    low = re.search(r"clear_danger = ([\d.]+)", packs.text_of("en-GB"))
    assert low
    assert refused("en-GB", edited("en-GB", low[0], "clear_danger = 0.99")).where == "thresholds.clear_danger"


def test_of_the_draft_check_only_the_words_can_be_changed() -> None:
    reason = "It opens with what you can't do; open with what you can."
    check(DRAFT, edited(DRAFT, reason, "Begin with what you can do."))
    pattern = next(row for row in packs.text_of(DRAFT).split("\n") if row.startswith("find = "))
    slip = refused(DRAFT, edited(DRAFT, pattern, "find = '''(a+)+$'''"))
    assert "comes with Levelhead" in slip.wrong
    assert slip.line
    assert "{who}" in refused(DRAFT, edited(DRAFT, "what {who} can do{today} is", "what we can do{today} is")).mend


def test_a_text_without_end_is_not_read() -> None:
    assert "characters" in refused(BOUNDARY, "#" * (LONGEST + 1)).wrong


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([BOUNDARY, TELECOMS, "help.en-GB", "notices.en-GB", "helplines", "note.en-GB"]), st.data())
def test_whatever_is_written_is_taken_or_refused_with_a_mend(name: str, data: st.DataObject) -> None:
    lines = packs.text_of(name).split("\n")
    place = data.draw(st.integers(0, len(lines) - 1))
    lines[place] = data.draw(st.sampled_from(SLIPS))
    text = "\n".join(lines)
    slip = slip_in(name, text)
    assert slip is None or slip.mend
    assert slip is None or slip.line is None or 1 <= slip.line <= text.count("\n") + 1


def test_lines_are_found_through_tables_inline_tables_and_long_texts() -> None:
    text = "a = 1\n[b]\nc = '''\nfake = 2\n'''\nd = { e = 3 }\n[[rows]]\nf = 4\n"
    assert tomllib.loads(text)["b"]["d"] == {"e": 3}
    places = ("a", "b.c", "b.d.e", "b.none", "rows.f", "none")
    assert [line_of(text, where) for where in places] == [
        1,
        3,
        6,
        2,
        8,
        None,
    ]
    assert paths_of(text)[:6] == ("a", "b", "b.c", "b.c", "b.c", "b.d")
