"""A plan in words: one quiet line, what to say when, what the customer is told; and packs that would leave a gap."""

import re
from datetime import UTC, datetime, time, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest

from levelhead import packs
from levelhead.advising.table import PackError
from levelhead.casework.arrangement import Incomplete
from levelhead.casework.brief import LineKind, brief_of
from levelhead.casework.item import Item, Kind
from levelhead.casework.plan import PlanState
from levelhead.casework.plan_pack import Moment, Part, parse_plans
from levelhead.casework.plan_times import Window
from levelhead.casework.plan_words import draft_of, is_time, letter_of, line_of, says_of, says_while_away
from levelhead.casework.profile import EMPTY
from levelhead.conversation import Channel
from tests.casework.planning import HANA, NOW, SAM, TUESDAYS, plan

LOCALES = ("en-GB", "en-US", "de", "es")
BRITISH = packs.plans("en-GB")
LONDON = ZoneInfo("Europe/London")
UNKIND = re.compile(r"\b(must|abus\w+|unacceptable|restrict\w*|not allowed)\b|!", re.IGNORECASE)


def text(locale: str) -> str:
    return files(packs).joinpath(f"plans.{locale}.toml").read_text("utf-8")


def test_it_is_said_in_one_line_with_the_year_only_where_it_is_another() -> None:
    ends = datetime(2025, 12, 3, tzinfo=LONDON)
    assert line_of(plan(expires_at=ends), BRITISH, NOW) == (
        "One contact: Hana Weber, calls, Tuesdays 10:00 to 12:00 until 3 December"
    )
    assert line_of(plan(expires_at=ends), BRITISH, NOW - timedelta(days=100)).endswith("until 3 December 2025")
    american = line_of(plan(expires_at=ends), packs.plans("en-US"), NOW)
    assert american == "One contact: Hana Weber, calls, Tuesdays 10:00 AM to 12:00 PM until December 3"


def test_days_with_the_same_hours_are_said_in_one_breath() -> None:
    friday, late = Window(4, time(10), time(12)), Window(3, time(16), time(17, 30))
    line = line_of(plan(times=(late, friday, TUESDAYS)), BRITISH, NOW)
    assert "Tuesdays and Fridays 10:00 to 12:00 and Thursdays 16:00 to 17:30" in line


@pytest.mark.parametrize("month", [1, 7])
def test_the_agreed_times_are_on_the_clock_of_the_house_in_winter_and_in_summer(month: int) -> None:
    tuesday = datetime(2025, month, 7 if month == 1 else 8, tzinfo=LONDON)
    moments = {hour: is_time(plan(), tuesday.replace(hour=hour).astimezone(UTC), LONDON) for hour in (9, 10, 11, 12)}
    assert moments == {9: False, 10: True, 11: True, 12: False}
    assert not is_time(plan(), (tuesday + timedelta(days=1)).replace(hour=10), LONDON)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_locale_has_kind_words_for_every_channel_and_says_everything(locale: str) -> None:
    pack = packs.plans(locale)
    assert pack.locale == locale
    told = letter_of(plan(approved=SAM), pack, "Mr Doyle", NOW).paragraphs
    said = [says_of(plan(), pack, channel, moment) for channel in Channel for moment in Moment]
    said += [says_while_away(plan(), pack, "Ben Ortiz"), says_while_away(plan(), pack, "")]
    assert [one for one in (*told, *said) if UNKIND.search(one) or "{" in one] == []
    assert all("Hana Weber" in one for one in said)
    whole = " ".join(told)
    assert all(one in whole for one in ("Mr Doyle", "Hana Weber", "2025", "Sam Okafor", "tell any of us"))


def test_nobody_is_told_before_somebody_has_agreed_or_after_it_is_over() -> None:
    with pytest.raises(Incomplete, match="Nobody has agreed"):
        letter_of(plan(), BRITISH, "Mr Doyle", NOW)
    with pytest.raises(Incomplete, match="over by now"):
        letter_of(plan(approved=SAM), BRITISH, "Mr Doyle", NOW + timedelta(days=91))


def test_own_words_stay_as_they_are_as_long_as_they_leave_nothing_out() -> None:
    own = ("Hana Weber is there for you until 4 June 2025.", "Ring 020 7946 0000 or tell any of us.")
    assert draft_of(plan(words=own), BRITISH, "") == own
    with pytest.raises(Incomplete, match="leaves out “4 June 2025”"):
        draft_of(plan(words=("Hana Weber. Ring 020 7946 0000 or tell any of us.",)), BRITISH, "")


@pytest.mark.parametrize("part", [part for part in Part if part is not Part.URGENT])
def test_a_pack_whose_letter_leaves_something_out_is_refused(part: Part) -> None:
    silent = re.sub(rf"(?m)^{part} = .*$", f'{part} = "To whom it may concern."', text("en-GB"))
    with pytest.raises(PackError, match=rf"letter\.{part}: .* is missing"):
        parse_plans(silent)


def test_a_pack_that_leaves_out_a_channel_is_refused() -> None:
    for table in ("line.channels", "say.now", "say.later", "letter.by"):
        head, tail = text("en-GB").split(f"[{table}]")
        with pytest.raises(PackError, match=rf"{table}\.voice"):
            parse_plans(f"{head}[{table}]{tail.replace('voice =', 'phone =', 1)}")


def test_the_brief_says_it_while_it_holds_and_not_a_moment_longer() -> None:
    item: Item[object] = Item(
        HANA, Kind.PLAN, "k", PlanState.IN_FORCE, HANA, None, None, HANA, None, NOW, NOW, plan()
    )  # fmt: skip
    (line,) = brief_of(EMPTY, (), (item,), NOW).lines
    assert (line.kind, line.words, line.source.item) == (LineKind.PLAN, "Hana Weber", HANA)
    assert brief_of(EMPTY, (), (item,), plan().expires_at).lines == ()
