"""Whoever watches is not in the hands of whoever is watched: only an RSSI touches an RSSI's account.

An administrator who could give the RSSI another secret would be the RSSI.
"""

from beffroi.access import rights
from beffroi.access.roles import OFFICER
from beffroi.errors import BeffroiError
from beffroi.text import _
from hub.admin.office import Office

EDIT = ("edit", "officer")


async def is_officer(office: Office, account: str) -> bool:
    """Whether the account was ever granted to watch, and that grant was not withdrawn."""
    return any(held.grant.role == OFFICER for held in await office.people.grants.all(account))


async def check(office: Office, account: str) -> None:
    """Let whoever acts touch `account`: an RSSI those of RSSIs alone, others all but those.

    Raises:
        BeffroiError: it is not theirs to touch.
    """
    await _check(office, account, officer=await is_officer(office, account))


async def check_role(office: Office, account: str, role: str) -> None:
    """Let whoever acts give or take `role`; a hub without any RSSI may be given one by all.

    Raises:
        BeffroiError: it is not theirs to give.
    """
    if role == OFFICER and not await _any(office):
        return
    await _check(office, account, officer=role == OFFICER)


async def _any(office: Office) -> bool:
    return any(held.grant.role == OFFICER for held in await office.people.grants.all())


async def _check(office: Office, account: str, *, officer: bool) -> None:
    held = await office.people.rights_of(office.who.account)
    if officer == rights.may(held, *EDIT):
        return
    await office.note("access.refused", account, asked=":".join(EDIT))
    if officer:
        raise BeffroiError(
            _(
                "Seul un RSSI agit sur le compte d’un RSSI\u00a0: demandez-le lui, ou agissez par --as."
            )
        )
    raise BeffroiError(
        _(
            "Un RSSI n’a pas ce droit sur d’autres comptes que ceux des RSSI\u00a0: "
            "demandez-le à l’administrateur."
        )
    )
