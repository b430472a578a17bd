"""`beffroi-admin hub session`: who is in, and showing someone the door."""

import argparse

from beffroi.admin.parser import Commands
from beffroi.admin.session import answer
from beffroi.errors import BeffroiError
from beffroi.text import _, ngettext
from hub.admin.office import command, family, opened
from hub.admin.times import shown_moment

_READ, _REVOKE = ("read", "session"), ("revoke", "session")


def declare(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    inside = family(commands, "session", _("sessions ouvertes"))
    listed = command(inside, "list", _("montre qui est connecté, d’où"), run_list)
    listed.add_argument("name", metavar=_("COMPTE"), nargs="?", default="")
    revoke = command(
        inside, "revoke", _("ferme une session, ou toutes celles d’un compte"), run_revoke
    )
    revoke.add_argument("which", metavar=_("SESSION"), help=_("identifiant, ou compte"))


async def run_list(called: argparse.Namespace) -> int:
    """Show the sessions."""
    async with opened(called, _READ) as office:
        living = await office.people.sessions.living(called.name)
        codes = {each.id: each.code for each in await office.people.devices.all()}
        await office.note("session.list", called.name)
    lines = [
        f"{each.id}  {each.account:<24} {codes.get(each.device, '–'):<5} {each.address:<16} "
        f"{shown_moment(each.made_at)} → {shown_moment(each.expires)}"
        for each in living
    ]
    answer(called, living, *(lines or [_("Aucune session n’est ouverte.")]))
    return 0


async def run_revoke(called: argparse.Namespace) -> int:
    """Close the sessions."""
    async with opened(called, _REVOKE) as office:
        living = await office.people.sessions.living()
        ended = [each for each in living if called.which in (each.id, each.account)]
        if not ended:
            raise BeffroiError(
                _(
                    "Aucune session ouverte ne répond à «\u202f{which}\u202f»\u00a0: voyez «\u202fsession list\u202f»."
                ).format(which=called.which[:40])
            )
        for each in ended:
            await office.people.sessions.end(each.id, "ended")
            await office.note("session.ended", each.id, account=each.account)
    said = ngettext("{n} session fermée.", "{n} sessions fermées.", len(ended))
    answer(called, {"ended": [each.id for each in ended]}, said.format(n=len(ended)))
    return 0
