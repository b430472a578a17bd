"""`beffroi-admin hub workspace` and `post`: where people work, and the desks of the room."""

import argparse

from beffroi.admin.parser import Commands
from beffroi.admin.session import answer
from beffroi.clock import PARIS, Clock, to_datetime
from beffroi.sync.wire import WorkspaceInfo
from beffroi.text import N_, _
from hub.admin.office import command, family, opened

_SPACE, _POST = ("edit", "workspace"), ("edit", "post")
_MODES = {
    "real": N_("réel"),
    "exercise": N_("exercice"),
    "test": N_("essai"),
    "training": N_("formation"),
}


def declare(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    spaces = family(
        commands, "workspace", _("espaces de travail\u00a0: un événement, une permanence")
    )
    add = command(spaces, "add", _("ouvre un espace"), run_add)
    add.add_argument("code", metavar=_("CODE"), help="jop-2024")
    add.add_argument("--title", metavar=_("TITRE"), default="", help=_("titre affiché"))
    add.add_argument("--mode", choices=list(_MODES), default="real",
                     help=_("réel ou exercice\u00a0: ne change plus, les clés les séparent"))  # fmt: skip
    add.add_argument("--zone", default="Europe/Paris", help=_("fuseau (Europe/Paris)"))
    add.add_argument("--marking", default="DR", metavar=_("MENTION"),
                     help=_("mention proposée aux entrées\u00a0: NP, DR ou DR_SF"))  # fmt: skip
    add.add_argument("--journal", default="MC", metavar=_("CODE"), help=_("code du journal (MC)"))
    add.add_argument("--prefix", default="", metavar=_("PRÉFIXE"),
                     help=_("préfixe des numéros (MC-2024)"))  # fmt: skip
    command(spaces, "list", _("montre les espaces ouverts"), run_list)
    close = command(spaces, "close", _("ferme un espace\u00a0: il reste lisible au hub"), run_close)
    close.add_argument("code", metavar=_("CODE"))
    posts = family(commands, "post", _("postes tenus en salle"))
    named = command(posts, "add", _("nomme un poste"), run_add_post)
    named.add_argument("name", metavar=_("POSTE"))
    named.add_argument("--title", metavar=_("TITRE"), default="")
    command(posts, "list", _("montre les postes"), run_list_posts)


async def run_add(called: argparse.Namespace) -> int:
    """Open the workspace."""
    year = to_datetime(Clock().now(), PARIS).year
    told = WorkspaceInfo(
        workspace=called.code,
        title=called.title,
        mode=called.mode,
        zone=called.zone,
        marking=called.marking,
        journal=called.journal,
        prefix=called.prefix or f"{called.journal}-{year}",
    )
    async with opened(called, _SPACE) as office:
        info = await office.people.workspaces.add(told)
        await office.note("workspace.added", info.workspace, mode=info.mode)
    answer(called, info, _told(info))
    return 0


async def run_list(called: argparse.Namespace) -> int:
    """Show the workspaces."""
    async with opened(called, _SPACE, ("read", "device")) as office:
        spaces = await office.people.workspaces.all()
    lines = [*map(_told, spaces)]
    answer(
        called,
        spaces,
        *(lines or [_("Aucun espace n’est ouvert\u00a0: «\u202fworkspace add\u202f».")]),
    )
    return 0


async def run_close(called: argparse.Namespace) -> int:
    """Close the workspace."""
    async with opened(called, _SPACE) as office:
        await office.people.workspaces.close(called.code)
        await office.note("workspace.closed", called.code)
    answer(called, {"closed": called.code}, _("Espace {code} fermé.").format(code=called.code))
    return 0


async def run_add_post(called: argparse.Namespace) -> int:
    """Name the post."""
    async with opened(called, _POST) as office:
        await office.people.workspaces.add_post(called.name, called.title)
        await office.note("post.added", called.name)
    answer(called, {"post": called.name}, _("Poste {name} ajouté.").format(name=called.name))
    return 0


async def run_list_posts(called: argparse.Namespace) -> int:
    """Show the posts."""
    async with opened(called, _POST) as office:
        posts = await office.people.workspaces.posts()
    answer(called, posts, *(f"{name:<28} {title}" for name, title in posts))
    return 0


def _told(info: WorkspaceInfo) -> str:
    mode = _(_MODES[info.mode])
    return f"{info.workspace:<20} {mode:<10} {info.marking:<6} {info.prefix:<12} {info.title}"
