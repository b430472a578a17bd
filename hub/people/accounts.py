"""The named people of a hub, their secrets, and what they were granted."""

import json
import re
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
from hub.people.secrets import Hasher, new_id, new_secret

_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")
_COLUMNS = "name, display, organisation, posts, subject, locked_at, created_at"
_GRANT = "id, account, workspace, role, marking, caveats, not_before, not_after, grace, convention"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person's account.  `subject` is who an identity provider says they are; times UTC ms."""

    name: str
    display: str
    organisation: str = ""
    posts: tuple[str, ...] = ()
    subject: str = ""
    locked_at: int = 0
    created_at: int = 0


@dataclass(frozen=True, slots=True)
class Held:
    """A grant as it is kept, under its `id`."""

    id: str
    grant: Grant


class Accounts:
    """Makes, locks and grants.  Whoever calls has asked for the right to do so."""

    def __init__(self, database: Database, clock: Clock, hasher: Hasher) -> None:
        self._database = database
        self._clock = clock
        self._hasher = hasher

    async def add(self, account: Account, secret: str = "") -> str:
        """Make an account; its first secret, made here when none is given.

        With a `subject` and no secret it only comes in through the identity provider (returns "").

        Raises:
            BeffroiError: the name is taken or unfit, the secret too short.
        """
        if not _NAME.fullmatch(account.name):
            raise BeffroiError(
                _(
                    "Le compte « {name} » ne convient pas : prenez des minuscules sans accent, "
                    "des chiffres, un point ou un tiret (prenom.nom)."
                ).format(name=clean(account.name)[:40])
            )
        first = secret or ("" if account.subject else new_secret())
        kept = await self._hasher.hashed(first) if first else ""
        now = self._clock.now()
        async with self._database.write() as session:
            added = await session.run(
                "INSERT INTO account (name, display, organisation, posts, secret, subject, "
                "created_at, secret_at) VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (name) DO NOTHING",
                account.name, clean(account.display) or account.name, clean(account.organisation),
                json.dumps([clean(post) for post in account.posts]), kept, account.subject, now, now,
            )  # fmt: skip
        if not added:
            raise BeffroiError(
                _("Le compte « {name} » existe déjà : choisissez un autre nom.").format(
                    name=account.name
                )
            )
        return first

    async def all(self) -> list[Account]:
        """Every account, by name."""
        async with self._database.read() as session:
            rows = await session.rows(f"SELECT {_COLUMNS} FROM account ORDER BY name")
        return [_account(row) for row in rows]

    async def get(self, name: str) -> Account:
        """The account of that name.

        Raises:
            BeffroiError: there is none.
        """
        async with self._database.read() as session:
            return await self._known(session, name)

    async def of_subject(self, subject: str) -> Account | None:
        """The account that an identity provider's `subject` belongs to."""
        async with self._database.read() as session:
            row = await session.row(
                f"SELECT {_COLUMNS} FROM account WHERE subject = ? AND subject <> ''", subject
            )
        return _account(row) if row else None

    async def secret_of(self, name: str) -> tuple[Account, str] | None:
        """The account and the hash of its secret ("" without any); None when there is none."""
        async with self._database.read() as session:
            row = await session.row(f"SELECT {_COLUMNS}, secret FROM account WHERE name = ?", name)
        return (_account(row), str(row[-1])) if row else None

    async def matches(self, secret: str, kept: str) -> bool:
        """Whether `secret` is the one of which `kept` was made."""
        return await self._hasher.matches(secret, kept)

    async def change_secret(self, name: str, secret: str = "") -> str:
        """Give the account another secret, made here when none is given; its sessions end.

        Raises:
            BeffroiError: no such account, or a secret too short.
        """
        new = secret or new_secret()
        kept = await self._hasher.hashed(new)
        now = self._clock.now()
        async with self._database.write() as session:
            await self._known(session, name)
            await session.run(
                "UPDATE account SET secret = ?, secret_at = ? WHERE name = ?", kept, now, name
            )
            await session.run("DELETE FROM attempt WHERE subject = ?", f"account:{name}")
            await _end_sessions(session, name, "secret", now)
        return new

    async def lock(self, name: str, *, locked: bool = True) -> None:
        """Keep the person out, or let them in again; a locked account's sessions end.

        Raises:
            BeffroiError: no such account.
        """
        now = self._clock.now()
        async with self._database.write() as session:
            await self._known(session, name)
            await session.run(
                "UPDATE account SET locked_at = ? WHERE name = ?", now if locked else 0, name
            )
            if locked:
                await _end_sessions(session, name, "locked", now)

    async def set_posts(self, name: str, posts: tuple[str, ...]) -> None:
        """Say which posts the person may hold.

        Raises:
            BeffroiError: no such account.
        """
        async with self._database.write() as session:
            await self._known(session, name)
            await session.run(
                "UPDATE account SET posts = ? WHERE name = ?",
                json.dumps([clean(post) for post in posts]), name,
            )  # fmt: skip
            await notices.tell(session, notices.RIGHTS, name, self._clock.now())

    async def grants(self, account: str = "") -> list[Held]:
        """What was granted, to one account when it is named."""
        async with self._database.read() as session:
            rows = await session.rows(
                f"SELECT {_GRANT} FROM granted WHERE withdrawn_at = 0 AND (? = '' OR account = ?) "
                "ORDER BY account, workspace, role, id",
                account, account,
            )  # fmt: skip
        return [_held(row) for row in rows]

    async def grants_at(self, account: str, at: int) -> list[Grant]:
        """What was granted and not withdrawn at `at` (UTC ms), in force then or not."""
        async with self._database.read() as session:
            rows = await session.rows(
                f"SELECT {_GRANT} FROM granted WHERE account = ? "
                "AND (withdrawn_at = 0 OR withdrawn_at > ?)",
                account, at,
            )  # fmt: skip
        return [_held(row).grant for row in rows]

    async def grant(self, grant: Grant, by: str = "") -> str:
        """Give a role; its id.

        Raises:
            BeffroiError: no such account or workspace, two roles that exclude each other, a partner
                in a second workspace, a grant that makes no sense.
        """
        check_grant(grant)
        now, made = self._clock.now(), new_id()
        async with self._database.write() as session:
            await self._known(session, grant.account)
            if grant.workspace != buckets.EVERYWHERE:
                await _known_workspace(session, grant.workspace)
            await _check_beside(session, grant)
            await session.run(
                f"INSERT INTO granted ({_GRANT}, made_by, made_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
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
                f"SELECT {_GRANT} FROM granted WHERE id = ? AND withdrawn_at = 0", grant_id
            )
            if row is None:
                raise BeffroiError(
                    _("Ce droit n’existe pas : voyez « beffroi-admin hub grant list ».")
                )
            now = self._clock.now()
            await session.run("UPDATE granted SET withdrawn_at = ? WHERE id = ?", now, grant_id)
            await notices.tell(session, notices.RIGHTS, str(row[1]), now)
        return _held(row)

    async def _known(self, session: Session, name: str) -> Account:
        row = await session.row(f"SELECT {_COLUMNS} FROM account WHERE name = ?", name)
        if row is None:
            raise BeffroiError(
                _(
                    "Le compte « {name} » n’existe pas : voyez « beffroi-admin hub account list »."
                ).format(name=clean(name)[:40])
            )
        return _account(row)


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
                "Un invité partenaire n’entre que dans un espace : "
                "retirez d’abord ses autres droits."
            )
        )


async def _known_workspace(session: Session, code: str) -> None:
    if await session.row("SELECT 1 FROM workspace WHERE code = ?", code) is None:
        raise BeffroiError(
            _(
                "L’espace « {code} » n’existe pas : voyez « beffroi-admin hub workspace list »."
            ).format(code=clean(code)[:40])
        )


async def _end_sessions(session: Session, account: str, why: str, now: int) -> None:
    rows = await session.rows("SELECT id FROM session WHERE account = ? AND ended_at = 0", account)
    await session.run(
        "UPDATE session SET ended_at = ?, ended_why = ? WHERE account = ? AND ended_at = 0",
        now, why, account,
    )  # fmt: skip
    for row in rows:
        await notices.tell(session, notices.SESSION, str(row[0]), now)


def _account(row: Row) -> Account:
    name, display, organisation, posts, subject, locked_at, created_at = row[:7]
    return Account(
        name=name,
        display=display,
        organisation=organisation,
        posts=tuple(json.loads(posts)),
        subject=subject,
        locked_at=locked_at,
        created_at=created_at,
    )


def _held(row: Row) -> Held:
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
