"""Opens a hub for one command: who acts, whether they may, and the trail of it."""

import argparse
import asyncio
import os
import socket
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass

from beffroi.access import rights
from beffroi.admin.parser import Commands
from beffroi.admin.session import json_option, secret_of, secret_option
from beffroi.clock import Clock
from beffroi.errors import BeffroiError
from beffroi.text import _
from hub.db import Database, open_embedded, open_postgres
from hub.http.trouble import Refused
from hub.keys import Keys
from hub.people import People
from hub.people.attempts import host
from hub.settings import Settings
from hub.starting import address
from hub.starting.first import ADMIN
from hub.starting.options import place_options, settings_of
from hub.trail import HUB, Actor, Trail

Work = Callable[[argparse.Namespace], Coroutine[None, None, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A hub that is open for `who`, whose account has proved itself."""

    settings: Settings
    clock: Clock
    keys: Keys
    database: Database
    people: People
    trail: Trail
    who: Actor

    async def note(self, action: str, obj: str = "", **detail: object) -> None:
        """Write down what was done."""
        await self.trail.record(self.who, action, obj, **detail)


def command(
    commands: "Commands[argparse.ArgumentParser]", name: str, about: str, work: Work
) -> argparse.ArgumentParser:
    """A command on a hub, with the options that all of them have."""
    parser = commands.add_parser(name, help=about, description=about)
    parser.set_defaults(run=lambda called: asyncio.run(work(called)))
    where = parser.add_argument_group(_("le hub et qui agit"))
    # argparse's groups take options as parsers do; it gives them no common type.
    place_options(where)  # type: ignore[arg-type]
    where.add_argument("--as", dest="account", metavar=_("COMPTE"),
                       default=os.environ.get("BEFFROI_ACCOUNT", "") or ADMIN,
                       help=_("compte qui agit ({account})").format(account=ADMIN))  # fmt: skip
    secret_option(where)  # type: ignore[arg-type]
    json_option(parser)
    return parser


def keyed(
    commands: "Commands[argparse.ArgumentParser]", name: str, about: str, work: Work
) -> argparse.ArgumentParser:
    """A command for whoever holds the hub's keys, without an account."""
    parser = commands.add_parser(name, help=about, description=about)
    parser.set_defaults(run=lambda called: asyncio.run(work(called)))
    place_options(parser)
    json_option(parser)
    return parser


def family(
    commands: "Commands[argparse.ArgumentParser]", name: str, about: str
) -> "Commands[argparse.ArgumentParser]":
    """A word under which several commands stand."""
    parser = commands.add_parser(name, help=about, description=about)
    return parser.add_subparsers(
        title=_("commandes"), metavar=_("COMMANDE"), required=True, dest=f"{name}_command"
    )


@asynccontextmanager
async def opened(called: argparse.Namespace, *may: tuple[str, str]) -> AsyncIterator[Office]:
    """The hub that the call names, for someone who holds one of the rights `may`.

    Raises:
        BeffroiError: there is no hub, the account or its secret is wrong, or it may not.
    """
    settings, clock = address.known(settings_of(called)), Clock()
    keys = existing_keys(settings, clock)
    secret = secret_of(called)
    database = await open_database(settings, keys)
    try:
        people, trail = People(database, clock), Trail(database, clock, keys.seal)
        who = Actor(account=called.account, station=socket.gethostname())
        await _prove(people, trail, who, secret)
        held = await people.rights_of(called.account)
        if not any(rights.may(held, *each) for each in may):
            await trail.record(who, "access.refused", ":".join(may[0]))
            raise BeffroiError(
                _(
                    "Le compte {account} n’a pas ce droit\u00a0: agissez par --as avec un compte "
                    "qui l’a."
                ).format(account=called.account)
            )
        yield Office(
            settings=settings, clock=clock, keys=keys, database=database, people=people,
            trail=trail, who=who,
        )  # fmt: skip
        await trail.flush()
    finally:
        await database.close()


@asynccontextmanager
async def by_keys(called: argparse.Namespace) -> AsyncIterator[Office]:
    """The hub that the call names, for whoever can read its keys.

    Raises:
        BeffroiError: there is no hub.
    """
    settings, clock = address.known(settings_of(called)), Clock()
    keys = existing_keys(settings, clock)
    database = await open_database(settings, keys)
    try:
        trail = Trail(database, clock, keys.seal)
        yield Office(
            settings=settings, clock=clock, keys=keys, database=database,
            people=People(database, clock), trail=trail,
            who=Actor(account=HUB.account, station=socket.gethostname()),
        )  # fmt: skip
        await trail.flush()
    finally:
        await database.close()


def existing_keys(settings: Settings, clock: Clock) -> Keys:
    """The keys of a hub that has started once.

    Raises:
        BeffroiError: there is no hub there.
    """
    if not Keys.there(settings.keys_folder):
        raise BeffroiError(
            _(
                "Aucun hub dans {folder}\u00a0: donnez son dossier par --data ou BEFFROI_HUB_DATA, "
                "ou lancez d’abord beffroi-hub."
            ).format(folder=settings.data)
        )
    return Keys(settings.keys_folder, clock, settings.own_keys)


async def open_database(settings: Settings, keys: Keys) -> Database:
    """The hub's database."""
    if settings.database:
        return await open_postgres(settings.database)
    return await open_embedded(settings.database_file, keys.store_key)


async def _prove(people: People, trail: Trail, who: Actor, secret: str) -> None:
    now, here = people.accounts.now(), host(who.station)
    if wait := await people.attempts.wait_s(who.account, here, now):
        raise BeffroiError(_("Trop d’essais\u00a0: recommencez dans {n} s.").format(n=wait))
    found = await people.accounts.secret_of(who.account)
    try:
        matches = await people.accounts.matches(secret, found[1] if found else "")
    except Refused as busy:
        raise BeffroiError(busy.trouble.sentence) from busy
    if found is None or not matches or found[0].locked_at:
        await people.attempts.failed(who.account, here, now)
        name = who.account if found else "?"
        await trail.record(Actor(account=name, station=who.station), "session.refused", "")
        raise BeffroiError(
            _("Compte ou mot de passe inconnu de ce hub, ou compte verrouillé\u00a0: vérifiez-les.")
        )
    await people.attempts.succeeded(who.account, here)
