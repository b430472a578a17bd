"""`beffroi-admin hub rotate` and `keys`: other keys for a hub, first keys for several replicas."""

import argparse
import shlex
from pathlib import Path

from beffroi.admin.parser import Commands
from beffroi.admin.session import answer, json_option
from beffroi.clock import Clock
from beffroi.errors import BeffroiError
from beffroi.text import N_, _
from hub.admin.office import command, opened
from hub.keys import Keys
from hub.keys.rekeying import rekey
from hub.starting.alone import alone
from hub.starting.options import settings_of

_WHAT = {
    "server": N_("le certificat TLS du hub (il en change dans l’heure, sans redémarrage)"),
    "authority": N_(
        "l’autorité\u00a0: l’ancienne se porte garante, les postes enrôlés entrent toujours"
    ),
    "seal": N_("la clé qui scelle le journal d’audit (les anciens sceaux restent vérifiables)"),
    "store": N_("la clé de la base embarquée (hub arrêté)"),
}


def declare(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the command."""
    rotate = command(commands, "rotate", _("change une clé du hub"), run_rotate)
    rotate.add_argument("what", metavar=_("CLÉ"), choices=list(_WHAT),
                        help=" ; ".join(" = ".join((name, _(said))) for name, said in _WHAT.items()))  # fmt: skip
    rotate.add_argument("--forget-old", action="store_true",
                        help=_("autorité volée\u00a0: l’oublier, chaque poste devra être enrôlé à nouveau"))  # fmt: skip

    made = commands.add_parser(
        "keys", help=_("fabrique les clés que plusieurs répliques partageront"),
        description=_("Fabrique, avant leur premier démarrage, les clés que plusieurs répliques partageront."),
        epilog=_("Qui lit ce dossier peut tout lire du hub\u00a0: gardez-en une copie sous clé, hors ligne."),
    )  # fmt: skip
    made.add_argument("folder", metavar=_("DOSSIER"), type=Path, help=_("dossier à créer"))
    json_option(made)
    made.set_defaults(run=run_keys)


def run_keys(called: argparse.Namespace) -> int:
    """Make the keys."""
    keys = Keys.made(called.folder.absolute(), Clock())
    answer(
        called, {"folder": str(keys.folder.path), "authority": keys.authority_print},
        _("Clés écrites dans {folder}. Pour Kubernetes\u00a0:").format(folder=keys.folder.path),
        f"  kubectl create secret generic beffroi-hub-keys --from-file={shlex.quote(str(keys.folder.path))}",
    )  # fmt: skip
    return 0


async def run_rotate(called: argparse.Namespace) -> int:
    """Change the key."""
    if called.forget_old and called.what != "authority":
        raise BeffroiError(_("--forget-old ne vaut que pour l’autorité\u00a0: retirez-le."))
    if called.what == "store":
        return await _rotate_store(called)
    async with opened(called, ("rotate", "key")) as office:
        match called.what:
            case "server":
                office.keys.renew_server(office.settings.all_names())
            case "authority":
                office.keys.rotate_authority(forget=called.forget_old)
            case _:
                office.keys.rotate_seal()
        await office.note("key.rotated", called.what, forget=called.forget_old)
    _told(called, _("Relancez le hub pour qu’il s’en serve aussitôt."))
    return 0


async def _rotate_store(called: argparse.Namespace) -> int:
    settings = settings_of(called)
    if settings.database:
        raise BeffroiError(
            _(
                "La base PostgreSQL n’a pas de clé ici\u00a0: chiffrez son disque par ses moyens à elle."
            )
        )
    with alone(settings):
        async with opened(called, ("rotate", "key")) as office:
            await office.note("key.rotated", "store")
            folder, file = office.keys.folder, office.settings.database_file
        rekey(folder, file)
    _told(called, _("Refaites une sauvegarde\u00a0: les anciennes gardent l’ancienne clé."))
    return 0


def _told(called: argparse.Namespace, then: str) -> None:
    answer(
        called,
        {"rotated": called.what},
        _("Clé changée\u00a0: {what}.").format(what=called.what),
        then,
    )
