"""The help pack: complete for every channel, and refused by name where it is not."""

import pytest

from levelhead import packs
from levelhead.advising.table import PackError
from levelhead.casework.handover import Why
from levelhead.casework.help_pack import parse_help
from levelhead.conversation import Channel

TEXT = packs.text_of("help.en-GB")


@pytest.mark.parametrize("locale", ["en-GB", "en-US"])
def test_every_channel_and_reason_has_its_sentence(locale: str) -> None:
    pack = packs.help_pack(locale)
    assert pack.locale == locale
    for channel in Channel:
        for why in Why:
            plain, full = pack.sentence(channel, "Sam", why), pack.sentence(channel, "Sam", why, "020 7946 0000")
            assert "Sam" in plain
            assert pack.why[why] in plain
            assert "020 7946 0000" in full
            assert "{" not in plain + full


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("voice = 3\n", "", "limits.voice: this key is missing"),
        ("voice = 3", "voice = 0", "limits.voice: 0 does not fit"),
        ("forecast = 0.4", "forecast = 4", "weighing.forecast: 4 does not fit"),
        ('decides = "who can decide this"\n', "", "why.decides: this key is missing"),
        ("I'm bringing in {to}, {why}. {to} knows", "I'm bringing in {to}. {to} knows", "say.voice.plain: it names"),
        ("version =", "versoin =", "version: this key is missing"),
        ("[limits]", "[limits]\nfax = 3", "'fax' is not a known key"),
        ("[why]", "[why", "is not TOML"),
    ],
)
def test_a_pack_that_lacks_something_is_refused_with_the_place(was: str, now: str, told: str) -> None:
    assert was in TEXT
    with pytest.raises(PackError, match=told.replace("[", r"\[")):
        parse_help(TEXT.replace(was, now, 1))
