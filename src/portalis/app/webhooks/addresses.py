"""Where a message may go: never into the network that the service itself stands in.

A name is resolved once, all its addresses are looked at, and the connection is made to one of
those: a name that means something else a moment later (DNS rebinding) does not matter.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final

import httpx

MAX_URL: Final = 2_000
_NAT64: Final = IPv6Network("64:ff9b::/96")

# The addresses of a name, as text. Raises OSError.
Resolve = Callable[[str, int], Awaitable[list[str]]]


class RefusedError(Exception):
    """Nothing is sent there; the text is for the tenant."""


async def resolve(host: str, port: int) -> list[str]:
    """By the system's resolver, in its order."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def parse(url: str, *, allow_private: bool) -> httpx.URL:
    """The URL, if messages may go to one of its form. Raises RefusedError."""
    try:
        found = httpx.URL(url)
    except (httpx.InvalidURL, TypeError, ValueError) as error:
        raise RefusedError(f"no URL: {error}") from error
    schemes = ("https", "http") if allow_private else ("https",)
    if found.scheme not in schemes or not found.host:
        raise RefusedError(f"a URL of a webhook begins with {' or '.join(schemes)}://HOST")
    if found.port is not None and not 0 < found.port < 65_536:
        raise RefusedError("no port has this number")
    if found.userinfo or found.fragment or len(url) > MAX_URL or not url.isprintable():
        raise RefusedError(f"at most {MAX_URL} characters, without a password or a fragment")
    return found


async def addresses(
    url: httpx.URL, *, allow_private: bool, resolver: Resolve = resolve
) -> list[str]:
    """What to connect to. Raises RefusedError where one of the addresses is not public, or
    there is none."""
    host = url.raw_host.decode("ascii")
    try:
        found = await resolver(host, url.port or (443 if url.scheme == "https" else 80))
    except (OSError, UnicodeError) as error:
        raise RefusedError(f"{host} has no address: {error}") from error
    if not found:
        raise RefusedError(f"{host} has no address")
    if not allow_private and not all(is_public(address) for address in found):
        raise RefusedError(f"{host} is not a public address")
    return found


def is_public(address: str) -> bool:
    """Whether it is an address of the internet at large, and of one machine."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    inner = _carried(found) if isinstance(found, IPv6Address) else None
    if inner is not None:
        return is_public(str(inner))
    return found.is_global and not found.is_multicast and not found.is_reserved


def _carried(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that packets to this one end up at, if it carries one."""
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    if address.teredo is not None:
        return address.teredo[1]
    return address.ipv4_mapped or address.sixtofour
