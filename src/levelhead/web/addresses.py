"""Where people reach this Levelhead: which host a request may ask for, and the address that a link is given."""

from urllib.parse import urlsplit

from fastapi import Request

from levelhead.web.workplace import workplace_of

_OF_THIS_MACHINE = ("localhost", "127.0.0.1")


def hosts_of(public_url: str | None) -> tuple[str, ...]:
    """The hosts that are answered: every one where nothing is set; this machine's own always, for its probes."""
    return (urlsplit(public_url).hostname or "", *_OF_THIS_MACHINE) if public_url else ("*",)


def link_to(request: Request, path: str) -> str:
    """The whole address of a page.

    Where `public_url` is set it begins with that, whatever host a caller names: a link is handed on to other people.
    """
    site = workplace_of(request).settings.public_url
    return f"{site}{path}" if site else str(request.base_url.replace(path=path))
