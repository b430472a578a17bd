"""How many requests one source may send: a burst, then so many a second."""

import ipaddress
from collections import OrderedDict
from collections.abc import Callable
from time import monotonic

MAX_SOURCES = 20_000
_OF_ONE_HOUSE = 64
"""Bits of an IPv6 address that name a network: one machine may take any address within it."""


def neighbourhood(address: str) -> str:
    """What counts as one source: an IPv4 address, the network of an IPv6 one."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(found, ipaddress.IPv6Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((int(found), _OF_ONE_HOUSE), strict=False))


class Rates:
    """A bucket of tokens for each source; the sources heard least recently are forgotten."""

    def __init__(
        self, per_second: float, burst: float, now: Callable[[], float] = monotonic
    ) -> None:
        self._per_second = per_second
        self._burst = burst
        self._now = now
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait_s(self, source: str) -> float:
        """0 when `source` may send now, else the seconds to wait."""
        now = self._now()
        tokens, at = self._left.pop(source, (self._burst, now))
        tokens = min(self._burst, tokens + (now - at) * self._per_second)
        served = tokens >= 1
        self._left[source] = (tokens - 1 if served else tokens, now)
        if len(self._left) > MAX_SOURCES:
            self._left.popitem(last=False)
        return 0.0 if served else (1 - tokens) / self._per_second
