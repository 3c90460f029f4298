"""Where a webhook may go: an address is looked at before anything connects to it, however it is written.

Names are resolved once; every address that comes out is judged, and the connection is made to one of those that
were judged, so that a name which resolves to something else a moment later (DNS rebinding) changes nothing. An
IPv6 address that carries an IPv4 one (mapped, compatible, translated, NAT64, 6to4, Teredo) is judged as that one.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Iterable[str]]

_PRIVATE = tuple(
    ip_network(network)
    for network in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "100.64.0.0/10", "::1", "fc00::/7")
)
# Where clouds hand out credentials to whoever asks, and where nobody's newsroom is.
_NEVER = tuple(
    ip_network(network)
    for network in ("100.100.100.200", "168.63.129.16", "192.0.0.0/24", "192.88.99.0/24", "fd00:ec2::254")
)
_UNICAST = IPv6Network("2000::/3")
_IPV4_AT_THE_END = tuple(
    IPv6Network(network) for network in ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48")
)


class AddressRefusedError(Exception):
    """Nothing is sent there; the message says why, without the address's path or query."""


class NameUnknownError(AddressRefusedError):
    """The name does not resolve now; it may later."""


class Network(StrEnum):
    """Whose network an address is on."""

    PUBLIC = "public"
    PRIVATE = "private"  # a newsroom's own: refused unless it is allowed
    FORBIDDEN = "forbidden"  # link-local, metadata, multicast, reserved: refused always


@dataclass(frozen=True, slots=True)
class Target:
    """A judged place to post to: connect to one of ``addresses``, for the name ``host``, and ask for ``path``."""

    host: str
    port: int
    secure: bool
    path: str
    addresses: tuple[str, ...]

    @property
    def authority(self) -> str:
        """The value of the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.secure else 80) else f"{host}:{self.port}"


def judge(address: Address) -> Network:
    """Whose network *address* is on.

    >>> judge(ip_address("8.8.8.8")), judge(ip_address("::ffff:10.0.0.7")), judge(ip_address("169.254.169.254"))
    (<Network.PUBLIC: 'public'>, <Network.PRIVATE: 'private'>, <Network.FORBIDDEN: 'forbidden'>)
    """
    seen = _unwrap(address)
    if any(seen in network for network in _NEVER):
        return Network.FORBIDDEN
    if any(seen in network for network in _PRIVATE):
        return Network.PRIVATE
    unicast = seen in _UNICAST if isinstance(seen, IPv6Address) else not (seen.is_multicast or seen.is_reserved)
    return Network.PUBLIC if unicast and seen.is_global else Network.FORBIDDEN


def _unwrap(address: Address) -> Address:
    """The IPv4 address that an IPv6 address carries, else the address itself."""
    if isinstance(address, IPv4Address) or address.is_loopback:
        return address
    if any(address in network for network in _IPV4_AT_THE_END) and not address.is_unspecified:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.sixtofour or (address.teredo[1] if address.teredo else address)


def resolve(host: str, port: int) -> list[str]:
    """The addresses of *host* as the system's resolver gives them; it also reads "2130706433" and "0x7f.1"."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def find_target(url: str, *, allow_private: bool, resolve: Resolve = resolve) -> Target:
    """Where a post to *url* goes.

    :raises AddressRefusedError: when nothing may be sent there; a ``NameUnknownError`` when its name does not resolve.
    """
    host, port, secure, path = _split(url)
    try:
        found = [ip_address(address) for address in resolve(host, port)]
    except (OSError, ValueError, UnicodeError):  # the resolver's and the IDNA codec's ways of knowing no such name
        raise NameUnknownError("The name does not resolve.") from None
    if not found:
        raise NameUnknownError("The name does not resolve.")
    networks = {judge(address) for address in found}
    if Network.FORBIDDEN in networks or (Network.PRIVATE in networks and not allow_private):
        raise AddressRefusedError("The address is not on a public network (WEBHOOK_ALLOW_PRIVATE).")
    if not secure and networks != {Network.PRIVATE}:
        raise AddressRefusedError("An address on a public network must be https.")
    return Target(host, port, secure, path, tuple(str(address) for address in found))


def _split(url: str) -> tuple[str, int, bool, str]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise AddressRefusedError("Not an http or https address.") from None
    if parts.scheme not in {"http", "https"} or not host or port == 0:
        raise AddressRefusedError("Not an http or https address.")
    if parts.username is not None or parts.password is not None:
        raise AddressRefusedError("The address must not hold a user name or a password.")
    if not url.isascii() or any(ord(char) <= 32 or ord(char) == 127 for char in url):
        raise AddressRefusedError("The address holds blanks, control characters or characters beyond ASCII.")
    secure = parts.scheme == "https"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return host, port or (443 if secure else 80), secure, path
