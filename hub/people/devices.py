"""The stations of a hub: invited, enrolled with a certificate, revoked."""

import base64
import binascii
from dataclasses import dataclass

from beffroi.clock import Clock
from beffroi.errors import BeffroiError
from beffroi.logbook.content import clean
from beffroi.text import _
from hub.db import Database, Row, Session
from hub.keys import Authority
from hub.keys.authority import fingerprint, pem
from hub.people import notices
from hub.people.secrets import digest, new_id, new_secret

INVITED_MS = 24 * 3_600_000
KEY_BYTES = 32
MAX_KEYS = 50
COLUMNS = (
    "id, station, number, fingerprint, salt, version, enrolled_by, enrolled_at, seen_at, "
    "skew_ms, revoked_at, revoked_why"
)


@dataclass(frozen=True, slots=True)
class Device:
    """An enrolled station.  Times are UTC ms, 0 for never; `skew_ms` is how far its clock was off."""

    id: str
    station: str
    number: int
    fingerprint: str
    salt: str
    version: str
    enrolled_by: str
    enrolled_at: int
    seen_at: int
    skew_ms: int
    revoked_at: int
    revoked_why: str

    @property
    def code(self) -> str:
        """How it signs provisional numbers: S4."""
        return f"S{self.number}"


@dataclass(frozen=True, slots=True)
class Invitation:
    """A code that was given out: who for, by whom, until when, and what became of it."""

    id: str
    note: str
    made_by: str
    made_at: int
    expires: int
    used_at: int
    device: str


class Devices:
    """Invites, enrols and revokes stations; knows the keys with which they sign."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def invite(self, note: str = "", by: str = "", *, lasts_ms: int = INVITED_MS) -> str:
        """A code with which one station may enrol, once; it is not kept, only its hash is."""
        code, now = new_secret(), self._clock.now()
        async with self._database.write() as session:
            await session.run(
                "INSERT INTO invitation (code, note, made_by, made_at, expires) "
                "VALUES (?,?,?,?,?)",
                digest(code), clean(note)[:200], by, now, now + lasts_ms,
            )  # fmt: skip
        return code

    async def invitations(self) -> list[Invitation]:
        """The codes given out, newest first; `id` begins their hash."""
        async with self._database.read() as session:
            rows = await session.rows(
                "SELECT code, note, made_by, made_at, expires, used_at, device FROM invitation "
                "ORDER BY made_at DESC"
            )
        return [Invitation(str(row[0])[:12], *row[1:]) for row in rows]

    async def enrol(
        self, code: str, station: str, request: str, authority: Authority, version: str = ""
    ) -> tuple[Device, str]:
        """Enrol a station with its one-time code; the device and its certificate (PEM).

        Raises:
            BeffroiError: the code is unknown, used or over; the request is none; no name.
        """
        now, device = self._clock.now(), new_id()
        certificate = authority.station(request, device)
        name = clean(station)[:100]
        if not name:
            raise BeffroiError(
                _("Ce poste a besoin d’un nom\u00a0: donnez-lui celui de son bureau.")
            )
        async with self._database.write() as session:
            row = await session.row(
                "UPDATE invitation SET used_at = ?, device = ? "
                "WHERE code = ? AND used_at = 0 AND expires > ? RETURNING made_by",
                now, device, digest(code.strip()), now,
            )  # fmt: skip
            if row is None:
                raise BeffroiError(
                    _(
                        "Ce code d’enrôlement n’est pas valable (inconnu, déjà utilisé ou "
                        "expiré)\u00a0: demandez-en un autre à l’administrateur du hub."
                    )
                )
            made = Device(
                id=device, station=name, number=await _next_number(session),
                fingerprint=fingerprint(certificate), salt=new_id(), version=clean(version)[:50],
                enrolled_by=str(row[0]), enrolled_at=now, seen_at=now, skew_ms=0,
                revoked_at=0, revoked_why="",
            )  # fmt: skip
            await session.run(
                f"INSERT INTO device ({COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
                made.id, made.station, made.number, made.fingerprint, made.salt, made.version,
                made.enrolled_by, now, now, 0, 0, "",
            )  # fmt: skip
        return made, pem(certificate).decode()

    async def all(self) -> list[Device]:
        """Every station, by number."""
        async with self._database.read() as session:
            rows = await session.rows(f"SELECT {COLUMNS} FROM device ORDER BY number")
        return [Device(*row) for row in rows]

    async def of_certificate(self, print_of_it: str) -> Device | None:
        """The station whose certificate has that SHA-256, revoked ones included."""
        async with self._database.read() as session:
            row = await session.row(
                f"SELECT {COLUMNS} FROM device WHERE fingerprint = ?", print_of_it
            )
        return Device(*row) if row else None

    async def named(self, which: str) -> Device:
        """The station with that id, code (S4) or name.

        Raises:
            BeffroiError: there is none, or several have that name.
        """
        found = [
            each
            for each in await self.all()
            if which == each.id or which.upper() == each.code or which == each.station
        ]
        if len(found) != 1:
            raise BeffroiError(
                _(
                    "Aucun poste, ou plusieurs, ne répond à «\u202f{which}\u202f»\u00a0: prenez son code (S4) "
                    "dans «\u202fbeffroi-admin hub device list\u202f»."
                ).format(which=clean(which)[:40])
            )
        return found[0]

    async def revoke(self, device: str, why: str) -> None:
        """Put a station out: its sessions end and its cache is erased at the next contact."""
        now = self._clock.now()
        async with self._database.write() as session:
            await session.run(
                "UPDATE device SET revoked_at = ?, revoked_why = ? WHERE id = ? AND revoked_at = 0",
                now, clean(why)[:500], device,
            )  # fmt: skip
            await session.run(
                "UPDATE session SET ended_at = ?, ended_why = 'revoked' "
                "WHERE device = ? AND ended_at = 0",
                now, device,
            )  # fmt: skip
            await notices.tell(session, notices.DEVICE, device, now)

    async def seen(self, device: str, version: str = "") -> None:
        """Keep that the station was there, and which Beffroi it runs when it said so."""
        async with self._database.write() as session:
            await session.run(
                "UPDATE device SET seen_at = ?, version = CASE WHEN ? = '' THEN version ELSE ? END "
                "WHERE id = ?",
                self._clock.now(), version, clean(version)[:50], device,
            )  # fmt: skip

    async def skewed(self, device: str, skew_ms: int) -> None:
        """Keep how far a station's clock is from the hub's."""
        async with self._database.write() as session:
            await session.run("UPDATE device SET skew_ms = ? WHERE id = ?", skew_ms, device)

    async def add_signing_key(self, device: str, workspace: str, public: str) -> None:
        """Know the key (base64) with which a station signs in a workspace from now on.

        Raises:
            BeffroiError: it is no Ed25519 key, the station has too many, or it signs elsewhere.
        """
        if not _is_key(public):
            raise _bad_key()
        async with self._database.write() as session:
            rows = await session.rows(
                "SELECT device, workspace FROM signing_key WHERE public = ?", public
            )
            if any((row[0], row[1]) != (device, workspace) for row in rows):
                raise _bad_key()
            row = await session.row(
                "SELECT count(*) FROM signing_key WHERE device = ? AND workspace = ?",
                device, workspace,
            )  # fmt: skip
            if row is not None and int(row[0]) >= MAX_KEYS:
                raise _bad_key()
            await session.run(
                "INSERT INTO signing_key (device, workspace, public, made_at) VALUES (?,?,?,?) "
                "ON CONFLICT (device, workspace, public) DO NOTHING",
                device, workspace, public, self._clock.now(),
            )  # fmt: skip

    async def signing_keys(self, device: str, workspace: str) -> tuple[str, ...]:
        """The keys (base64) with which a station may have signed in a workspace, newest first."""
        async with self._database.read() as session:
            rows = await session.rows(
                "SELECT public FROM signing_key WHERE device = ? AND workspace = ? "
                "ORDER BY made_at DESC",
                device, workspace,
            )  # fmt: skip
        return tuple(str(row[0]) for row in rows)

    async def authors(self, device: str) -> frozenset[str]:
        """The accounts that have logged in on a station while it was online."""
        async with self._database.read() as session:
            rows = await session.rows("SELECT account FROM device_author WHERE device = ?", device)
        return frozenset(str(row[0]) for row in rows)


async def _next_number(session: Session) -> int:
    # The row of notices is locked by whoever numbers something: two enrolments never collide.
    await session.run("UPDATE notice_count SET last = last WHERE one = 1")
    row: Row | None = await session.row("SELECT coalesce(max(number), 0) + 1 FROM device")
    return int(row[0]) if row else 1


def _is_key(public: str) -> bool:
    try:
        return len(base64.b64decode(public, validate=True)) == KEY_BYTES
    except (binascii.Error, ValueError):
        return False


def _bad_key() -> BeffroiError:
    return BeffroiError(
        _("La clé de signature de ce poste est refusée\u00a0: enrôlez-le de nouveau.")
    )
