from benchmarks._mails import WORDS, long_mails
from benchmarks._timing import summary, timed
from levelhead.conversation import Channel, Speaker, Turn


def _mail(speaker: Speaker, text: str, channel: Channel = Channel.EMAIL) -> Turn:
    return Turn("late-refund", 3, speaker, text, channel)


def test_every_long_mail_has_three_hundred_words_of_one_side() -> None:
    amira, doyle = (_mail(Speaker.AGENT, "we " * 70), _mail(Speaker.CUSTOMER, "I " * 200))
    mails = list(long_mails([amira, doyle, amira]))
    assert [mail.speaker for mail in mails] == [Speaker.CUSTOMER, Speaker.AGENT, Speaker.AGENT]
    assert all(len(mail.text.split()) == WORDS for mail in mails)
    assert set(mails[0].text.split()) == {"I"}


def test_a_longer_mail_is_cut_and_other_channels_make_none() -> None:
    long, chat = _mail(Speaker.AGENT, "word " * 400), _mail(Speaker.AGENT, "hello", Channel.CHAT)
    (mail,) = long_mails([chat, long])
    assert mail.text.split() == ["word"] * WORDS


def test_the_results_are_those_of_the_first_go_and_the_least_is_never_more_than_the_first() -> None:
    calls: list[str] = []

    def call(one: str) -> int:
        calls.append(one)
        return len(calls)

    took = timed(["a", "b"], call, goes=2)
    assert calls == ["a", "b"] * 3
    assert took.results == (3, 4)
    assert all(least <= first for least, first in zip(took.least, took.first, strict=True))


def test_a_summary_is_in_milliseconds() -> None:
    assert summary([0.002] * 10) == {"p50": 2.0, "p95": 2.0, "p99": 2.0}
