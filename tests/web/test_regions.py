"""A page that has missed something is given exactly what it needs to be whole again."""

from levelhead.web.regions import Regions

FIRST = Regions({"card": "one"}, ("<li>a</li>", "<li>b</li>"))


def test_only_what_has_changed_is_sent() -> None:
    later = Regions({"card": "two"}, FIRST.turns)
    assert later.since(FIRST) == '<hx-partial hx-target="#card" hx-swap="innerMorph">two</hx-partial>'


def test_a_new_turn_is_put_at_the_end() -> None:
    later = Regions(FIRST.whole, (*FIRST.turns, "<li>c</li>"))
    assert later.since(FIRST) == '<hx-partial hx-target="#turns" hx-swap="beforeend"><li>c</li></hx-partial>'


def test_a_late_turn_has_all_turns_sent_in_their_order() -> None:
    later = Regions(FIRST.whole, ("<li>a</li>", "<li>late</li>", "<li>b</li>"))
    assert 'hx-swap="innerMorph"><li>a</li><li>late</li><li>b</li>' in later.since(FIRST)


def test_a_page_of_unknown_state_is_sent_everything() -> None:
    assert FIRST.since(None).count("<hx-partial") == 2


def test_nothing_new_is_nothing_sent() -> None:
    assert FIRST.since(FIRST) == ""
    assert FIRST.version == Regions({"card": "one"}, FIRST.turns).version
    assert FIRST.version != Regions({"card": "one"}, ("<li>a</li><li>b</li>",)).version
