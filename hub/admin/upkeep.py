"""`beffroi-admin hub status`, `quarantine` and `seal`: how the hub is, and whether its past is whole."""

import argparse

from beffroi.access.trail_words import sentence
from beffroi.admin.parser import Commands
from beffroi.admin.session import answer
from beffroi.text import _
from hub.admin.office import command, family, opened
from hub.admin.times import shown_moment
from hub.ledger import Ledger
from hub.trail import Sealer
from hub.trail.proof import verify
from hub.version import VERSION

_QUARANTINE = ("read", "quarantine")


def declare(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    command(commands, "status", _("dit comment va le hub"), run_status)
    held = command(commands, "quarantine", _("montre les opérations refusées, et pourquoi"), run_quarantine)  # fmt: skip
    held.add_argument("workspace", metavar=_("ESPACE"))
    inside = family(commands, "seal", _("sceaux du journal d’audit"))
    command(inside, "make", _("scelle maintenant, sans attendre la nuit"), run_seal)
    proof = command(inside, "verify", _("vérifie le journal, ses sceaux et la chaîne des opérations"), run_verify)  # fmt: skip
    proof.epilog = _("Code 1 si un maillon est rompu.")


async def run_status(called: argparse.Namespace) -> int:
    """Say it."""
    async with opened(called, _QUARANTINE) as office:
        async with office.database.read() as session:
            counts = {
                name: int((await session.rows(f"SELECT count(*) FROM {table} WHERE {kept}"))[0][0])
                for name, table, kept in (
                    ("accounts", "account", "locked_at = 0"),
                    ("workspaces", "workspace", "closed_at = 0"),
                    ("devices", "device", "revoked_at = 0"),
                )
            }
        ledger = Ledger(office.database)
        told = {
            "version": VERSION,
            "engine": office.database.dialect,
            "url": office.settings.public_url(),
            **counts,
            "sessions": len(await office.people.sessions.living()),
            "operations": await ledger.head(),
            "quarantine": await ledger.quarantine.count(),
        }
    words = {
        "version": _("Version"), "engine": _("Base"), "url": _("Adresse"),
        "accounts": _("Comptes actifs"), "workspaces": _("Espaces ouverts"),
        "devices": _("Postes enrôlés"), "sessions": _("Sessions"),
        "operations": _("Opérations"), "quarantine": _("En quarantaine"),
    }  # fmt: skip
    answer(called, told, *(f"{words[name]:<18} {value}" for name, value in told.items()))
    return 0


async def run_quarantine(called: argparse.Namespace) -> int:
    """Show the refused operations: never what they say."""
    async with opened(called, _QUARANTINE) as office:
        held = await Ledger(office.database).quarantine.of_workspace(called.workspace)
        await office.note("quarantine.list", called.workspace)
    told = [
        {"op_id": one.op_id, "device": one.device, "account": one.account, "kind": one.kind,
         "why": one.why, "at": one.at}
        for one in held
    ]  # fmt: skip
    lines = [f"{shown_moment(one.at)}  {one.account:<20} {one.kind:<18} {one.why}" for one in held]
    answer(called, told, *(lines or [_("Rien n’est en quarantaine dans cet espace.")]))
    return 0


async def run_seal(called: argparse.Namespace) -> int:
    """Seal now."""
    async with opened(called, ("verify", "audit"), ("rotate", "key")) as office:
        await Sealer(office.trail).seal()
    answer(called, {"sealed": True}, _("Journal scellé."))
    return 0


async def run_verify(called: argparse.Namespace) -> int:
    """Verify the chains; 1 when a link is broken."""
    async with opened(called, ("verify", "audit")) as office:
        found = await verify(office.database, office.keys.seal, Ledger(office.database))
        await office.note("audit.verified", whole=all(verdict.whole for verdict in found))
    answer(called, found, *map(sentence, found))
    return 0 if all(verdict.whole for verdict in found) else 1
