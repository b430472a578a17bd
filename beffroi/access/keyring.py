"""Unlocks a profile without a network: each account's secret wraps the profile's one key.

The file holds no key in clear and nothing about the content of the profile.  Wrong tries are
counted in it, to slow down guessing and to be told to the audit trail at the next login.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from beffroi.access import keyring_file
from beffroi.access.keyring_file import KeyringFile
from beffroi.access.slot import KEY_BYTES, Cost, Slot, wrapped
from beffroi.clock import Clock
from beffroi.errors import BeffroiError
from beffroi.text import _, ngettext

__all__ = ["Cost", "Keyring", "Refusals", "WrongSecret", "new_key"]

FREE_TRIES = 5
MAX_DELAY_S = 900
MIN_SECRET = 12
_HUB = "@hub"
"""The slot that the hub opens: no account is called so."""
_HUB_COST = Cost(memory_kib=64, passes=1)
"""What the hub gives is random and cannot be guessed: there is nothing to slow down."""
_FIRST_DELAY_S = 15
_DOUBLINGS = 10


class WrongSecret(BeffroiError):
    """The secret does not open this account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusals:
    """Wrong tries on `account`, the last one `at` (UTC ms); "" stands for names without account."""

    account: str
    count: int
    at: int


class Keyring:
    """The `keyring.json` of a profile folder."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock
        self._file = self._load()

    def _load(self) -> KeyringFile:
        return keyring_file.read(self._path)

    def _load_there(self) -> KeyringFile:
        if not self._path.is_file():
            raise BeffroiError(
                _("Le trousseau du profil manque : restaurez {name} depuis une sauvegarde.").format(
                    name=self._path.name
                )
            )
        return self._load()

    def accounts(self) -> list[str]:
        """The accounts that can open this profile."""
        return sorted(name for name in self._file.slots if name != _HUB)

    def is_joined(self) -> bool:
        """Whether a hub has its own way into this profile."""
        return _HUB in self._file.slots

    def add_hub(self, unlock: str, key: bytes) -> None:
        """Let the hub open the profile with `unlock`, random words that it alone keeps."""
        self._put(_HUB, unlock, key, _HUB_COST)

    def unlock_hub(self, unlock: str) -> bytes:
        """The profile's key, for the hub's `unlock`.

        Raises:
            WrongSecret: it is not this profile's.
        """
        slot = self._load_there().slots.get(_HUB)
        key = slot.opened(_HUB, unlock) if slot else None
        if key is None:
            raise WrongSecret(
                _("Ce profil n’est pas celui que le hub connaît : rejoignez l’espace à nouveau.")
            )
        return key

    def rewrap(self, account: str, secret: str, key: bytes, *, cost: Cost | None = None) -> None:
        """Let `account` open with the secret that the hub just accepted, and forget wrong tries."""
        known = self._load().slots.get(account)
        if known is None or known.failures or known.opened(account, secret) is None:
            self._put(account, secret, key, cost or (known.cost if known else Cost()))

    def add(self, account: str, secret: str, key: bytes, *, cost: Cost | None = None) -> None:
        """Let `account` open the profile with `secret` (at least twelve characters)."""
        if account == _HUB:
            raise BeffroiError(_("Ce nom de compte est réservé\u00a0: choisissez-en un autre."))
        if len(secret) < MIN_SECRET:
            raise BeffroiError(
                _("Le mot de passe doit avoir au moins 12 caractères : choisissez une phrase.")
            )
        self._put(account, secret, key, cost or Cost())

    def _put(self, account: str, secret: str, key: bytes, cost: Cost) -> None:
        slot = wrapped(account, secret, key, cost)
        self._file = self._load()
        if known := self._file.slots.get(account):
            slot.untold, slot.last_failure = known.untold, known.last_failure
        self._file.slots[account] = slot
        self._save()

    def unlock(self, account: str, secret: str) -> bytes:
        """The profile's key.

        Raises:
            WrongSecret: unknown account or wrong secret, or too many tries: wait.
        """
        self._file = self._load_there()
        slot = self._file.slots.get(account) if account != _HUB else None
        if slot is None:
            self._count_stranger()
            raise WrongSecret(_("Compte ou mot de passe inconnu sur ce poste."))
        self._refuse_if_blocked(account)
        key = slot.opened(account, secret)
        if key is None:
            self._count_failure(slot)
            self._save()
            raise WrongSecret(self._refusal(slot))
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
        self._file = self._load_there()
        open_to_tries = [name for name in self.accounts() if not self._wait_s(name)]
        for name in open_to_tries:
            if self._file.slots[name].opened(name, secret) is not None:
                return name
        for name in open_to_tries:
            self._count_failure(self._file.slots[name])
        self._save()
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
        self.add(account, new, key, cost=self._file.slots[account].cost)

    def remove(self, account: str) -> None:
        """Take its way in from `account`; it can no longer open the profile."""
        self._file = self._load()
        self._file.slots.pop(account, None)
        self._save()

    def failures(self, account: str) -> int:
        """How many wrong secrets in a row were tried on `account`."""
        slot = self._file.slots.get(account)
        return slot.failures if slot else 0

    def untold(self) -> list[Refusals]:
        """The wrong tries that nobody has written down yet: nobody could open the trail then."""
        found = [
            Refusals(account=name, count=slot.untold, at=slot.last_failure)
            for name, slot in sorted(self._file.slots.items())
            if slot.untold
        ]
        if self._file.strangers:
            found.append(
                Refusals(account="", count=self._file.strangers, at=self._file.last_stranger)
            )
        return found

    def told(self) -> None:
        """The trail has them now."""
        self._file = self._load()
        self._file.strangers = 0
        for slot in self._file.slots.values():
            slot.untold = 0
        self._save()

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
        slot.untold += 1
        slot.last_failure = self._clock.now()
        beyond = slot.failures - FREE_TRIES
        if beyond >= 0:
            delay = min(MAX_DELAY_S, _FIRST_DELAY_S * 2 ** min(beyond, _DOUBLINGS))
            slot.blocked_until = slot.last_failure + 1000 * delay

    def _count_stranger(self) -> None:
        """The name itself is not kept: people type their secret there by mistake."""
        self._file.strangers += 1
        self._file.last_stranger = self._clock.now()
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
        keyring_file.write(self._path, self._file)


def new_key() -> bytes:
    """A fresh 256-bit key for a profile."""
    return os.urandom(KEY_BYTES)
