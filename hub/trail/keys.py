"""The key that signs the trail: custody is `hub.keys`, the trail only asks for signatures."""

from collections.abc import Sequence
from typing import Protocol

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

SIGNATURE_BYTES = 64


class SealKey(Protocol):
    """Signs with Ed25519 (`hub.keys.Seal`)."""

    @property
    def public(self) -> bytes:
        """The 32 bytes that verify signatures of today."""
        ...

    @property
    def publics(self) -> Sequence[bytes]:
        """All public keys that ever signed, today's first."""
        ...

    def sign(self, message: bytes) -> bytes:
        """The detached signature of `message` (64 bytes)."""
        ...


def signed_by(publics: Sequence[bytes], message: bytes, signature: bytes) -> bool:
    """Whether one of the hub's keys (of today or before a rotation) signed `message`."""
    return any(_verifies(public, message, signature) for public in publics)


def _verifies(public: bytes, message: bytes, signature: bytes) -> bool:
    if len(signature) != SIGNATURE_BYTES:
        return False
    try:
        VerifyKey(public).verify(message, signature)
    except (BadSignatureError, ValueError):
        return False
    return True
