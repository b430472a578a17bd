"""The named people of a profile and the posts that each may hold."""

import json
from dataclasses import dataclass

from beffroi.access.roles import LEGACY, ROLES
from beffroi.errors import BeffroiError
from beffroi.journal.operation import Identity
from beffroi.store import Store
from beffroi.text import _

SECURITY = "security"
"""The security officer: reads the audit trail, touches no content and takes none away."""
_OLDER = {"supervisor": "room_chief"}
"""What the accounts of older demonstrations are called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person's account: never shared, holding one of its posts at a time."""

    name: str
    display: str
    organisation: str
    posts: tuple[str, ...]
    role: str = "contributor"
    active: bool = True


class Accounts:
    """The accounts kept inside the encrypted store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put(self, account: Account) -> None:
        """Add or replace an account."""
        with self._store.write() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO account (name, display, organisation, posts, role, active) "
                "VALUES (?,?,?,?,?,?)",
                (account.name, account.display, account.organisation,
                 json.dumps(account.posts), account.role, account.active),
            )  # fmt: skip

    def all(self) -> list[Account]:
        """Every account, by name."""
        with self._store.read() as connection:
            rows = connection.execute(
                "SELECT name, display, organisation, posts, role, active FROM account ORDER BY name"
            ).fetchall()
        return [
            Account(name=r[0], display=r[1], organisation=r[2], posts=tuple(json.loads(r[3])),
                    role=r[4], active=bool(r[5]))
            for r in rows
        ]  # fmt: skip

    def identity(self, name: str, post: str, station: str) -> Identity:
        """`name` holding `post` (their first one when empty, none if they have none) at `station`.

        A role that this Beffroi does not know reads, and writes nothing.

        Raises:
            BeffroiError: no such account, or it may not hold that post.
        """
        account = next((a for a in self.all() if a.name == name and a.active), None)
        if account is None:
            raise BeffroiError(_("Ce compte n’est pas actif : adressez-vous à l’administrateur."))
        chosen = post or (account.posts[0] if account.posts else "")
        if chosen and chosen not in account.posts:
            raise BeffroiError(
                _("{name} ne peut pas tenir le poste {post}.").format(
                    name=account.display, post=chosen
                )
            )
        code = _OLDER.get(account.role, account.role)
        held = ROLES.get(LEGACY.get(code, code))
        return Identity(
            account=account.name,
            person=account.display,
            post=chosen,
            station=station,
            organisation=account.organisation,
            may_write=held is not None and held.writes,
            may_export=held is not None and held.exports,
        )
