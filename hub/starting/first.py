"""The first start of a hub: its keys, its database, the two accounts that can make all others.

The administrator and the security officer are never one person: each gets a secret of their own.
"""

import os
import shlex
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from beffroi.access.rights import Grant
from beffroi.clock import Clock
from beffroi.errors import BeffroiError
from beffroi.text import _
from hub.db import Database
from hub.db.inhabited import has_accounts
from hub.keys import Keys, rekeying
from hub.people import Account, People
from hub.settings import Settings
from hub.trail import HUB, Trail
from hub.trail.head import CUT

ADMIN, OFFICER = "admin", "rssi"
_FIRST_START = 0x62656667
SECRETS_FILE = "premiers-secrets.txt"
_ROLES = {ADMIN: ("functional_admin", "technical_admin"), OFFICER: ("security",)}


@dataclass(frozen=True, slots=True)
class Welcome:
    """What must be told once: the first secrets and a code for the first station."""

    secrets: dict[str, str]
    code: str


def keys_of(settings: Settings, clock: Clock) -> Keys:
    """The hub's keys, made when there is neither a key nor a database yet.

    Raises:
        BeffroiError: keys are missing beside an existing database, or are damaged.
    """
    if Keys.there(settings.keys_folder):
        keys = Keys(settings.keys_folder, clock, settings.own_keys)
        if not settings.database:
            rekeying.recover(keys.folder, settings.database_file)
        return keys
    if _has_base(settings):
        raise BeffroiError(
            _(
                "Les clés du hub manquent dans {folder} alors que sa base est là\u00a0: "
                "restaurez la dernière sauvegarde."
            ).format(folder=settings.keys_folder)
        )
    return Keys.made(settings.keys_folder, clock, settings.own_keys)


def _has_base(settings: Settings) -> bool:
    if settings.database:
        return has_accounts(settings.database)
    return settings.database_file.exists()


async def welcome(database: Database, people: People, trail: Trail) -> Welcome | None:
    """Make the first accounts and a first invitation; None when there are accounts already.

    Of several replicas that start at once on a new database, one does it and the others wait.
    """
    async with _one_at_a_time(database):
        async with database.read() as session:
            row = await session.row("SELECT count(*) FROM account")
        if row is not None and int(row[0]):
            await _tell_if_gone(database, trail)
            return None
        return await _welcomed(people, trail)


@asynccontextmanager
async def _one_at_a_time(database: Database) -> AsyncIterator[None]:
    if database.dialect != "postgresql":
        # The folder of an embedded database is locked by the hub that serves it.
        yield
        return
    async with database.read() as session:
        await session.row("SELECT pg_advisory_xact_lock(?)", _FIRST_START)
        yield


async def _welcomed(people: People, trail: Trail) -> Welcome:
    secrets: dict[str, str] = {}
    for name, display, post in (
        (ADMIN, _("Administrateur du hub"), _("Administration")),
        (OFFICER, _("RSSI"), _("RSSI")),
    ):
        secrets[name] = await people.accounts.add(
            Account(name=name, display=display, posts=(post,))
        )
        for code in _ROLES[name]:
            await people.grants.give(
                Grant(account=name, workspace="*", role=code, marking="DR_SF"), by=HUB.account
            )
        await trail.record(HUB, "account.added", name, roles=list(_ROLES[name]))
    code = await people.devices.invite(_("Premier poste"), by=ADMIN)
    await trail.record(HUB, "device.invited", "")
    return Welcome(secrets, code)


async def _tell_if_gone(database: Database, trail: Trail) -> None:
    """A hub that has people has a trail: one that is empty was taken away."""
    async with database.read() as session:
        row = await session.row("SELECT 1 FROM trail LIMIT 1")
    if row is None:
        await trail.record(HUB, CUT)


def enrolment_code(settings: Settings, keys: Keys, code: str) -> str:
    """What a station is given to enrol: where the hub is, the one-time code, whom to trust."""
    return f"{settings.public_url()}#{code}.{keys.authority_print}"


def told(found: Welcome, settings: Settings, keys: Keys) -> list[str]:
    """The lines that say it all, once."""
    return [
        _("Ce hub vient d’être créé dans {folder}.").format(folder=settings.data),
        "",
        _("Notez maintenant ces deux secrets, ils ne seront plus montrés\u00a0:"),
        *(f"  {name:<8} {secret}" for name, secret in found.secrets.items()),
        "",
        _("Code d’enrôlement du premier poste (une fois, 24 h)\u00a0:"),
        f"  {enrolment_code(settings, keys, found.code)}",
        "",
        _("Ensuite, avec le compte admin\u00a0:"),
        f"  export BEFFROI_HUB_DATA={shlex.quote(str(settings.data))}",
        *_elsewhere(settings),
        "  beffroi-admin hub workspace add jop-2024 --title 'Paris 2024'",
        "  beffroi-admin hub account add prenom.nom --display 'Prénom Nom' --post 'Chef de salle'",
        "  beffroi-admin hub grant add prenom.nom jop-2024 room_chief",
    ]


def _elsewhere(settings: Settings) -> list[str]:
    """How commands are told of what does not lie in the hub's folder; never a password."""
    told = {
        "BEFFROI_HUB_DATABASE": _without_password(settings.database),
        "BEFFROI_HUB_KEYS": str(settings.keys or ""),
        "BEFFROI_HUB_BLOBS": settings.blobs,
    }
    return [f"  export {name}={shlex.quote(value)}" for name, value in told.items() if value]


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    user, at, host = parts.netloc.rpartition("@")
    return parts._replace(netloc=user.partition(":")[0] + at + host).geturl() if url else ""


def tell(lines: list[str], data: Path) -> None:
    """Show `lines` on the terminal; without one, put them in a file that its owner alone reads.

    What has no terminal (a service, a container) has a log, and a log is no place for secrets.
    """
    if sys.stdout is not None and sys.stdout.isatty():
        sys.stdout.write("\n".join(lines) + "\n\n")
        sys.stdout.flush()
        return
    path = data / SECRETS_FILE
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write("\n".join(lines) + "\n")
    sys.stdout.write(
        _(
            "Ce hub vient d’être créé\u00a0: lisez {path} (secrets, premier poste), puis effacez-le."
        ).format(path=path)
        + "\n"
    )
    sys.stdout.flush()
