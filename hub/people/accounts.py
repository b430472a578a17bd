"""The named people of a hub and their secrets."""

import json
import re
from dataclasses import dataclass

from beffroi.clock import Clock
from beffroi.errors import BeffroiError
from beffroi.logbook.content import clean
from beffroi.text import _
from hub.db import Database, Row, Session
from hub.people import notices
from hub.people.attempts import forget
from hub.people.secrets import Hasher, new_secret

_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")
COLUMNS = "name, display, organisation, posts, subject, locked_at, created_at"


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


class Accounts:
    """Makes and locks accounts.  Whoever calls has asked for the right to do so."""

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
                    "Le compte «\u202f{name}\u202f» ne convient pas\u00a0: prenez des minuscules sans accent, "
                    "des chiffres, un point ou un tiret (prenom.nom)."
                ).format(name=clean(account.name)[:40])
            )
        first = secret or ("" if account.subject else new_secret())
        kept = await self._hasher.hashed(first) if first else ""
        now = self._clock.now()
        async with self._database.write() as session:
            await _refuse_second(session, account.subject)
            added = await session.run(
                "INSERT INTO account (name, display, organisation, posts, secret, subject, "
                "created_at, secret_at) VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (name) DO NOTHING",
                account.name, clean(account.display) or account.name, clean(account.organisation),
                json.dumps([clean(post) for post in account.posts]), kept, account.subject, now, now,
            )  # fmt: skip
        if not added:
            raise BeffroiError(
                _(
                    "Le compte «\u202f{name}\u202f» existe déjà\u00a0: choisissez un autre nom."
                ).format(name=account.name)
            )
        return first

    async def all(self) -> list[Account]:
        """Every account, by name."""
        async with self._database.read() as session:
            rows = await session.rows(f"SELECT {COLUMNS} FROM account ORDER BY name")
        return [account_of(row) for row in rows]

    async def get(self, name: str) -> Account:
        """The account of that name.

        Raises:
            BeffroiError: there is none.
        """
        async with self._database.read() as session:
            return await known(session, name)

    async def of_subject(self, subject: str) -> Account | None:
        """The account that an identity provider's `subject` belongs to."""
        async with self._database.read() as session:
            row = await session.row(
                f"SELECT {COLUMNS} FROM account WHERE subject = ? AND subject <> ''", subject
            )
        return account_of(row) if row else None

    async def secret_of(self, name: str) -> tuple[Account, str] | None:
        """The account and the hash of its secret ("" without any); None when there is none."""
        async with self._database.read() as session:
            row = await session.row(f"SELECT {COLUMNS}, secret FROM account WHERE name = ?", name)
        return (account_of(row), str(row[-1])) if row else None

    def now(self) -> int:
        """The hub's time (UTC ms)."""
        return self._clock.now()

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
            await known(session, name)
            await session.run(
                "UPDATE account SET secret = ?, secret_at = ? WHERE name = ?", kept, now, name
            )
            await forget(session, name)
            await _end_sessions(session, name, "secret", now)
        return new

    async def lock(self, name: str, *, locked: bool = True) -> None:
        """Keep the person out, or let them in again; a locked account's sessions end.

        Raises:
            BeffroiError: no such account.
        """
        now = self._clock.now()
        async with self._database.write() as session:
            await known(session, name)
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
            await known(session, name)
            await session.run(
                "UPDATE account SET posts = ? WHERE name = ?",
                json.dumps([clean(post) for post in posts]), name,
            )  # fmt: skip
            await notices.tell(session, notices.RIGHTS, name, self._clock.now())


async def _refuse_second(session: Session, subject: str) -> None:
    """One identity opens one account: nobody is an administrator and the RSSI by two of them."""
    if not subject:
        return
    # Two that are made at once wait for each other.
    await session.run("UPDATE notice_count SET last = last WHERE one = 1")
    if await session.row("SELECT 1 FROM account WHERE subject = ?", subject) is not None:
        raise BeffroiError(
            _(
                "Cette identité ouvre déjà un autre compte\u00a0: "
                "une personne n’en a qu’un par le fournisseur d’identité."
            )
        )


async def known(session: Session, name: str) -> Account:
    """The account of that name.

    Raises:
        BeffroiError: there is none.
    """
    row = await session.row(f"SELECT {COLUMNS} FROM account WHERE name = ?", name)
    if row is None:
        raise BeffroiError(
            _(
                "Le compte «\u202f{name}\u202f» n’existe pas\u00a0: voyez «\u202fbeffroi-admin hub account list\u202f»."
            ).format(name=clean(name)[:40])
        )
    return account_of(row)


async def _end_sessions(session: Session, account: str, why: str, now: int) -> None:
    rows = await session.rows("SELECT id FROM session WHERE account = ? AND ended_at = 0", account)
    await session.run(
        "UPDATE session SET ended_at = ?, ended_why = ? WHERE account = ? AND ended_at = 0",
        now, why, account,
    )  # fmt: skip
    for row in rows:
        await notices.tell(session, notices.SESSION, str(row[0]), now)


def account_of(row: Row) -> Account:
    """The account of a row of `COLUMNS`."""
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
