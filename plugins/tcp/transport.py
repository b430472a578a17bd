"""A TCP stream: called by us (tcp://machine:port), or calling us (tcp://127.0.0.1:port?listen)."""

import asyncio
from collections.abc import AsyncIterator
from ipaddress import ip_address
from urllib.parse import SplitResult, parse_qs

from beffroi.plugin import Call, Fetched, Unreachable
from beffroi.plugin.address import taken_apart
from beffroi.plugin.chunks import checked, cut_for
from beffroi.plugin.door import unreached
from beffroi.plugin.words import _
from plugins.tcp.listening import Listener

STREAM = True
CHUNK = 65_536


async def deliveries(call: Call) -> AsyncIterator[Fetched]:
    """Whole messages as they come; `tls://` is encrypted and its certificate verified.

    Options: `framing` is `lines`, `events` (CoT), `raw`, or told by the first bytes; `say` is sent
    first; `silence_s` without a byte ends the turn (0: never).

    Raises:
        Unreachable: nobody there, it hung up, or it speaks without end.
    """
    parts = _checked(call.address)
    if "listen" in parse_qs(parts.query, keep_blank_values=True):
        async for data in _called(parts, call):
            yield Fetched(data=data, name="message")
        return
    async for data in _calling(parts, call):
        yield Fetched(data=data, name="message")
    raise Unreachable(
        _("{host} a raccroché\u00a0: la liaison est reprise.").format(host=parts.hostname)
    )


def _checked(address: str) -> SplitResult:
    parts, port = taken_apart(address)
    if parts.scheme not in ("tcp", "tls", "ssl") or not parts.hostname or not port:
        raise Unreachable(
            _("Ce n’est pas l’adresse d’un flux TCP\u00a0: écrivez tcp://machine:port.")
        )
    return parts


def _own(host: str) -> str:
    """The address at which to listen: a name could lead anywhere, save this machine's own."""
    try:
        return "127.0.0.1" if host == "localhost" else str(ip_address(host))
    except ValueError as error:
        raise Unreachable(
            _("On écoute à une adresse de ce poste\u00a0: écrivez tcp://127.0.0.1:port?listen.")
        ) from error


async def _calling(parts: SplitResult, call: Call) -> AsyncIterator[bytes]:
    host, port = str(parts.hostname), int(parts.port or 0)
    reader, writer = await call.door.connect(host, port, tls=parts.scheme != "tcp")
    try:
        if say := str(call.options.get("say", "")):
            writer.write(say.encode() + b"\n")
            await writer.drain()
        async for data in messages(reader, call):
            yield data
    except OSError as error:
        raise unreached(host, error) from error
    finally:
        writer.close()


async def messages(reader: asyncio.StreamReader, call: Call) -> AsyncIterator[bytes]:
    """The whole messages of one connection; what is left at its end comes too."""
    framing = str(call.options.get("framing", ""))
    silence = float(call.options.get("silence_s", 0)) or None
    pending, cut = b"", None
    while True:
        async with asyncio.timeout(silence):
            chunk = await reader.read(CHUNK)
        if not chunk:
            break
        cut = cut or cut_for(framing, chunk)
        whole, pending = cut(checked(pending + chunk))
        if whole.strip():
            yield whole
    if pending.strip():
        yield pending


async def _called(parts: SplitResult, call: Call) -> AsyncIterator[bytes]:
    address = _own(str(parts.hostname))
    call.door.listen(address)
    listener = Listener(lambda reader: messages(reader, call))
    async with listener.open(address, int(parts.port or 0)):
        async for data in listener.heard():
            yield data
