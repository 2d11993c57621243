"""A real OpenID provider in a process of its own, for signing in elsewhere."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote

import httpx

_RUN = (
    "import warnings; warnings.simplefilter('ignore'); import oidc_provider_mock as provider;"
    "running = provider.run_server_in_thread(require_nonce=True);"
    "print(running.__enter__().server_port, flush=True); input()"
)


@dataclass(frozen=True, slots=True)
class Provider:
    """The provider at this address."""

    url: str

    def knows(self, subject: str, claims: Mapping[str, object]) -> None:
        """Have somebody at the provider, with these claims."""
        httpx.put(f"{self.url}/users/{quote(subject)}", json=dict(claims), timeout=60).raise_for_status()

    def agrees(self, address: str, subject: str) -> str:
        """Sign in there as this person; the address to which the provider sends the browser back."""
        answer = httpx.post(address, data={"sub": subject}, timeout=60)
        return str(answer.headers["location"])

    def declines(self, address: str) -> str:
        """Say no there."""
        answer = httpx.post(address, data={"action": "deny"}, timeout=60)
        return str(answer.headers["location"])


@contextmanager
def provider() -> Iterator[Provider]:
    """The provider, until the block ends."""
    known = {name: value for name, value in os.environ.items() if "PROXY" not in name.upper()}
    with subprocess.Popen(
        [sys.executable, "-c", _RUN], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=known
    ) as running:
        assert running.stdout is not None
        assert running.stdin is not None
        try:
            yield Provider(f"http://localhost:{int(running.stdout.readline())}")
        finally:
            running.kill()
