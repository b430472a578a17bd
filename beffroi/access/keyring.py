"""Unlocks a profile without a network: each account's secret wraps the profile's one key.

Argon2id (RFC 9106) turns the secret into a wrapping key; AES-256-GCM wraps.  The file holds no
key in clear and nothing about the content of the profile.
"""

import os
from pathlib import Path

import msgspec
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from beffroi.clock import Clock
from beffroi.errors import BeffroiError
from beffroi.text import _, ngettext

KEY_BYTES = 32
FREE_TRIES = 5
MAX_DELAY_S = 900
MIN_SECRET = 12
MAX_FILE_BYTES = 1_000_000
MAX_MEMORY_KIB = 1_048_576
MAX_PASSES = 20


class WrongSecret(BeffroiError):
    """The secret does not open this account."""


class Cost(msgspec.Struct, frozen=True, kw_only=True):
    """The price of one guess (Argon2id).  Only tests lower it."""

    memory_kib: int = 65_536
    passes: int = 3


class Slot(msgspec.Struct, kw_only=True):
    """One account's way in.  `failures` and `blocked_until` (UTC ms) slow down guessing."""

    salt: bytes
    nonce: bytes
    wrapped: bytes
    memory_kib: int = 65_536
    passes: int = 3
    failures: int = 0
    blocked_until: int = 0


class _File(msgspec.Struct, kw_only=True):
    version: int = 1
    slots: dict[str, Slot] = {}


class Keyring:
    """The `keyring.json` of a profile folder."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock
        self._file = self._load()

    def _load(self) -> _File:
        if not self._path.is_file():
            return _File()
        try:
            if self._path.stat().st_size > MAX_FILE_BYTES:
                raise ValueError
            file = msgspec.json.decode(self._path.read_bytes(), type=_File)
            if any(not _payable(slot) for slot in file.slots.values()):
                raise ValueError
            return file
        except (ValueError, OSError, msgspec.DecodeError) as error:
            raise BeffroiError(
                _(
                    "Le trousseau du profil est illisible : restaurez {name} depuis une sauvegarde."
                ).format(name=self._path.name)
            ) from error

    def accounts(self) -> list[str]:
        """The accounts that can open this profile."""
        return sorted(self._file.slots)

    def add(self, account: str, secret: str, key: bytes, *, cost: Cost | None = None) -> None:
        """Let `account` open the profile with `secret` (at least twelve characters)."""
        if len(secret) < MIN_SECRET:
            raise BeffroiError(
                _("Le mot de passe doit avoir au moins 12 caractères : choisissez une phrase.")
            )
        cost = cost or Cost()
        salt, nonce = os.urandom(16), os.urandom(12)
        slot = Slot(
            salt=salt, nonce=nonce, wrapped=b"", memory_kib=cost.memory_kib, passes=cost.passes
        )
        slot.wrapped = AESGCM(_derive(secret, slot)).encrypt(nonce, key, account.encode())
        self._file = self._load()
        self._file.slots[account] = slot
        self._save()

    def unlock(self, account: str, secret: str) -> bytes:
        """The profile's key.

        Raises:
            WrongSecret: unknown account or wrong secret, or too many tries: wait.
        """
        self._file = self._load()
        slot = self._file.slots.get(account)
        if slot is None:
            raise WrongSecret(_("Compte ou mot de passe inconnu sur ce poste."))
        self._refuse_if_blocked(account)
        try:
            key = AESGCM(_derive(secret, slot)).decrypt(slot.nonce, slot.wrapped, account.encode())
        except InvalidTag:
            self._count_failure(slot)
            raise WrongSecret(self._refusal(slot)) from None
        if slot.failures:
            slot.failures = slot.blocked_until = 0
            self._save()
        return key

    def opened_by(self, secret: str) -> str:
        """The first account, by name, that `secret` opens.

        A secret that opens none counts as one wrong try on each account.

        Raises:
            WrongSecret: no account opens with it, or each must wait.
        """
        self._file = self._load()
        open_to_tries = [name for name in self.accounts() if not self._wait_s(name)]
        for name in open_to_tries:
            slot = self._file.slots[name]
            try:
                AESGCM(_derive(secret, slot)).decrypt(slot.nonce, slot.wrapped, name.encode())
            except InvalidTag:
                continue
            return name
        for name in open_to_tries:
            self._count_failure(self._file.slots[name])
        raise WrongSecret(
            _(
                "Ce mot de passe n’ouvre aucun compte de ce profil : vérifiez-le, ou nommez le compte."
            )
        )

    def change_secret(self, account: str, old: str, new: str) -> None:
        """Let `account` open with `new` instead of `old`, at the same price per guess.

        Raises:
            WrongSecret: `old` does not open the account.
        """
        key = self.unlock(account, old)
        slot = self._file.slots[account]
        self.add(account, new, key, cost=Cost(memory_kib=slot.memory_kib, passes=slot.passes))

    def remove(self, account: str) -> None:
        """Take its way in from `account`; it can no longer open the profile."""
        self._file = self._load()
        self._file.slots.pop(account, None)
        self._save()

    def failures(self, account: str) -> int:
        """How many wrong secrets in a row were tried on `account`."""
        slot = self._file.slots.get(account)
        return slot.failures if slot else 0

    def _wait_s(self, account: str) -> int:
        """Seconds before `account` may be tried again; a clock set back does not lock for ever."""
        slot = self._file.slots[account]
        wait = (slot.blocked_until - self._clock.now() + 999) // 1000
        return wait if 0 < wait <= MAX_DELAY_S else 0

    def _refuse_if_blocked(self, account: str) -> None:
        if wait := self._wait_s(account):
            raise WrongSecret(
                ngettext(
                    "Trop d’essais : recommencez dans {n} seconde.",
                    "Trop d’essais : recommencez dans {n} secondes.",
                    wait,
                ).format(n=wait)
            )

    def _count_failure(self, slot: Slot) -> None:
        slot.failures += 1
        beyond = slot.failures - FREE_TRIES
        if beyond >= 0:
            slot.blocked_until = self._clock.now() + 1000 * min(MAX_DELAY_S, 15 * 2**beyond)
        self._save()

    def _refusal(self, slot: Slot) -> str:
        left = FREE_TRIES - slot.failures
        if left <= 0:
            wait = (slot.blocked_until - self._clock.now()) // 1000
            return ngettext(
                "Mot de passe incorrect : recommencez dans {n} seconde.",
                "Mot de passe incorrect : recommencez dans {n} secondes.",
                wait,
            ).format(n=wait)
        return _("Compte ou mot de passe inconnu sur ce poste.")

    def _save(self) -> None:
        temporary = self._path.with_suffix(".new")
        with temporary.open("wb") as file:
            file.write(msgspec.json.encode(self._file))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self._path)


def new_key() -> bytes:
    """A fresh 256-bit key for a profile."""
    return os.urandom(KEY_BYTES)


def _payable(slot: Slot) -> bool:
    """Whether a guess costs what Beffroi may have written, and not the whole machine."""
    return 8 <= slot.memory_kib <= MAX_MEMORY_KIB and 1 <= slot.passes <= MAX_PASSES


def _derive(secret: str, slot: Slot) -> bytes:
    return hash_secret_raw(
        secret.encode(),
        slot.salt,
        time_cost=slot.passes,
        memory_cost=slot.memory_kib,
        parallelism=1,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )
