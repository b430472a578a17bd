"""One account's way into a profile: its secret, made slow to guess, wraps the profile's key.

Argon2id (RFC 9106) turns the secret into a wrapping key; AES-256-GCM wraps.
"""

import os

import msgspec
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12
_TAG_BYTES = 16
_MAX_MEMORY_KIB = 1_048_576
_MAX_PASSES = 20


class Cost(msgspec.Struct, frozen=True, kw_only=True):
    """The price of one guess (Argon2id).  Only tests lower it."""

    memory_kib: int = 65_536
    passes: int = 3


class Slot(msgspec.Struct, kw_only=True):
    """One account's way in.

    `failures` and `blocked_until` (UTC ms) slow down guessing; `untold` wrong tries, the last one
    at `last_failure` (UTC ms), are not in the audit trail yet.
    """

    salt: bytes
    nonce: bytes
    wrapped: bytes
    memory_kib: int = 65_536
    passes: int = 3
    failures: int = 0
    blocked_until: int = 0
    untold: int = 0
    last_failure: int = 0

    @property
    def cost(self) -> Cost:
        """The price of one guess at this account's secret."""
        return Cost(memory_kib=self.memory_kib, passes=self.passes)

    def sound(self) -> bool:
        """Whether Beffroi may have written it, and a guess costs less than the whole machine."""
        return (
            len(self.salt) == SALT_BYTES
            and len(self.nonce) == NONCE_BYTES
            and len(self.wrapped) == KEY_BYTES + _TAG_BYTES
            and 8 <= self.memory_kib <= _MAX_MEMORY_KIB
            and 1 <= self.passes <= _MAX_PASSES
            and self.failures >= 0
            and self.untold >= 0
        )

    def opened(self, account: str, secret: str) -> bytes | None:
        """The profile's key, None when the secret is not `account`'s."""
        cipher = AESGCM(_derived(secret, self.salt, self.cost))
        try:
            return cipher.decrypt(self.nonce, self.wrapped, account.encode())
        except InvalidTag:
            return None


def wrapped(account: str, secret: str, key: bytes, cost: Cost) -> Slot:
    """A way in for `account`: `secret` opens `key`, for it alone."""
    salt, nonce = os.urandom(SALT_BYTES), os.urandom(NONCE_BYTES)
    cipher = AESGCM(_derived(secret, salt, cost))
    return Slot(
        salt=salt,
        nonce=nonce,
        wrapped=cipher.encrypt(nonce, key, account.encode()),
        memory_kib=cost.memory_kib,
        passes=cost.passes,
    )


def _derived(secret: str, salt: bytes, cost: Cost) -> bytes:
    return hash_secret_raw(
        # What the environment holds may not be UTF-8: its bytes are then the secret.
        secret.encode(errors="surrogateescape"),
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=1,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )
