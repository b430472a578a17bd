"""The only way of a transport to the network: checks where it leads, and goes where it checked."""

import asyncio
import socket
import ssl
from functools import cache

from beffroi.plugin.allowed import Address, Allowed, parsed
from beffroi.plugin.later import Gone
from beffroi.plugin.refusals import Unreachable
from beffroi.plugin.words import _

CONNECT_S = 5.0
Pipe = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@cache
def trusted() -> ssl.SSLContext:
    """Certificates are verified, always; an authority of one's own is added to the system's."""
    return ssl.create_default_context()


class Door:
    """Resolves a name once, refuses what is not allowed, and connects to the address that was checked.

    A name that answers otherwise the second time (DNS rebinding) gains nothing: it is not asked.
    With `proxy` (http://machine:port) web addresses are asked through it, which resolves their names.
    `files` says whether files and folders of this machine may be read: at a person's desk only.
    """

    def __init__(
        self,
        allowed: Allowed | None = None,
        *,
        tls: ssl.SSLContext | None = None,
        files: bool = True,
        proxy: str = "",
    ) -> None:
        self.allowed = allowed or Allowed()
        self.tls = tls or trusted()
        self.files = files
        self.proxy = proxy

    async def addresses(self, host: str, port: int) -> list[str]:
        """Where `host` is, only what may be asked.

        Raises:
            Unreachable: unknown, or all of it is refused.
        """
        found = await _resolved(host, port)
        named = self.allowed.names(host)
        fit = [told for told in found if named or self.allowed.reaches(parsed(told))]
        if not fit:
            raise Gone(
                _(
                    "L’adresse {host} mène à un réseau privé ou à ce poste\u00a0: "
                    "demandez à l’administrateur de l’ajouter aux machines autorisées."
                ).format(host=host[:100])
            )
        return fit

    async def check(self, host: str, port: int) -> None:
        """Whether a machine may be asked through the proxy, as far as its name tells here.

        Raises:
            Unreachable: it is private, or a name without a domain.
        """
        try:
            await self.addresses(host, port)
        except Gone:
            raise
        except Unreachable:
            if "." not in host.rstrip(".") and not self.allowed.names(host):
                raise

    def listen(self, address: str) -> None:
        """Whether we may be called at `address`, one of this machine's or a group's.

        At a person's desk this machine alone speaks to itself, and groups (multicast) are heard
        that a person names; other networks, and everything at a hub, are for the administrator.

        Raises:
            Unreachable: others could call, and nobody allowed it.
        """
        told = parsed(address)
        ours = self.files and (told.is_loopback or told.is_multicast)
        if not (ours or self.allowed.lists(told)):
            raise Gone(
                _(
                    "D’autres machines pourraient écrire à l’adresse {address}\u00a0: "
                    "écoutez 127.0.0.1, ou demandez à l’administrateur de l’ajouter "
                    "aux machines autorisées."
                ).format(address=address[:60])
            )

    async def connect(self, host: str, port: int, *, tls: bool = False) -> Pipe:
        """A TCP connection to one of the addresses of `host`, with its certificate verified.

        Raises:
            Unreachable: unknown, refused, silent, or its certificate is not valid.
        """
        last: Exception | None = None
        for address in (await self.addresses(host, port))[:3]:
            try:
                async with asyncio.timeout(CONNECT_S):
                    return await asyncio.open_connection(
                        address, port, ssl=self.tls if tls else None,
                        server_hostname=host if tls else None, limit=1 << 20,
                    )  # fmt: skip
            except (OSError, TimeoutError, ssl.SSLError) as error:
                last = error
        raise unreached(host, last) from last


async def _resolved(host: str, port: int) -> list[str]:
    try:
        async with asyncio.timeout(CONNECT_S):
            infos = await asyncio.get_running_loop().getaddrinfo(
                host, port, type=socket.SOCK_STREAM
            )
    except (OSError, UnicodeError, TimeoutError, ValueError) as error:
        raise Unreachable(
            _("La machine {host} est introuvable\u00a0: vérifiez l’adresse et le réseau.").format(
                host=host[:100]
            )
        ) from error
    return list(dict.fromkeys(str(info[4][0]) for info in infos))


def unreached(host: str, error: BaseException | None) -> Unreachable:
    """The sentence for a machine that could not be talked to."""
    if isinstance(error, ssl.SSLError):
        return Unreachable(
            _(
                "Le certificat de {host} n’est pas valide\u00a0: Beffroi ne lui fait pas confiance. "
                "Prévenez son exploitant."
            ).format(host=host[:100])
        )
    if isinstance(error, ConnectionRefusedError):
        return Unreachable(
            _(
                "{host} refuse la connexion\u00a0: le service y est arrêté, ou le port n’est pas le bon."
            ).format(host=host[:100])
        )
    if isinstance(error, TimeoutError):
        return Unreachable(
            _("{host} ne répond pas dans le temps voulu\u00a0: réessayez plus tard.").format(
                host=host[:100]
            )
        )
    return Unreachable(
        _("{host} ne peut pas être joint\u00a0: vérifiez le réseau.").format(host=host[:100])
    )


__all__ = ["Address", "Allowed", "Door", "Pipe", "trusted", "unreached"]
