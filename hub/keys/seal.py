"""The keys that sign the audit trail: today's signs, those before still verify."""

from collections.abc import Sequence

import msgspec
from nacl.signing import SigningKey

from hub.keys.folder import KeyFolder, damaged

SEED_BYTES = 32


class _File(msgspec.Struct, frozen=True, kw_only=True):
    seed: bytes
    before: tuple[bytes, ...] = ()


class Seal:
    """Signs with Ed25519.  A key that was replaced is forgotten, its public half is kept."""

    def __init__(self, seed: bytes, before: Sequence[bytes] = ()) -> None:
        self._seed = seed
        self._key = SigningKey(seed)
        self._before = tuple(before)

    @property
    def public(self) -> bytes:
        """The 32 bytes that verify signatures of today."""
        return bytes(self._key.verify_key)

    @property
    def publics(self) -> tuple[bytes, ...]:
        """All public keys that ever signed, today's first."""
        return (self.public, *self._before)

    def sign(self, message: bytes) -> bytes:
        """The detached signature of `message` (64 bytes)."""
        return bytes(self._key.sign(message).signature)

    def rotated(self) -> "Seal":
        """A new key; this one only verifies from now on."""
        return Seal(bytes(SigningKey.generate()), self.publics)

    def keep(self, folder: KeyFolder, name: str) -> None:
        """Write it into the key folder."""
        folder.write(name, msgspec.json.encode(_File(seed=self._seed, before=self._before)))

    @classmethod
    def read(cls, folder: KeyFolder, name: str) -> "Seal":
        """The one that lies in the key folder.

        Raises:
            BeffroiError: it is missing or damaged.
        """
        try:
            file = msgspec.json.decode(folder.read(name), type=_File)
        except (ValueError, msgspec.DecodeError) as error:
            raise damaged(name) from error
        if len(file.seed) != SEED_BYTES:
            raise damaged(name)
        return cls(file.seed, file.before)

    @classmethod
    def made(cls) -> "Seal":
        """A first key."""
        return cls(bytes(SigningKey.generate()))
