"""`beffroi-admin join` and `sync`: a profile follows its hub without a window."""

import argparse
import asyncio
import contextlib
import os
import platform
import sys
from pathlib import Path

import msgspec

from beffroi.access import Keyring
from beffroi.admin.parser import Commands
from beffroi.admin.session import (
    answer,
    json_option,
    profile_options,
    say,
    secret_of,
    secret_option,
    shown,
)
from beffroi.clock import Clock, to_datetime
from beffroi.errors import BeffroiError
from beffroi.profile import KEYRING_FILE
from beffroi.sync.engine import Engine
from beffroi.sync.enrolment import enrol
from beffroi.sync.joining import join, workspaces
from beffroi.sync.opening import open_joined
from beffroi.sync.running import at_work
from beffroi.sync.station import Station, read_station, station_folder
from beffroi.sync.status import Erased, Link, LinkStatus, Notice, Start, Told
from beffroi.text import N_, _

_STATES = {
    "online": N_("en ligne"),
    "offline": N_("hors ligne"),
    "catching_up": N_("rattrapage en cours"),
    "refused": N_("refusé par le hub"),
    "revoked": N_("poste révoqué"),
}


def declare(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add `join` and `sync`."""
    joined = commands.add_parser("join", help=_("crée un profil qui suit un hub"))
    joined.add_argument("profile", metavar=_("PROFIL"), type=Path, help=_("dossier à créer"))
    joined.add_argument(
        "--code", default="", help=_("code d’enrôlement, si le poste n’est pas connu")
    )
    joined.add_argument(
        "--station", type=Path, default=None, help=_("dossier d’enrôlement du poste")
    )
    joined.add_argument("--name", default=platform.node(), help=_("nom du poste au hub"))
    joined.add_argument(
        "--account", default=os.environ.get("BEFFROI_ACCOUNT", ""), help=_("compte au hub")
    )
    joined.add_argument("--workspace", default="", help=_("espace de travail (le seul sinon)"))
    secret_option(joined)
    json_option(joined)
    joined.set_defaults(run=run_join)
    synced = commands.add_parser("sync", help=_("échange avec le hub, sans fenêtre"))
    profile_options(synced)
    synced.add_argument("--once", action="store_true", help=_("échanger une fois, puis s’arrêter"))
    synced.set_defaults(run=run_sync)


def run_join(called: argparse.Namespace) -> int:
    """Enrol if need be, log in, make the profile."""
    if not called.account:
        raise BeffroiError(_("Nommez le compte au hub avec --account."))
    station = _station(called)
    secret = secret_of(called)
    offer = workspaces(station, called.account, secret)
    chosen = called.workspace or _only([one.workspace for one in offer.workspaces])
    join(called.profile, station, offer, chosen, secret)
    answer(
        called,
        {"workspace": chosen, "device": station.device, "station": station.code},
        _("Profil créé pour l’espace {workspace}, poste {code}\u00a0: lancez «\u202fbeffroi-admin sync\u202f».")
        .format(workspace=chosen, code=station.code),
    )  # fmt: skip
    return 0


def _station(called: argparse.Namespace) -> Station:
    folder = called.station or station_folder()
    if called.code:
        return asyncio.run(enrol(folder, called.code, called.name))
    known = read_station(folder)
    if known is None:
        raise BeffroiError(
            _("Ce poste n’est pas enrôlé\u00a0: donnez le code de l’administrateur avec --code.")
        )
    return known


def _only(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    if not names:
        raise BeffroiError(
            _("Aucun espace de travail ne vous est ouvert\u00a0: demandez un accès.")
        )
    raise BeffroiError(
        _("Choisissez un espace de travail avec --workspace\u00a0: {names}.").format(
            names=", ".join(names)
        )
    )


class _Teller:
    """Prints what happens; keeps how it ended.

    A call that exchanges once and asks for JSON gets one document, at its end.
    """

    def __init__(self, *, json: bool, once: bool) -> None:
        self._json = json
        self._silent = json and once
        self.status = LinkStatus()
        self.erased = ""

    def tell(self, message: Told) -> None:
        """One message of the engine."""
        match message:
            case Link(status=status):
                if status.state != self.status.state and not self._silent:
                    self._link(status)
                self.status = status
            case Notice():
                sys.stderr.write(f"{shown(message.sentence)}\n")
            case Erased():
                self.erased = message.sentence
            case _:
                pass

    def _link(self, status: LinkStatus) -> None:
        if self._json:
            say(msgspec.json.encode(status).decode())
        else:
            words = _(_STATES[status.state])
            say(
                shown(f"{to_datetime(status.since):%Y-%m-%dT%H:%M:%SZ}  {words}  {status.sentence}")
            )
        sys.stdout.flush()


def run_sync(called: argparse.Namespace) -> int:
    """Exchange once, or follow until interrupted; 1 when something stays to be sent."""
    secret = secret_of(called)
    keyring = Keyring(called.profile / KEYRING_FILE, Clock())
    account = called.account or keyring.opened_by(secret)
    opened = open_joined(called.profile, account, secret, post=called.post)
    start = opened.start()
    opened.node.close()
    teller = _Teller(json=called.json, once=called.once)
    if not called.once:
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(at_work(start, teller.tell, Engine.run))
    else:
        _once(called, start, teller)
    if teller.erased:
        raise BeffroiError(teller.erased)
    return 1 if teller.status.waiting or teller.status.quarantined else 0


def _once(called: argparse.Namespace, start: Start, teller: _Teller) -> None:
    asyncio.run(at_work(start, teller.tell, Engine.once))
    status = teller.status
    if not teller.erased:
        answer(
            called,
            status,
            _("Échange fait\u00a0: {waiting} en attente, {quarantined} en quarantaine.").format(
                waiting=status.waiting, quarantined=status.quarantined
            ),
        )
