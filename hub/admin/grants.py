"""`beffroi-admin hub grant`: who may do what, where, until when."""

import argparse

from beffroi.access.rights import DEFAULT_GRACE_MS, Grant
from beffroi.access.roles import ROLES
from beffroi.admin.parser import Commands
from beffroi.admin.session import answer
from beffroi.errors import BeffroiError
from beffroi.text import _
from hub.admin import officers
from hub.admin.office import command, family, opened
from hub.admin.times import moment, shown_moment
from hub.people.grants import Held

_EDIT = ("edit", "grant")
_MINUTE_MS = 60_000


def declare(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    inside = family(
        commands, "grant", _("droits\u00a0: un rôle dans un espace, jusqu’à une mention")
    )
    add = command(inside, "add", _("donne un rôle à un compte"), run_add)
    add.epilog = _("Rôles\u00a0: {codes}").format(codes=", ".join(ROLES))
    add.add_argument("name", metavar=_("COMPTE"), help=_("à qui"))
    add.add_argument("workspace", metavar=_("ESPACE"), help=_("code de l’espace, ou * pour tous"))
    add.add_argument("role", metavar=_("RÔLE"), help=_("code du rôle, voir plus bas"))
    add.add_argument("--marking", default="", metavar=_("MENTION"),
                     help=_("mention la plus haute\u00a0: NP, DR (d’ordinaire) ou DR_SF"))  # fmt: skip
    add.add_argument("--caveat", action="append", default=[], metavar=_("RESTRICTION"),
                     help=_("restriction levée (MEDICAL, ENQUETE…), répétable"))  # fmt: skip
    add.add_argument("--from", dest="not_before", default="", metavar=_("MOMENT"),
                     help=_("début\u00a0: 2024-07-26T08:00, heure de Paris"))  # fmt: skip
    add.add_argument("--until", dest="not_after", default="", metavar=_("MOMENT"),
                     help=_("fin de la vacation\u00a0: le droit cesse après la relève"))  # fmt: skip
    add.add_argument("--grace", type=int, default=DEFAULT_GRACE_MS // _MINUTE_MS, metavar=_("MINUTES"),
                     help=_("délai de relève après la fin (30 minutes)"))  # fmt: skip
    add.add_argument("--convention", default="", metavar=_("RÉFÉRENCE"),
                     help=_("convention qui ouvre plus que NP à un invité partenaire"))  # fmt: skip
    listed = command(inside, "list", _("montre les droits donnés"), run_list)
    listed.add_argument("name", metavar=_("COMPTE"), nargs="?", default="")
    take = command(inside, "withdraw", _("retire un droit\u00a0: les caches se vident au prochain contact"), run_withdraw)  # fmt: skip
    take.add_argument(
        "id", metavar=_("DROIT"), help=_("son identifiant dans «\u202fgrant list\u202f»")
    )


async def run_add(called: argparse.Namespace) -> int:
    """Give the role."""
    role = ROLES.get(called.role)
    limit = role.marking if role else "DR"
    grant = Grant(
        account=called.name,
        workspace=called.workspace,
        role=called.role,
        marking=called.marking or min("DR", limit, key=("NP", "DR", "DR_SF").index),
        caveats=tuple(called.caveat),
        not_before=moment(called.not_before),
        not_after=moment(called.not_after),
        grace=max(0, called.grace) * _MINUTE_MS,
        convention=called.convention,
    )
    async with opened(called, _EDIT, officers.EDIT) as office:
        await officers.check_role(office, called.name, called.role)
        if called.name == called.account:
            raise BeffroiError(
                _(
                    "On ne se donne pas un droit à soi-même\u00a0: un autre administrateur doit le faire."
                )
            )
        made = await office.people.grants.give(grant, by=office.who.account)
        await office.note(
            "grant.added", called.name, id=made, workspace=grant.workspace, role=grant.role,
            marking=grant.marking, caveats=list(grant.caveats), until=grant.until,
        )  # fmt: skip
    answer(called, {"id": made, "grant": grant}, _told(Held(made, grant)))
    return 0


async def run_list(called: argparse.Namespace) -> int:
    """Show the grants."""
    async with opened(called, _EDIT, ("lock", "account")) as office:
        held = await office.people.grants.all(called.name)
        await office.note("grant.list", called.name)
    answer(called, held, *map(_told, held))
    return 0


async def run_withdraw(called: argparse.Namespace) -> int:
    """Take the role back."""
    async with opened(called, _EDIT, officers.EDIT) as office:
        for held in await office.people.grants.all():
            if held.id == called.id:
                await officers.check_role(office, held.grant.account, held.grant.role)
        held = await office.people.grants.withdraw(called.id)
        await office.note(
            "grant.withdrawn", held.grant.account, id=held.id, workspace=held.grant.workspace,
            role=held.grant.role,
        )  # fmt: skip
    answer(called, held, _("Droit retiré à {name}.").format(name=held.grant.account))
    return 0


def _told(held: Held) -> str:
    grant = held.grant
    caveats = f" +{'+'.join(grant.caveats)}" if grant.caveats else ""
    line = f"{held.id}  {grant.account:<24} {grant.role:<16} {grant.workspace:<16} {grant.marking}{caveats}"  # fmt: skip
    if grant.not_after:
        line += "  " + _("jusqu’à {moment}").format(moment=shown_moment(grant.until))
    return line
