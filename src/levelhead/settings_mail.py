"""What can be set of the mail that leaves: without a server there is none, and people send it by hand."""

from email.errors import MessageError
from email.headerregistry import Address
from email.utils import parseaddr
from ipaddress import ip_address
from typing import Final, Literal, Self

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings

ENV_ONLY: Final = frozenset({"smtp_password"})
"""What is taken from the environment alone: a settings file is read by more people than a process."""


class MailSettings(BaseSettings):
    """The server that brings mail away, and what it leaves in whose name."""

    smtp_host: str | None = Field(default=None, description="The mail server (smtp.example.org); none: no mail leaves.")
    smtp_port: int = Field(default=587, ge=1, le=65535, description="Its port.")
    smtp_tls: Literal["starttls", "tls", "none"] = Field(
        default="starttls",
        description="`starttls` (587), `tls` from the first byte (465), `none` within this machine.",
    )
    smtp_password: SecretStr | None = Field(default=None, description="The password there; from the environment alone.")
    smtp_user: str = Field(default="", description="The name that one signs in with there.", validate_default=True)
    mail_from: str = Field(
        default="", description="Whose name is on it: `Example Help <help@example.org>`.", validate_default=True
    )
    mail_reply_to: str = Field(default="", description="Where answers go, where that is another address.")

    @field_validator("smtp_host")
    @classmethod
    def _is_a_mail_host(cls, value: str | None) -> str | None:
        if value and ("/" in value or ":" in value or "@" in value or " " in value):
            raise ValueError("a name or an IPv4 address alone, such as smtp.example.org; the port has its own setting")
        return value or None

    @field_validator("smtp_tls")
    @classmethod
    def _leaves_encrypted(cls, value: str, info: ValidationInfo) -> str:
        if value == "none" and not _is_this_machine(info.data.get("smtp_host") or ""):
            raise ValueError("mail leaves this machine encrypted: use starttls or tls; none is for 127.0.0.1")
        return value

    @field_validator("smtp_user")
    @classmethod
    def _has_name_and_password(cls, value: str, info: ValidationInfo) -> str:
        if bool(value) != bool(info.data.get("smtp_password")):
            raise ValueError("a name and a password go together: set LEVELHEAD_SMTP_USER and LEVELHEAD_SMTP_PASSWORD")
        return value

    @field_validator("mail_from", "mail_reply_to")
    @classmethod
    def _is_a_mail_address(cls, value: str, info: ValidationInfo) -> str:
        if not value and (info.field_name == "mail_reply_to" or not info.data.get("smtp_host")):
            return value
        if not is_address(parseaddr(value)[1]):
            raise ValueError("one address, such as Example Help <help@example.org>")
        return value

    @property
    def sends_mail(self: Self) -> bool:
        """Whether there is a server that brings mail away."""
        return self.smtp_host is not None


def is_address(written: str) -> bool:
    """Whether mail could go there: one name, one @, a host; nothing that could begin another header."""
    name, _, host = written.rpartition("@")
    if not name or not host or not written.isprintable() or any(sign.isspace() for sign in written):
        return False
    try:
        return Address(addr_spec=written).addr_spec == written
    except (ValueError, IndexError, MessageError):  # What the library raises for half an address differs.
        return False


def _is_this_machine(host: str) -> bool:
    try:
        return host in ("", "localhost") or ip_address(host).is_loopback
    except ValueError:
        return False
