"""`beffroi-admin hub rotate`: other keys, for the hub's certificate, authority, seals and database."""

import argparse

from beffroi.admin.parser import Commands
from beffroi.admin.session import answer
from beffroi.errors import BeffroiError
from beffroi.text import N_, _
from hub.admin.office import command, opened
from hub.alone import alone
from hub.keys.rekeying import rekey
from hub.options import settings_of

_WHAT = {
    "server": N_("le certificat TLS du hub (il en change dans l’heure, sans redémarrage)"),
    "authority": N_(
        "l’autorité : l’ancienne se porte garante, les postes enrôlés entrent toujours"
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
                        help=_("autorité volée : l’oublier, chaque poste devra être enrôlé à nouveau"))  # fmt: skip


async def run_rotate(called: argparse.Namespace) -> int:
    """Change the key."""
    if called.forget_old and called.what != "authority":
        raise BeffroiError(_("--forget-old ne vaut que pour l’autorité : retirez-le."))
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
            _("La base PostgreSQL n’a pas de clé ici : chiffrez son disque par ses moyens à elle.")
        )
    with alone(settings):
        async with opened(called, ("rotate", "key")) as office:
            await office.note("key.rotated", "store")
            folder, file = office.keys.folder, office.settings.database_file
        rekey(folder, file)
    _told(called, _("Refaites une sauvegarde : les anciennes gardent l’ancienne clé."))
    return 0


def _told(called: argparse.Namespace, then: str) -> None:
    answer(
        called, {"rotated": called.what}, _("Clé changée : {what}.").format(what=called.what), then
    )
