"""`beffroi-admin hub …`: what an administrator and the security officer do to a hub."""

import argparse

from beffroi.admin.parser import Commands
from beffroi.text import _
from hub.admin import (
    accounts,
    backups,
    devices,
    grants,
    keyring,
    salvage,
    sessions,
    spaces,
    upkeep,
)

__all__ = ["declare"]


def declare(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add `hub` and its commands."""
    hub = commands.add_parser(
        "hub", help=_("administre un hub\u00a0: comptes, droits, espaces, postes, clés, sauvegardes"),
        description=_("Administre un hub, en marche ou arrêté, depuis la machine où il est."),
        epilog=_(
            "Chaque commande dit par --as qui agit (admin sinon)\u202f; son mot de passe vient de "
            "--passphrase-file, de BEFFROI_PASSPHRASE ou du clavier."
        ),
    )  # fmt: skip
    inside = hub.add_subparsers(
        title=_("commandes"), metavar=_("COMMANDE"), required=True, dest="hub_command"
    )
    for room in (accounts, grants, spaces, devices, sessions, upkeep, backups, keyring, salvage):
        room.declare(inside)
