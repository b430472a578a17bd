"""`beffroi-admin hub device`: stations are invited, seen and revoked."""

import argparse

from beffroi.admin.parser import Commands, count
from beffroi.admin.session import answer
from beffroi.text import _
from hub.admin.office import command, family, opened
from hub.admin.times import shown_moment
from hub.health.clocks import is_skewed
from hub.page.wording import seconds
from hub.people.devices import INVITED_MS, Device, Invitation
from hub.starting.first import enrolment_code

_EDIT, _READ, _REVOKE = ("edit", "device"), ("read", "device"), ("revoke", "device")
_HOUR_MS = 3_600_000


def declare(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    inside = family(commands, "device", _("postes de travail\u00a0: enrôlement, révocation"))
    invite = command(inside, "invite", _("donne un code d’enrôlement à usage unique"), run_invite)
    invite.add_argument("--note", default="", metavar=_("TEXTE"), help=_("pour qui, quel bureau"))
    invite.add_argument("--hours", type=count, default=INVITED_MS // _HOUR_MS, metavar="N",
                        help=_("durée du code en heures (24)"))  # fmt: skip
    command(inside, "list", _("montre les postes et les codes en attente"), run_list)
    revoke = command(
        inside,
        "revoke",
        _("révoque un poste\u00a0: son cache s’efface au prochain contact"),
        run_revoke,
    )
    revoke.add_argument("device", metavar=_("POSTE"), help=_("son code (S4) ou son nom"))
    revoke.add_argument("--why", default="", metavar=_("MOTIF"), help=_("perdu, volé, réformé…"))


async def run_invite(called: argparse.Namespace) -> int:
    """Give a code."""
    async with opened(called, _EDIT) as office:
        code = await office.people.devices.invite(
            called.note, office.who.account, lasts_ms=called.hours * _HOUR_MS
        )
        await office.note("device.invited", called.note)
        text = enrolment_code(office.settings, office.keys, code)
    answer(
        called, {"code": text, "hours": called.hours},
        _("À saisir sur le poste, une seule fois, dans les {n} heures\u00a0:").format(n=called.hours),
        f"  {text}",
    )  # fmt: skip
    return 0


async def run_list(called: argparse.Namespace) -> int:
    """Show the stations."""
    async with opened(called, _READ) as office:
        devices = await office.people.devices.all()
        now = office.clock.now()
        waiting = [i for i in await office.people.devices.invitations() if not i.used_at and i.expires > now]  # fmt: skip
        await office.note("device.list")
    public = [_public(device) for device in devices]
    lines = [*map(_told, devices), *map(_waiting, waiting)]
    answer(
        called,
        {"devices": public, "invitations": waiting},
        *(
            lines
            or [
                _("Aucun poste n’est enrôlé\u00a0: donnez un code par «\u202fdevice invite\u202f».")
            ]
        ),
    )
    return 0


async def run_revoke(called: argparse.Namespace) -> int:
    """Put a station out."""
    async with opened(called, _REVOKE) as office:
        device = await office.people.devices.named(called.device)
        await office.people.devices.revoke(device.id, called.why)
        await office.note("device.revoked", device.code, station=device.station, why=called.why)
    answer(
        called, {"revoked": device.code},
        _("Poste {code} ({station}) révoqué\u00a0: ses sessions sont fermées, son cache s’effacera.").format(
            code=device.code, station=device.station),
    )  # fmt: skip
    return 0


def _public(device: Device) -> dict[str, object]:
    return {
        "code": device.code, "id": device.id, "station": device.station,
        "version": device.version, "enrolled_at": device.enrolled_at,
        "enrolled_by": device.enrolled_by, "seen_at": device.seen_at, "skew_ms": device.skew_ms,
        "revoked_at": device.revoked_at, "revoked_why": device.revoked_why,
    }  # fmt: skip


def _told(device: Device) -> str:
    line = f"{device.code:<5} {device.station:<28} {device.version:<10} "
    line += _("vu le {moment}").format(moment=shown_moment(device.seen_at))
    if is_skewed(device.skew_ms):
        line += "  " + _("horloge en écart de {skew}").format(skew=seconds(device.skew_ms))
    if device.revoked_at:
        line += "  " + _("révoqué le {moment} {why}").format(
            moment=shown_moment(device.revoked_at), why=device.revoked_why
        )
    return line


def _waiting(invitation: Invitation) -> str:
    return _("code en attente jusqu’au {moment}, donné par {by}\u00a0: {note}").format(
        moment=shown_moment(invitation.expires), by=invitation.made_by, note=invitation.note or "–"
    )
