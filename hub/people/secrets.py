"""Secrets and tokens: made strong, kept hashed, compared without telling anything by the time taken."""

import asyncio
import hashlib
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from beffroi.access.keyring import MIN_SECRET
from beffroi.access.slot import Cost
from beffroi.errors import BeffroiError
from beffroi.text import _
from hub.http.trouble import busy

AT_ONCE = 2
WAITING = 200
MAX_SECRET = 1000
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_NEVER = "$argon2id$"


class Hasher:
    """Argon2id, a few at a time: a crowd at the change of shift costs time, not all the memory."""

    def __init__(self, cost: Cost | None = None) -> None:
        price = cost or Cost()
        self._argon = PasswordHasher(
            time_cost=price.passes, memory_cost=price.memory_kib, parallelism=1
        )
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0
        self._nobody = ""

    async def hashed(self, secret: str) -> str:
        """What is kept of `secret`.

        Raises:
            BeffroiError: it is shorter than twelve characters, or longer than anyone types.
        """
        if not MIN_SECRET <= len(secret) <= MAX_SECRET:
            raise BeffroiError(
                _("Le mot de passe doit avoir au moins 12 caractères\u00a0: choisissez une phrase.")
            )
        return await self._in_turn(secret, None)

    async def matches(self, secret: str, kept: str) -> bool:
        """Whether `kept` was made of `secret`; takes as long when nothing was kept.

        Raises:
            Refused: too many people log in at once.
        """
        if not kept.startswith(_NEVER) or len(secret) > MAX_SECRET:
            self._nobody = self._nobody or await self._in_turn(secrets.token_hex(16), None)
            await self._in_turn("", self._nobody)
            return False
        return bool(await self._in_turn(secret, kept))

    async def _in_turn(self, secret: str, kept: str | None) -> str:
        if self._waiting >= WAITING:
            raise busy()
        self._waiting += 1
        try:
            async with self._turns:
                return await asyncio.to_thread(self._work, secret, kept)
        finally:
            self._waiting -= 1

    def _work(self, secret: str, kept: str | None) -> str:
        text = secret.encode(errors="surrogateescape")
        if kept is None:
            return self._argon.hash(text)
        try:
            self._argon.verify(kept, text)
        except (VerificationError, InvalidHashError):
            return ""
        return "yes"


def new_secret() -> str:
    """A secret of 99 random bits that can be read aloud: `k7mw-…`, five times four letters."""
    return "-".join("".join(secrets.choice(_LETTERS) for _n in range(4)) for _group in range(5))


def new_token() -> str:
    """256 random bits that a session shows."""
    return secrets.token_urlsafe(32)


def new_id() -> str:
    """A short name for a session, a grant, a station: 80 random bits."""
    return secrets.token_hex(10)


def digest(token: str) -> str:
    """What is kept of a token or a code: enough to know it again."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
