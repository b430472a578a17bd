"""What was granted to whom: roles in workspaces, how far and until when."""

from dataclasses import dataclass

from beffroi.access import buckets, roles
from beffroi.access.rights import Grant, check_grant
from beffroi.access.roles import role
from beffroi.clock import Clock
from beffroi.errors import BeffroiError
from beffroi.logbook.content import clean
from beffroi.text import _
from hub.db import Database, Row, Session
from hub.people import notices
from hub.people.accounts import known
from hub.people.secrets import new_id

COLUMNS = "id, account, workspace, role, marking, caveats, not_before, not_after, grace, convention"


@dataclass(frozen=True, slots=True)
class Held:
    """A grant as it is kept, under its `id`."""

    id: str
    grant: Grant


class Grants:
    """Gives and withdraws.  Whoever calls has asked for the right to do so."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def all(self, account: str = "") -> list[Held]:
        """What was granted, to one account when it is named."""
        async with self._database.read() as session:
            rows = await session.rows(
                f"SELECT {COLUMNS} FROM granted WHERE withdrawn_at = 0 AND (? = '' OR account = ?) "
                "ORDER BY account, workspace, role, id",
                account, account,
            )  # fmt: skip
        return [held_of(row) for row in rows]

    async def at(self, account: str, moment: int) -> list[Grant]:
        """What was granted and not withdrawn at `moment` (UTC ms), in force then or not."""
        async with self._database.read() as session:
            rows = await session.rows(
                f"SELECT {COLUMNS} FROM granted WHERE account = ? "
                "AND (withdrawn_at = 0 OR withdrawn_at > ?)",
                account, moment,
            )  # fmt: skip
        return [held_of(row).grant for row in rows]

    async def give(self, grant: Grant, by: str = "") -> str:
        """Give a role; its id.

        Raises:
            BeffroiError: no such account or workspace, two roles that exclude each other, a partner
                in a second workspace, a grant that makes no sense.
        """
        check_grant(grant)
        now, made = self._clock.now(), new_id()
        async with self._database.write() as session:
            await known(session, grant.account)
            if grant.workspace != buckets.EVERYWHERE:
                await _known_workspace(session, grant.workspace)
            # Its row stays locked: of two roles that exclude each other, given at once, one waits.
            await session.run("UPDATE account SET name = name WHERE name = ?", grant.account)
            await _check_beside(session, grant)
            await session.run(
                f"INSERT INTO granted ({COLUMNS}, made_by, made_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
                made, grant.account, grant.workspace, role(grant.role).code, grant.marking,
                "+".join(sorted(grant.caveats)), grant.not_before, grant.not_after, grant.grace,
                clean(grant.convention), by, now,
            )  # fmt: skip
            await notices.tell(session, notices.RIGHTS, grant.account, now)
        return made

    async def withdraw(self, grant_id: str) -> Held:
        """Take a grant back.

        Raises:
            BeffroiError: there is none with that id.
        """
        async with self._database.write() as session:
            row = await session.row(
                f"SELECT {COLUMNS} FROM granted WHERE id = ? AND withdrawn_at = 0", grant_id
            )
            if row is None:
                raise BeffroiError(
                    _(
                        "Ce droit n’existe pas\u00a0: voyez «\u202fbeffroi-admin hub grant list\u202f»."
                    )
                )
            now = self._clock.now()
            await session.run("UPDATE granted SET withdrawn_at = ? WHERE id = ?", now, grant_id)
            await notices.tell(session, notices.RIGHTS, str(row[1]), now)
        return held_of(row)


async def _check_beside(session: Session, grant: Grant) -> None:
    rows = await session.rows(
        "SELECT role, workspace FROM granted WHERE account = ? AND withdrawn_at = 0", grant.account
    )
    code = role(grant.role).code
    roles.check_together({code, *(str(row[0]) for row in rows)})
    others = {str(row[1]) for row in rows} - {grant.workspace}
    partner = "partner" in {code, *(str(row[0]) for row in rows)}
    if partner and others:
        raise BeffroiError(
            _(
                "Un invité partenaire n’entre que dans un espace\u00a0: "
                "retirez d’abord ses autres droits."
            )
        )


async def _known_workspace(session: Session, code: str) -> None:
    if await session.row("SELECT 1 FROM workspace WHERE code = ?", code) is None:
        raise BeffroiError(
            _(
                "L’espace «\u202f{code}\u202f» n’existe pas\u00a0: voyez «\u202fbeffroi-admin hub workspace list\u202f»."
            ).format(code=clean(code)[:40])
        )


def held_of(row: Row) -> Held:
    """The grant of a row of `COLUMNS`."""
    grant = Grant(
        account=row[1],
        workspace=row[2],
        role=row[3],
        marking=row[4],
        caveats=tuple(row[5].split("+")) if row[5] else (),
        not_before=row[6],
        not_after=row[7],
        grace=row[8],
        convention=row[9],
    )
    return Held(row[0], grant)
