"""The workspaces of a hub and the posts that people hold in its rooms."""

import re

import msgspec

from beffroi.clock import Clock
from beffroi.errors import BeffroiError
from beffroi.logbook.content import clean
from beffroi.profile import ProfileInfo
from beffroi.sync.wire import WorkspaceInfo
from beffroi.text import _
from hub.db import Database, Row
from hub.people import notices

_CODE = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_PREFIX = re.compile(r"[A-Z0-9][A-Z0-9-]{0,31}")
_COLUMNS = "code, title, mode, zone, marking, journal, prefix"


class Workspaces:
    """What is opened once and never deleted: closing one keeps it readable."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self.changes = 0
        """How often this process opened or closed one: what was read before is outdated."""

    async def add(self, told: WorkspaceInfo) -> WorkspaceInfo:
        """Open a workspace.  `mode` says for ever whether it is real or an exercise.

        Raises:
            BeffroiError: its code is taken or unfit; an unknown mode, time zone or marking.
        """
        info = _checked(told)
        async with self._database.write() as session:
            added = await session.run(
                f"INSERT INTO workspace ({_COLUMNS}, made_at) VALUES (?,?,?,?,?,?,?,?) "
                "ON CONFLICT (code) DO NOTHING",
                info.workspace, info.title, info.mode, info.zone, info.marking, info.journal,
                info.prefix, self._clock.now(),
            )  # fmt: skip
            await notices.tell(session, notices.RIGHTS, "*", self._clock.now())
        self.changes += 1
        if not added:
            raise BeffroiError(
                _(
                    "L’espace «\u202f{code}\u202f» existe déjà\u00a0: choisissez un autre code."
                ).format(code=info.workspace)
            )
        return info

    async def all(self) -> list[WorkspaceInfo]:
        """Every workspace that is open, by code."""
        async with self._database.read() as session:
            rows = await session.rows(
                f"SELECT {_COLUMNS} FROM workspace WHERE closed_at = 0 ORDER BY code"
            )
        return [_info(row) for row in rows]

    async def get(self, code: str) -> WorkspaceInfo | None:
        """The workspace of that code, open or closed."""
        async with self._database.read() as session:
            row = await session.row(f"SELECT {_COLUMNS} FROM workspace WHERE code = ?", code)
        return _info(row) if row else None

    async def close(self, code: str) -> None:
        """End a workspace: nobody joins it any more.

        Raises:
            BeffroiError: there is none open with that code.
        """
        now = self._clock.now()
        async with self._database.write() as session:
            closed = await session.run(
                "UPDATE workspace SET closed_at = ? WHERE code = ? AND closed_at = 0", now, code
            )
            await notices.tell(session, notices.RIGHTS, "*", now)
        self.changes += 1
        if not closed:
            raise BeffroiError(
                _(
                    "Aucun espace «\u202f{code}\u202f» n’est ouvert\u00a0: "
                    "voyez «\u202fbeffroi-admin hub workspace list\u202f»."
                ).format(code=clean(code)[:40])
            )

    async def add_post(self, name: str, title: str = "") -> None:
        """Name a post, or give it another title.

        Raises:
            BeffroiError: it has no name.
        """
        if not clean(name) or len(name) > 100:
            raise BeffroiError(_("Un poste a besoin d’un nom d’au plus cent caractères."))
        async with self._database.write() as session:
            await session.run(
                "INSERT INTO post (name, title) VALUES (?, ?) "
                "ON CONFLICT (name) DO UPDATE SET title = excluded.title",
                clean(name), clean(title),
            )  # fmt: skip

    async def posts(self) -> list[tuple[str, str]]:
        """Every post and its title, by name."""
        async with self._database.read() as session:
            rows = await session.rows("SELECT name, title FROM post ORDER BY name")
        return [(row[0], row[1]) for row in rows]


def _checked(told: WorkspaceInfo) -> WorkspaceInfo:
    if not _CODE.fullmatch(told.workspace):
        raise BeffroiError(
            _(
                "Le code «\u202f{code}\u202f» ne convient pas\u00a0: prenez des minuscules sans accent, "
                "des chiffres et des tirets (jop-2024)."
            ).format(code=clean(told.workspace)[:40])
        )
    if not _PREFIX.fullmatch(told.prefix) or not _PREFIX.fullmatch(told.journal):
        raise BeffroiError(
            _(
                "Le préfixe des numéros ne convient pas\u00a0: prenez des capitales, "
                "des chiffres et des tirets (MC-2024)."
            )
        )
    info = msgspec.structs.replace(told, title=clean(told.title) or told.workspace)
    try:
        msgspec.convert(
            {
                "title": info.title, "workspace": info.workspace, "mode": info.mode,
                "zone": info.zone, "marking": info.marking, "journal": info.journal,
            },
            ProfileInfo,
        )  # fmt: skip
    except (msgspec.ValidationError, ValueError) as error:
        raise BeffroiError(
            _(
                "Le mode, le fuseau ou la mention de l’espace ne convient pas\u00a0: mode real, "
                "exercise, test ou training\u202f; fuseau comme Europe/Paris\u202f; mention NP, DR ou DR_SF."
            )
        ) from error
    return info


def _info(row: Row) -> WorkspaceInfo:
    return WorkspaceInfo(
        workspace=row[0], title=row[1], mode=row[2], zone=row[3], marking=row[4],
        journal=row[5], prefix=row[6],
    )  # fmt: skip
