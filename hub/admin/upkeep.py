"""`beffroi-admin hub status`, `quarantine` and `seal`: how the hub is, and whether its past is whole."""

import argparse

from beffroi.access.trail_words import act, sentence
from beffroi.admin.parser import Commands
from beffroi.admin.session import answer
from beffroi.errors import BeffroiError
from beffroi.text import _
from hub.admin.office import command, family, opened
from hub.admin.times import shown_moment
from hub.health.facts import Facts, Vitals
from hub.ledger import Ledger
from hub.page.wording import refusal
from hub.trail import Sealer
from hub.trail.proof import verify
from hub.version import VERSION

_QUARANTINE = ("read", "quarantine")


def declare(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    command(commands, "status", _("dit comment va le hub"), run_status)
    held = command(commands, "quarantine", _("montre les opérations refusées, et pourquoi"), run_quarantine)  # fmt: skip
    held.add_argument("workspace", metavar=_("ESPACE"), help=_("code de l’espace"))
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
        vitals = await Facts(office.database, office.people, office.clock).vitals()
        told = {
            "version": VERSION,
            "engine": "PostgreSQL" if vitals.engine == "postgresql" else "SpatiaLite",
            "url": office.settings.public_url(),
            **counts,
            "sessions": vitals.sessions,
            "operations": vitals.head,
            "quarantine": vitals.quarantined,
            "skewed": vitals.skewed,
            **_moments(vitals),
        }
    words = {
        "version": _("Version"), "engine": _("Base"), "url": _("Adresse"),
        "accounts": _("Comptes actifs"), "workspaces": _("Espaces ouverts"),
        "devices": _("Postes enrôlés"), "sessions": _("Sessions"),
        "operations": _("Opérations"), "quarantine": _("En quarantaine"),
        "skewed": _("Horloges en écart"), "backup": _("Sauvegarde"), "seal": _("Scellé"),
    }  # fmt: skip
    answer(called, told, *(f"{words[name]:<18} {value}" for name, value in told.items()))
    return 0


def _moments(vitals: Vitals) -> dict[str, str]:
    """When the last backup and the oldest of the chains' last seals were made."""
    sealed = min((at for _number, _day, at in vitals.seals.values()), default=0)
    return {"backup": shown_moment(vitals.backup_at), "seal": shown_moment(sealed)}


async def run_quarantine(called: argparse.Namespace) -> int:
    """Show the refused operations: never what they say."""
    async with opened(called, _QUARANTINE) as office:
        if await office.people.workspaces.get(called.workspace) is None:
            raise BeffroiError(
                _("L’espace «\u202f{code}\u202f» n’existe pas\u00a0: voyez «\u202fbeffroi-admin hub workspace list\u202f».")
                .format(code=called.workspace[:40])
            )  # fmt: skip
        held = await Ledger(office.database).quarantine.of_workspace(called.workspace)
        await office.note("quarantine.list", called.workspace)
    told = [
        {"op_id": one.op_id, "device": one.device, "account": one.account, "kind": one.kind,
         "why": one.why, "at": one.at}
        for one in held
    ]  # fmt: skip
    lines = [
        f"{shown_moment(one.at)}  {one.account:<20} {act(one.kind):<24} {refusal(one.why)}"
        for one in held
    ]
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
