"""On which terms this server may be used."""

from __future__ import annotations

import ipaddress
import secrets
import socket
from dataclasses import dataclass

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""The names under which a machine reaches itself."""

TOKEN_BYTES = 24


@dataclass(frozen=True)
class Access:
    """Where the server listens, under which names it may be asked for, and what a client has to know."""

    host: str = "127.0.0.1"
    """The address it listens on."""
    token: str = ""
    """What every client must bring; empty: nothing, because only this machine can connect."""
    names: frozenset[str] = frozenset()
    """Further host names by which it may be asked for, such as a reverse proxy's."""

    @property
    def local(self) -> bool:
        """Whether only this machine can connect."""
        return is_loopback(self.host)

    def knows(self, name: str) -> bool:
        """Whether a request may name this host.

        A page that rebinds its own host name to this machine's address keeps naming that host: only names that
        are known to be this machine's are served. An address is no name that could be rebound, so that on other
        interfaces than loopback every address is fine.
        """
        name = name.lower().removesuffix(".")
        if name in LOOPBACK or name in self.names:
            return True
        return not self.local and (_is_address(name) or name in own_names())


def access(host: str, token: str | None = None, names: tuple[str, ...] = ()) -> Access:
    """The terms for an address: where others can connect, a token is required, and made if none is given."""
    if token is None:
        token = "" if is_loopback(host) else secrets.token_urlsafe(TOKEN_BYTES)
    return Access(host, token, frozenset(name.lower().strip("[]").removesuffix(".") for name in names))


def is_loopback(host: str) -> bool:
    """Whether an address to listen on can be reached from this machine alone."""
    if host.lower() == "localhost":
        return True
    return _is_address(host) and ipaddress.ip_address(host.strip("[]")).is_loopback


def own_names() -> frozenset[str]:
    """What this machine is called on its network."""
    name = socket.gethostname().lower().removesuffix(".")
    short = name.partition(".")[0]
    return frozenset({name, short, f"{short}.local"})


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
