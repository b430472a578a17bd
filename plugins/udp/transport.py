"""Datagrams: udp://239.2.3.1:6969 joins a multicast group, udp://127.0.0.1:4001 just listens."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator
from ipaddress import ip_address

from typing_extensions import override

from beffroi.plugin import Call, Fetched, Unreachable
from beffroi.plugin.address import taken_apart
from beffroi.plugin.words import _

STREAM = True
MAX_WAITING = 2_000
"""Datagrams that wait to be read: beyond, the oldest are lost, as UDP allows."""
_ROOM = 4 * 1024 * 1024


async def deliveries(call: Call) -> AsyncIterator[Fetched]:
    """Each datagram is a delivery.

    Options: `interface` is the local address of the network on which to join the group.

    Raises:
        Unreachable: no such group, the port cannot be had, or may not be.
    """
    group, port = _checked(call.address)
    call.door.listen(group)
    ears = _Ears()
    loop = asyncio.get_running_loop()
    try:
        link, _protocol = await loop.create_datagram_endpoint(
            lambda: ears, sock=_opened(group, port, str(call.options.get("interface", "")))
        )
    except OSError as error:
        raise Unreachable(
            _(
                "Le port UDP {port} ne peut pas être écouté sur ce poste\u00a0: choisissez-en un autre."
            ).format(port=port)
        ) from error
    try:
        while True:
            yield Fetched(data=await ears.heard.get(), name="datagram")
    finally:
        link.close()


class _Ears(asyncio.DatagramProtocol):
    def __init__(self) -> None:
        self.heard: asyncio.Queue[bytes] = asyncio.Queue(MAX_WAITING)

    @override
    def datagram_received(self, data: bytes, addr: object) -> None:
        if self.heard.full():
            self.heard.get_nowait()
        self.heard.put_nowait(data)


def _checked(address: str) -> tuple[str, int]:
    parts, port = taken_apart(address)
    try:
        group = str(ip_address(parts.hostname or ""))
    except ValueError:
        group = ""
    if parts.scheme != "udp" or not group or not port:
        raise Unreachable(
            _("Ce n’est pas l’adresse d’un flux UDP\u00a0: écrivez udp://239.2.3.1:6969.")
        )
    return group, port


def _opened(group: str, port: int, interface: str) -> socket.socket:
    """A socket that several programs of this machine may share, in the group when it is one."""
    address = ip_address(group)
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    made = socket.socket(family, socket.SOCK_DGRAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _ROOM)
        made.setblocking(False)
        made.bind((group, port))
        if address.is_multicast and family == socket.AF_INET:
            joined = socket.inet_aton(group) + socket.inet_aton(interface or "0.0.0.0")  # noqa: S104
            made.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, joined)
        elif address.is_multicast:
            joined = address.packed + struct.pack("@I", 0)
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, joined)
    except OSError:
        made.close()
        raise
    return made
