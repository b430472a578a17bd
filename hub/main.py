"""`beffroi-hub`: the hub, with one command, on an empty folder."""

import asyncio
import contextlib
import logging
import os
import socket
import ssl
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace

import uvicorn
from starlette.types import ASGIApp
from typing_extensions import override

from beffroi.admin import program
from beffroi.admin.parser import Parser
from beffroi.clock import Clock
from beffroi.errors import BeffroiError
from beffroi.store.memory import never_dump
from beffroi.text import _
from hub.app import create_app
from hub.core import Hub, build
from hub.db import restored
from hub.eyes import look
from hub.health.monitor import monitored
from hub.http.guard import guard
from hub.http.peer import PeerProtocol
from hub.keys import Keys
from hub.live.server import StreamingServer
from hub.settings import Settings
from hub.starting import address, first, logs
from hub.starting.alone import alone
from hub.starting.options import place_options, serving_options, settings_of

if sys.platform != "win32":
    import uvloop

END_WITHIN_S = 5
BACKLOG = 4096
LOOK_AT_KEYS_S = 3600.0
_log = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the hub until it is told to stop, and return its exit code."""
    return program.run(arguments, _parser)


def _parser() -> Parser:
    parser = Parser(
        prog="beffroi-hub",
        description=_(
            "Le hub de Beffroi\u00a0: sans option, il démarre aussitôt sur un fichier chiffré."
        ),
        epilog=_(
            "Comptes, droits, postes, clés, sauvegardes\u00a0: voyez «\u202fbeffroi-admin hub --help\u202f»."
        ),
    )
    place_options(parser)
    serving_options(parser)
    parser.add_argument("--init", action="store_true", help=_("tout créer, le dire, et s’arrêter"))
    parser.set_defaults(run=lambda called: _run(settings_of(called), init=called.init))
    return parser


def _run(settings: Settings, *, init: bool) -> int:
    if sys.platform == "win32":
        return asyncio.run(_serve(settings, init=init))
    return uvloop.run(_serve(settings, init=init))


async def _serve(settings: Settings, *, init: bool) -> int:
    logs.to_stderr()
    never_dump()
    os.umask(0o077)
    clock = Clock()
    with (
        alone(settings),
        _bound(settings.host, settings.port, "--listen") as listening,
        _bound_if(settings.monitor) as watching,
    ):
        # Port 0 asks for any free one: now it is known.
        settings = replace(settings, port=listening.getsockname()[1])
        keys = first.keys_of(settings, clock)
        hub = await build(settings, keys, clock)
        served = False
        try:
            found = await first.welcome(hub.database, hub.people, hub.trail)
            if found is not None:
                first.tell(first.told(found, settings, keys), settings.data)
            if init:
                return 0
            served = True
            await _listen(hub, listening, watching)
        finally:
            if not served:
                await hub.database.close()
    return 0


async def _listen(hub: Hub, listening: socket.socket, watching: socket.socket | None) -> None:
    settings, keys = hub.settings, hub.keys
    names = settings.all_names()
    context = None if settings.behind_proxy else keys.tls(names)
    eyes = look(hub)
    guarded = guard(create_app(hub, eyes), settings, await restored.said(hub.database))
    server = _Server(server_config(guarded, settings, context), hub.fanout)
    server.says = _("Le hub écoute sur {url} (Ctrl+C pour l’arrêter).").format(url=_where(settings))
    address.keep(settings)
    looking = asyncio.create_task(_look_at_keys(keys, context, names))
    try:
        async with monitored(eyes.monitor(), watching):
            await server.serve(sockets=[listening])
    finally:
        looking.cancel()
    if not server.started:
        raise BeffroiError(
            _(
                "Le hub n’a pas pu démarrer\u00a0: ses dernières lignes disent pourquoi, corrigez-le."
            )
        )


@contextlib.contextmanager
def _bound_if(where: tuple[str, int] | None) -> Iterator[socket.socket | None]:
    """The socket of the monitoring, when it has an address."""
    if where is None:
        yield None
        return
    with _bound(*where, "--monitor") as watching:
        yield watching


@contextlib.contextmanager
def _bound(host: str, port: int, option: str) -> Iterator[socket.socket]:
    """A socket on which the hub will listen.

    Raises:
        BeffroiError: the address is taken, or not of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            # It only listens when there is a hub to answer: whoever waits for it can tell.
            listening.bind((host, port))
        except OSError as error:
            raise BeffroiError(
                _(
                    "Le hub ne peut pas écouter sur {host}:{port} ({why})\u00a0: "
                    "choisissez une autre adresse par {option}."
                ).format(host=host, port=port, why=error.strerror or error, option=option)
            ) from error
        yield listening


class _Server(StreamingServer):
    """Says where it listens once it does."""

    says = ""

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen."""
        await super().startup(sockets)
        if self.started:
            sys.stdout.write(f"{self.says}\n")
            sys.stdout.flush()


def server_config(
    app: ASGIApp, settings: Settings, context: ssl.SSLContext | None
) -> uvicorn.Config:
    """How uvicorn serves `app`: HTTP/1.1 over TLS 1.3 (in clear behind a proxy), nothing said of it."""
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        http=PeerProtocol,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        backlog=BACKLOG,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=END_WITHIN_S,
        ssl_context_factory=(lambda _config, _default: context) if context is not None else None,
    )


async def _look_at_keys(keys: Keys, context: ssl.SSLContext | None, names: tuple[str, ...]) -> None:
    """Renew the certificate before it ends, and take what `rotate` made: no restart is needed."""
    while context is not None:
        await asyncio.sleep(LOOK_AT_KEYS_S)
        try:
            await asyncio.to_thread(keys.refresh, context, names)
        except BeffroiError as error:
            _log.warning("the certificate could not be renewed: %s", error)


def _where(settings: Settings) -> str:
    if settings.behind_proxy:
        return f"http://{settings.host}:{settings.port}"
    return settings.public_url()
