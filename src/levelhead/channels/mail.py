"""Mail out: hands a letter to an SMTP server, step by step, so that it is known how far it came.

Before the words are handed over a failure means that nothing left, and it can be tried again. From then on until the
server has answered, nobody can say; that is told, and never tried again by itself (RFC 5321, 4.5.5: a client that did
not see the answer would send a second copy).
"""

import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, parseaddr
from typing import Final

import structlog

from levelhead import __version__
from levelhead.casework.mail import Attempt, Came
from levelhead.live.letters import Letter
from levelhead.settings_mail import MailSettings, is_address

log = structlog.get_logger(__name__)

TIMEOUT_S: Final = 15.0
"""For each step; there are eight at most."""
_ACCEPTED: Final = 250
_FOR_GOOD: Final = 500
"""Replies from here on say that trying again would not help (RFC 5321, 4.2.1)."""


class MailServer:
    """The server of the settings. One connection a letter: a follow-up is rare, and a connection that is kept dies."""

    def __init__(
        self, settings: MailSettings, trusted: Callable[[], ssl.SSLContext] = ssl.create_default_context
    ) -> None:
        self._settings = settings
        self._trusted = trusted

    def __call__(self, letter: Letter) -> Attempt:
        """Bring it away. Whatever goes wrong is in the answer, in words that hold nothing of the letter."""
        if not is_address(letter.to) or not letter.to.isascii():
            return Attempt(Came.REFUSED, "what was given as an address is none that mail can go to")
        message = message_of(letter, self._settings)
        try:
            server = self._connected()
        except (OSError, smtplib.SMTPException) as error:
            return Attempt(Came.LATER, _trouble(error))
        try:
            return self._handed(server, letter, message)
        finally:
            _leave(server)

    def _connected(self) -> smtplib.SMTP:
        known = self._settings
        host, port = known.smtp_host or "", known.smtp_port
        if known.smtp_tls == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_S, context=self._trusted())
        else:
            server = smtplib.SMTP(host, port, timeout=TIMEOUT_S)
        try:
            if known.smtp_tls == "starttls":
                server.starttls(context=self._trusted())
            if known.smtp_user and known.smtp_password:
                server.login(known.smtp_user, known.smtp_password.get_secret_value())
        except (OSError, smtplib.SMTPException):
            _leave(server)
            raise
        return server

    def _handed(self, server: smtplib.SMTP, letter: Letter, message: EmailMessage) -> Attempt:
        try:
            server.ehlo_or_helo_if_needed()
            code, _ = server.mail(parseaddr(self._settings.mail_from)[1])
            if code != _ACCEPTED:
                # Of our own address: whoever runs this can mend it, so the letter waits.
                return Attempt(Came.LATER, f"the mail server does not take mail from our address ({code})")
            code, _ = server.rcpt(letter.to)
            if code >= _FOR_GOOD:
                return Attempt(Came.REFUSED, f"the mail server refuses the customer's address ({code})")
            if code >= _ACCEPTED + 100:
                return Attempt(Came.LATER, f"the mail server does not take mail for this address yet ({code})")
        except (OSError, smtplib.SMTPException) as error:
            return Attempt(Came.LATER, _trouble(error))
        return _words_handed(server, message)


def _words_handed(server: smtplib.SMTP, message: EmailMessage) -> Attempt:
    try:
        code, _ = server.data(message.as_bytes(policy=SMTP))
    except smtplib.SMTPDataError as refused:  # It did not even begin.
        return Attempt(Came.LATER, f"the mail server takes no mail now ({refused.smtp_code})")
    except (OSError, smtplib.SMTPException) as error:
        return Attempt(Came.UNKNOWN, f"{_trouble(error)} before it said whether it took the mail")
    if code == _ACCEPTED:
        return Attempt(Came.SENT)
    came = Came.REFUSED if code >= _FOR_GOOD else Came.LATER
    return Attempt(came, f"the mail server did not take the mail ({code})")


def message_of(letter: Letter, settings: MailSettings) -> EmailMessage:
    """The letter as mail programs know it; without a sender in the settings, as a draft for a person's own program."""
    message = EmailMessage(policy=SMTP)
    if settings.mail_from:
        message["From"] = settings.mail_from
        message["Message-ID"] = f"<{letter.name}@{parseaddr(settings.mail_from)[1].rpartition('@')[2]}>"
    if letter.to:
        message["To"] = letter.to
    if settings.mail_reply_to:
        message["Reply-To"] = settings.mail_reply_to
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = formatdate(localtime=False)
    message["X-Mailer"] = f"Levelhead/{__version__}"
    message.set_content(letter.text.strip() + "\n", cte="quoted-printable")
    return message


def mail_server_of(settings: MailSettings) -> MailServer | None:
    """The server that the settings name, or None."""
    return MailServer(settings) if settings.sends_mail else None


def _trouble(error: Exception) -> str:
    """What went wrong, without anything that the server said: it may repeat an address."""
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "the mail server offers no STARTTLS or no sign-in"
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"the mail server does not let us in ({error.smtp_code})"
    if isinstance(error, ssl.SSLError):
        return "the certificate of the mail server is not one that we trust"
    if isinstance(error, TimeoutError):
        return f"the mail server did not answer within {TIMEOUT_S:.0f} seconds"
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "the mail server hung up"
    return f"the mail server cannot be reached ({type(error).__name__})"


def _leave(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()
