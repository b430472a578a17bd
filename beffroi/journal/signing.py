"""Signs operations: the station's key vouches for each of them, in one workspace alone.

Ed25519 (RFC 8032) over one canonical text; the mode (exercise or real) is part of it, so that
what was signed for one can never pass for the other.
"""

# ruff: noqa: D102 - the names are those of an operation and of an outcome

import binascii
from base64 import b64decode, b64encode
from hashlib import sha256
from typing import Any, Protocol

import msgspec
from nacl.exceptions import CryptoError
from nacl.signing import SigningKey, VerifyKey

FORMAT = "beffroi-op-1"
SEED_BYTES = 32
_encode = msgspec.json.Encoder().encode


class Signable(Protocol):
    """An operation, as the journal holds it or as it travels."""

    @property
    def op_id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def entity(self) -> str: ...
    @property
    def workspace(self) -> str: ...
    @property
    def hlc(self) -> int: ...
    @property
    def made_at(self) -> int: ...
    @property
    def offset(self) -> int: ...
    @property
    def author(self) -> str: ...
    @property
    def post(self) -> str: ...
    @property
    def station(self) -> str: ...
    @property
    def marking(self) -> str: ...
    @property
    def audience(self) -> str: ...
    @property
    def device(self) -> str: ...
    @property
    def payload(self) -> Any: ...
    @property
    def signature(self) -> str: ...


def signed_text(op: Signable, mode: str) -> bytes:
    """What a station signs: a JSON list of every field, the payload by its SHA-256 in hex."""
    return _encode(
        (
            FORMAT, op.workspace, mode, op.op_id, op.kind, op.entity, op.hlc, op.made_at,
            op.offset, op.author, op.post, op.station, op.marking, op.audience, op.device,
            sha256(bytes(op.payload)).hexdigest(),
        )
    )  # fmt: skip


class Signer:
    """A station's private key for one workspace.  `device` is how the hub calls the station."""

    def __init__(self, device: str, seed: bytes) -> None:
        self.device = device
        self._key = SigningKey(seed)

    @property
    def public(self) -> str:
        """The public half, base64: what the hub registers."""
        return b64encode(bytes(self._key.verify_key)).decode()

    def sign(self, text: bytes) -> str:
        """The detached signature of `text`, base64."""
        return b64encode(self._key.sign(text).signature).decode()


def new_seed() -> bytes:
    """A fresh private key (32 bytes), to be kept sealed."""
    return bytes(SigningKey.generate())


def genuine(op: Signable, mode: str, public: str) -> bool:
    """Whether `op` was signed in `mode` by the owner of `public` (base64); garbage is not."""
    try:
        key = VerifyKey(b64decode(public, validate=True))
        key.verify(signed_text(op, mode), b64decode(op.signature, validate=True))
    except (CryptoError, binascii.Error, ValueError, TypeError):
        return False
    return True
