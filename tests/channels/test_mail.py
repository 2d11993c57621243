"""Mail leaves by real SMTP: once, encrypted where it has to be, and what went wrong is said in words of nobody."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pydantic import SecretStr, ValidationError

from levelhead.casework.mail import Attempt, Came
from levelhead.channels.mail import MailServer, message_of
from levelhead.live.letters import Letter
from levelhead.settings import WrongSetting, load
from levelhead.settings_mail import MailSettings, is_address
from tests.mailing import PASSWORD, USER, Post, posting

LETTER = Letter("m-1", "doyle@example.org", "Is it all right now?", "Hello Mr Doyle,\n\ndid it work? Größe 4.\n")
FROM = "Kettles & Co <help@example.com>"


@pytest.fixture(scope="module")
def post() -> Iterator[Post]:
    with posting() as found:
        yield found


def settings(post: Post, **known: object) -> MailSettings:
    told = {"smtp_host": "127.0.0.1", "smtp_port": post.port, "smtp_tls": "none", "mail_from": FROM} | known
    return MailSettings(**told)  # type: ignore[arg-type]


def test_a_letter_arrives_as_it_was_written(post: Post) -> None:
    post.behave()
    assert MailServer(settings(post, mail_reply_to="case@example.com"))(LETTER) == Attempt(Came.SENT)
    (came,) = post.came
    assert post.to == ["doyle@example.org"]
    assert (came["From"], came["To"], came["Reply-To"]) == (
        FROM,
        "doyle@example.org",
        "case@example.com",
    )
    assert (came["Subject"], came["Message-ID"]) == ("Is it all right now?", "<m-1@example.com>")
    assert came.get_content().replace("\r\n", "\n") == LETTER.text


@pytest.mark.parametrize(
    ("manner", "came"),
    [
        ({"rcpt": "550 doyle@example.org unknown"}, Came.REFUSED),
        ({"rcpt": "451 greylisted"}, Came.LATER),
        ({"data": "554 spam"}, Came.REFUSED),
        ({"data": "452 full"}, Came.LATER),
        ({"hangs_up": True}, Came.UNKNOWN),
    ],
)
def test_what_did_not_arrive_says_whether_it_may_be_tried_again(post: Post, manner: dict[str, str], came: Came) -> None:
    post.behave(**manner)  # type: ignore[arg-type]
    attempt = MailServer(settings(post))(LETTER)
    assert attempt.came is came
    assert attempt.trouble
    assert not [words for words in ("doyle", "Doyle", "work") if words in attempt.trouble]


def test_where_no_server_is_it_waits() -> None:
    attempt = MailServer(settings(Post(port=9)))(LETTER)
    assert attempt == Attempt(Came.LATER, "the mail server cannot be reached (ConnectionRefusedError)")


def test_without_starttls_nothing_is_said_to_a_server_that_should_have_it(post: Post) -> None:
    post.behave()
    attempt = MailServer(settings(post, smtp_tls="starttls"))(LETTER)
    assert attempt == Attempt(Came.LATER, "the mail server offers no STARTTLS or no sign-in")
    assert post.came == []


def test_with_starttls_a_name_and_a_password_it_arrives_and_else_nothing_does(tmp_path: Path) -> None:
    served, trusted = certificate(tmp_path)
    with posting(served) as safe:
        known = settings(safe, smtp_tls="starttls", smtp_user=USER, smtp_password=SecretStr(PASSWORD))
        assert MailServer(known, lambda: trusted)(LETTER).came is Came.SENT
        assert MailServer(known)(LETTER).trouble == "the certificate of the mail server is not one that we trust"
        wrong = known.model_copy(update={"smtp_password": SecretStr("guessed")})
        assert MailServer(wrong, lambda: trusted)(LETTER).trouble == "the mail server does not let us in (535)"
        assert len(safe.came) == 1


@pytest.mark.parametrize("to", ["", "doyle", "doyle@", "a@b\r\nBcc: c@d", "a b@c.d", "größe@example.org", "a@b@c"])
def test_what_is_no_address_goes_nowhere(post: Post, to: str) -> None:
    post.behave()
    assert MailServer(settings(post))(Letter("m", to, "s", "t")).came is Came.REFUSED
    assert post.came == []


def test_a_subject_cannot_begin_another_header() -> None:
    message = message_of(Letter("m", "a@b.org", "Hi\r\nBcc: c@d.org", "t"), MailSettings())
    assert (message["Subject"], message["Bcc"], message["From"]) == ("Hi Bcc: c@d.org", None, None)


def test_a_letter_shows_nothing_of_itself() -> None:
    assert repr(LETTER) == "Letter(m-1)"
    assert is_address("doyle@example.org")


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"smtp_host": "mail.example.org"}, "mail_from: one address"),
        ({"smtp_host": "https://mail"}, "smtp_host: a name or an IPv4 address alone"),
        (
            {"smtp_host": "mail.example.org", "smtp_tls": "none", "mail_from": FROM},
            "smtp_tls: mail leaves this machine",
        ),
        ({"smtp_host": "m.org", "mail_from": FROM, "smtp_user": "u"}, "smtp_user: a name and a password go together"),
        ({"smtp_host": "m.org", "mail_from": "help"}, "mail_from: one address"),
    ],
)
def test_a_wrong_setting_is_named(given: dict[str, str], why: str) -> None:
    with pytest.raises(WrongSetting, match=why):
        load(**given)


def test_a_password_is_taken_from_the_environment_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "levelhead.toml"
    path.write_text('smtp_password = "hunter2"\n')
    monkeypatch.setenv("LEVELHEAD_CONFIG", str(path))
    with pytest.raises(WrongSetting, match="smtp_password is taken from the environment alone") as refused:
        load()
    assert "hunter2" not in str(refused.value)
    path.write_text(f'smtp_host = "mail.example.org"\nsmtp_user = "u"\nmail_from = "{FROM}"\n')
    monkeypatch.setenv("LEVELHEAD_SMTP_PASSWORD", "hunter2")
    settings = load()
    assert settings.sends_mail
    assert "hunter2" not in repr(settings)


def test_without_a_server_nothing_has_to_be_set() -> None:
    assert not MailSettings().sends_mail
    with pytest.raises(ValidationError):
        MailSettings(mail_reply_to="nobody")


def certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What a server on this machine shows, and what trusts it and nothing else."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(path)
    return served, ssl.create_default_context(cadata=made.public_bytes(serialization.Encoding.PEM).decode())
