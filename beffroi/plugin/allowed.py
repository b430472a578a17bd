"""Which machines a source may be asked of: those of the public network, and those allowed by name.

Whoever can name an address could else make Beffroi ask the machines behind the wall (server-side
request forgery, OWASP A10): the station itself, a printer, a cloud's metadata service.
"""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from beffroi.errors import BeffroiError
from beffroi.plugin.words import _

Address = IPv4Address | IPv6Address
_NAT64 = IPv6Network("64:ff9b::/96")
_UNROUTED = (IPv6Network("fec0::/10"), IPv6Network("3fff::/20"), IPv6Network("5f00::/16"))
"""Site-local (RFC 3879), documentation (RFC 9637), segment routing (RFC 9602): not all in Python."""


class Allowed:
    """The list that an administrator keeps: hosts (`sig.rie.gouv.fr`, `.rie.gouv.fr`) and networks.

    A host that is listed may be at any address; a listed network may be reached under any name.
    """

    def __init__(self, entries: Sequence[str] = ()) -> None:
        self._hosts = set[str]()
        self._networks = list[tuple[int, int, int]]()
        for entry in entries:
            self._add(entry.strip().lower().rstrip("."))

    def _add(self, entry: str) -> None:
        try:
            network = ip_network(entry, strict=False)
        except ValueError:
            if not _is_host(entry):
                raise BeffroiError(
                    _(
                        "«\u202f{entry}\u202f» n’est ni une machine ni un réseau\u00a0: écrivez par exemple "
                        "sig.exemple.fr, .exemple.fr ou 10.0.0.0/8."
                    ).format(entry=entry[:60])
                ) from None
            self._hosts.add(entry)
        else:
            self._networks.append(
                (network.version, int(network.network_address), int(network.broadcast_address))
            )

    def names(self, host: str) -> bool:
        """Whether the host itself is listed, or its domain."""
        host = host.lower().rstrip(".")
        parts = host.split(".")
        return host in self._hosts or any(
            "." + ".".join(parts[at:]) in self._hosts for at in range(1, len(parts))
        )

    def reaches(self, address: Address) -> bool:
        """Whether this address may be asked: public, or in a listed network.

        « 0.0.0.0 » and « :: » lead to this machine: listed, they may be listened at, never asked.
        """
        plain = _inner(address)
        return not (address.is_unspecified or plain.is_unspecified) and (
            is_public(address) or self.lists(address)
        )

    def lists(self, address: Address) -> bool:
        """Whether this very address lies in a listed network."""
        return any(
            version == plain.version and first <= int(plain) <= last
            for plain in {address, _inner(address)}
            for version, first, last in self._networks
        )


def is_public(address: Address) -> bool:
    """Whether an address is one of the public network, through whatever form it hides in."""
    plain = _inner(address)
    return (
        plain.is_global
        and not (plain.is_multicast or plain.is_reserved)
        and not any(plain in network for network in _UNROUTED)
    )


def _inner(address: Address) -> Address:
    """The IPv4 address inside a mapped, NAT64, 6to4 or Teredo one: packets end there."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address.sixtofour:
        return address.sixtofour
    if address.teredo:
        return address.teredo[1]
    if address in _NAT64 or int(address) >> 32 == 0:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def parsed(told: str) -> Address:
    """The address of what `getaddrinfo` told, without its zone."""
    return ip_address(told.partition("%")[0])


def _is_host(entry: str) -> bool:
    labels = entry.removeprefix(".").split(".")
    return bool(labels) and all(
        label and len(label) < 64 and label.replace("-", "a").replace("_", "a").isalnum()
        for label in labels
    )
