"""Who is here and who reads along: by signs of life, which end by themselves."""

from datetime import timedelta

from levelhead.live.presence import HERE_FOR, Presence, Room
from levelhead.storage.columns import new_id
from tests.clocks import NOON

SAM, UNA, OURS, THEIRS = new_id(), new_id(), new_id(), new_id()
LATER = NOON + HERE_FOR


def test_who_gives_no_sign_of_life_is_here_no_longer() -> None:
    presence = Presence()
    presence.beat(SAM, NOON)
    assert presence.here([SAM, UNA], LATER - timedelta(seconds=1)) == {SAM}
    assert presence.here([SAM, UNA], LATER) == frozenset()


def test_whoever_reads_along_is_new_once() -> None:
    presence = Presence()
    assert presence.reads(OURS, "kettle", SAM, NOON)
    assert not presence.reads(OURS, "kettle", SAM, NOON + HERE_FOR / 2)
    assert presence.readers(OURS, "kettle", LATER) == (SAM,)
    assert presence.readers(OURS, "kettle", LATER + HERE_FOR) == ()
    assert presence.reads(OURS, "kettle", SAM, LATER + HERE_FOR)


def test_conversations_of_the_same_name_at_two_organisations_are_two() -> None:
    presence = Presence()
    presence.reads(OURS, "kettle", SAM, NOON)
    assert presence.readers(THEIRS, "kettle", NOON) == ()


def test_what_is_over_is_not_kept() -> None:
    presence = Presence()
    presence.reads(OURS, "kettle", SAM, NOON)
    presence.reads(OURS, "toaster", UNA, LATER)
    assert set(presence._reads) == {(OURS, "toaster")}


def test_what_somebody_says_of_themselves_stands_until_they_say_otherwise() -> None:
    presence = Presence()
    assert presence.room(SAM) == Room(free=True, capacity=3, contact="")
    presence.say(SAM, free=False)
    assert presence.say(SAM, capacity=1) == presence.room(SAM) == Room(free=False, capacity=1)
