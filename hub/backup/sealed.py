"""A file that only its passphrase opens, written and read as a stream: nothing lies in clear.

A line of JSON says the price of one guess (Argon2id) and the salt; then come pieces, each AES-256-GCM
under its own nonce, so that none can be changed, left out, swapped or cut off at the end.
"""

import os
from collections.abc import Iterator
from typing import BinaryIO

import msgspec
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from beffroi.access.keyring import MIN_SECRET
from beffroi.access.slot import Cost
from beffroi.errors import BeffroiError
from beffroi.text import _

MAGIC = "beffroi-hub-backup-1"
PIECE = 1_048_576
_TAG, _SALT, _PREFIX, _MAX_HEAD = 16, 16, 7, 500
_MAX_MEMORY_KIB, _MAX_PASSES = 1_048_576, 20


class _Head(msgspec.Struct, frozen=True, kw_only=True):
    magic: str
    salt: bytes
    prefix: bytes
    memory_kib: int
    passes: int


class SealedWriter:
    """Takes bytes as they come; `close` writes the last piece."""

    def __init__(self, file: BinaryIO, passphrase: str, cost: Cost | None = None) -> None:
        if len(passphrase) < MIN_SECRET:
            raise BeffroiError(
                _("Le mot de passe de la sauvegarde doit avoir au moins 12 caractères.")
            )
        price = cost or Cost()
        head = _Head(
            magic=MAGIC, salt=os.urandom(_SALT), prefix=os.urandom(_PREFIX),
            memory_kib=price.memory_kib, passes=price.passes,
        )  # fmt: skip
        self._file = file
        self._cipher = _cipher(passphrase, head)
        self._prefix = head.prefix
        self._line = msgspec.json.encode(head) + b"\n"
        self._number = 0
        self._waiting = bytearray()
        file.write(self._line)

    def write(self, content: bytes) -> None:
        """Add `content`."""
        self._waiting += content
        while len(self._waiting) > PIECE:
            self._put(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]

    def close(self) -> None:
        """Write what waits; the file is whole."""
        self._put(bytes(self._waiting), last=True)

    def _put(self, piece: bytes, *, last: bool) -> None:
        nonce = _nonce(self._prefix, self._number, last=last)
        sealed = self._cipher.encrypt(nonce, piece, self._line)
        self._file.write(len(sealed).to_bytes(4, "big") + sealed)
        self._number += 1


class SealedReader:
    """Gives back the bytes, in the amounts asked for; each was proved before it is given."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        line = file.readline(_MAX_HEAD)
        try:
            head = msgspec.json.decode(line, type=_Head)
        except (ValueError, msgspec.DecodeError) as error:
            raise unreadable() from error
        if head.magic != MAGIC or not _affordable(head):
            raise unreadable()
        self._pieces = _pieces(file, _cipher(passphrase, head), head.prefix, line)
        self._waiting = bytearray(next(self._pieces))

    def read(self, size: int) -> bytes:
        """The next `size` bytes.

        Raises:
            BeffroiError: there are fewer, or they were changed.
        """
        while len(self._waiting) < size:
            piece = next(self._pieces, None)
            if piece is None:
                raise unreadable()
            self._waiting += piece
        taken = bytes(self._waiting[:size])
        del self._waiting[:size]
        return taken

    def finish(self) -> None:
        """Make sure that the file ends here, as it was written."""
        if self._waiting or next(self._pieces, None) is not None:
            raise unreadable()


def _pieces(file: BinaryIO, cipher: AESGCM, prefix: bytes, line: bytes) -> Iterator[bytes]:
    number = 0
    while True:
        size = int.from_bytes(file.read(4), "big")
        sealed = file.read(size) if _TAG <= size <= PIECE + _TAG else b""
        last = not file.read(1)
        if not last:
            file.seek(-1, os.SEEK_CUR)
        try:
            if len(sealed) != size or not size:
                raise InvalidTag
            yield cipher.decrypt(_nonce(prefix, number, last=last), sealed, line)
        except InvalidTag as error:
            raise unreadable() from error
        if last:
            return
        number += 1


def _cipher(passphrase: str, head: _Head) -> AESGCM:
    key = hash_secret_raw(
        passphrase.encode(errors="surrogateescape"),
        head.salt,
        time_cost=head.passes,
        memory_cost=head.memory_kib,
        parallelism=1,
        hash_len=32,
        type=Type.ID,
    )
    return AESGCM(key)


def _affordable(head: _Head) -> bool:
    return (
        len(head.salt) == _SALT
        and len(head.prefix) == _PREFIX
        and 8 <= head.memory_kib <= _MAX_MEMORY_KIB
        and 1 <= head.passes <= _MAX_PASSES
    )


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([last])


def unreadable() -> BeffroiError:
    """The sentence for a backup that does not open."""
    return BeffroiError(
        _(
            "Cette sauvegarde ne s’ouvre pas\u00a0: vérifiez son mot de passe, "
            "et prenez-en une autre si le fichier est abîmé."
        )
    )
