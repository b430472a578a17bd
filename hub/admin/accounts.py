"""`beffroi-admin hub account`: the named people of a hub."""

import argparse

from beffroi.access import rights
from beffroi.admin.parser import Commands
from beffroi.admin.session import answer
from beffroi.errors import BeffroiError
from beffroi.text import _
from hub.admin import officers
from hub.admin.office import by_keys, command, family, keyed, opened
from hub.people import Account

_EDIT, _LOCK = ("edit", "account"), ("lock", "account")


def declare(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    inside = family(commands, "account", _("comptes nominatifs"))
    add = command(inside, "add", _("crée un compte et montre son premier mot de passe"), run_add)
    add.add_argument("name", metavar=_("COMPTE"), help="prenom.nom")
    add.add_argument("--display", metavar=_("NOM"), default="", help=_("nom affiché"))
    add.add_argument(
        "--organisation", metavar=_("NOM"), default="", help=_("son service\u00a0: SDIS 17")
    )
    add.add_argument("--post", metavar=_("POSTE"), action="append", default=[],
                     help=_("poste qu’il peut tenir, répétable"))  # fmt: skip
    add.add_argument("--oidc", metavar=_("IDENTITÉ"), default="",
                     help=_("valeur du champ du fournisseur d’identité\u202f; sans mot de passe ici"))  # fmt: skip
    command(inside, "list", _("montre les comptes et leurs droits"), run_list)
    for name, about, work in (
        ("lock", _("verrouille un compte et ferme ses sessions"), run_lock),
        ("unlock", _("déverrouille un compte"), run_unlock),
        ("secret", _("donne un nouveau mot de passe, montré une fois"), run_secret),
    ):
        command(inside, name, about, work).add_argument(
            "name", metavar=_("COMPTE"), help=_("lequel")
        )
    rescue = keyed(inside, "rescue", _("rend l’accès à un administrateur ou au RSSI, par les seules clés du hub"), run_rescue)  # fmt: skip
    rescue.epilog = _(
        "Pour quand plus personne ne peut agir\u00a0: le RSSI le voit dans les traces."
    )
    rescue.add_argument("name", metavar=_("COMPTE"), help=_("lequel"))
    posts = command(inside, "posts", _("dit quels postes un compte peut tenir"), run_posts)
    posts.add_argument("name", metavar=_("COMPTE"), help=_("lequel"))
    posts.add_argument("posts", metavar=_("POSTE"), nargs="*", help=_("tous ceux qu’il peut tenir"))


async def run_add(called: argparse.Namespace) -> int:
    """Make the account."""
    account = Account(
        name=called.name,
        display=called.display,
        organisation=called.organisation,
        posts=tuple(called.post),
        subject=called.oidc,
    )
    async with opened(called, _EDIT) as office:
        secret = await office.people.accounts.add(account)
        await office.note("account.added", account.name, organisation=account.organisation)
    answer(
        called, {"account": account.name, "secret": secret},
        _("Compte {name} créé. Donnez-lui un droit\u00a0: beffroi-admin hub grant add {name} ESPACE RÔLE").format(name=account.name),
        *_secret_lines(secret),
    )  # fmt: skip
    return 0


async def run_list(called: argparse.Namespace) -> int:
    """Show the accounts."""
    async with opened(called, _EDIT, _LOCK) as office:
        accounts = await office.people.accounts.all()
        held = await office.people.grants.all()
        await office.note("account.list")
    locked = _("verrouillé") + " "
    roles = {
        account.name: [f"{h.grant.role}@{h.grant.workspace}" for h in held if h.grant.account == account.name]
        for account in accounts
    }  # fmt: skip
    answer(
        called,
        [{"account": a, "roles": roles[a.name]} for a in accounts],
        *(
            f"{a.name:<24} {a.display:<28} {a.organisation:<16} "
            f"{locked if a.locked_at else ''}{', '.join(roles[a.name]) or '–'}"
            for a in accounts
        ),
    )
    return 0


async def run_lock(called: argparse.Namespace) -> int:
    """Lock the account."""
    if called.name == called.account:
        raise BeffroiError(
            _("On ne verrouille pas son propre compte\u00a0: faites-le par un autre.")
        )
    async with opened(called, _LOCK) as office:
        if await officers.is_officer(office, called.name):
            await officers.check(office, called.name)
        await office.people.accounts.lock(called.name)
        await office.note("account.locked", called.name)
    answer(called, {"locked": called.name},
           _("Compte {name} verrouillé, ses sessions sont fermées.").format(name=called.name))  # fmt: skip
    return 0


async def run_unlock(called: argparse.Namespace) -> int:
    """Unlock the account."""
    async with opened(called, _LOCK) as office:
        await office.people.accounts.lock(called.name, locked=False)
        await office.note("account.unlocked", called.name)
    answer(called, {"unlocked": called.name},
           _("Compte {name} déverrouillé.").format(name=called.name))  # fmt: skip
    return 0


async def run_secret(called: argparse.Namespace) -> int:
    """Give a new secret."""
    async with opened(called, _EDIT, officers.EDIT) as office:
        await officers.check(office, called.name)
        secret = await office.people.accounts.change_secret(called.name)
        await office.note("secret.reset", called.name)
    answer(called, {"account": called.name, "secret": secret}, *_secret_lines(secret))
    return 0


async def run_rescue(called: argparse.Namespace) -> int:
    """Give an administrator a new secret; whoever holds the hub's keys needs no account."""
    async with by_keys(called) as office:
        held = await office.people.rights_of(called.name)
        if not any(rights.may(held, *each) for each in (_EDIT, officers.EDIT)):
            raise BeffroiError(
                _(
                    "Seuls un administrateur ou un RSSI se rétablissent ainsi\u00a0: "
                    "l’administrateur donnera leur secret aux autres."
                )
            )
        secret = await office.people.accounts.change_secret(called.name)
        await office.people.accounts.lock(called.name, locked=False)
        await office.note("account.rescued", called.name)
    answer(called, {"account": called.name, "secret": secret}, *_secret_lines(secret))
    return 0


async def run_posts(called: argparse.Namespace) -> int:
    """Say which posts the account may hold."""
    async with opened(called, _EDIT) as office:
        await office.people.accounts.set_posts(called.name, tuple(called.posts))
        await office.note("account.posts", called.name, posts=called.posts)
    answer(called, {"account": called.name, "posts": called.posts},
           _("{name} peut tenir\u00a0: {posts}").format(name=called.name, posts=", ".join(called.posts) or "–"))  # fmt: skip
    return 0


def _secret_lines(secret: str) -> list[str]:
    if not secret:
        return [_("Ce compte entre par le fournisseur d’identité, sans mot de passe.")]
    return [_("Mot de passe, montré cette seule fois\u00a0: {secret}").format(secret=secret)]
