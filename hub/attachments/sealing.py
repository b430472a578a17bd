"""Encrypts attachments by chunks, so that any part of a big one can be read by itself.

AES-256-GCM, a key for each attachment (HKDF over a random salt), the chunk's index as nonce; what is
authenticated with a chunk says whose it is and whether it is the last, so that nothing can be cut
off, swapped or mixed.
"""

import hmac
import os
from collections.abc import Iterable, Iterator
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"BFH1"
SALT_BYTES = 16
HEAD = len(MAGIC) + SALT_BYTES
TAG = 16
CHUNK = 256 * 1024
"""Plain bytes of a chunk; all but the last are that long."""


class Damaged(Exception):
    """What is kept is not what was put there."""


class Sealer:
    """Seals and opens with the hub's key for attachments."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._names = _derived(key, b"names", b"")

    def name(self, what: str) -> str:
        """How `what` is called where it is kept: nobody without the key can tell what it is."""
        return hmac.new(self._names, what.encode(), sha256).hexdigest()

    def seal(self, label: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The sealed form of `pieces`, to be opened with the same label."""
        salt = os.urandom(SALT_BYTES)
        cipher = AESGCM(_derived(self._key, b"content", salt))
        yield MAGIC + salt
        waiting, index = b"", 0
        for piece in pieces:
            waiting += piece
            while len(waiting) > CHUNK:
                yield _sealed(cipher, label, index, waiting[:CHUNK], last=False)
                waiting, index = waiting[CHUNK:], index + 1
        yield _sealed(cipher, label, index, waiting, last=True)

    def opened(self, label: str, head: bytes, first: int, chunks: bytes, *, last: bool) -> bytes:
        """What `chunks` (whole ones, from index `first` on) hold; `last` when they reach the end.

        Raises:
            Damaged: they are not what was sealed.
        """
        if len(head) != HEAD or not head.startswith(MAGIC):
            raise Damaged
        cipher = AESGCM(_derived(self._key, b"content", head[len(MAGIC) :]))
        step = CHUNK + TAG
        starts = range(0, len(chunks), step)
        try:
            return b"".join(
                cipher.decrypt(
                    _nonce(first + n),
                    chunks[start : start + step],
                    _about(label, last=last and start + step >= len(chunks)),
                )
                for n, start in enumerate(starts)
            )
        except InvalidTag as error:
            raise Damaged from error


def plain_size(sealed: int) -> int:
    """How many bytes a sealed content of `sealed` bytes holds.

    Raises:
        Damaged: nothing sealed has that size.
    """
    body = sealed - HEAD
    if body < TAG:
        raise Damaged
    chunks = -(-body // (CHUNK + TAG))
    return body - chunks * TAG


def _sealed(cipher: AESGCM, label: str, index: int, plain: bytes, *, last: bool) -> bytes:
    return cipher.encrypt(_nonce(index), plain, _about(label, last=last))


def _nonce(index: int) -> bytes:
    return index.to_bytes(12, "big")


def _about(label: str, *, last: bool) -> bytes:
    return f"{label}:{'last' if last else 'more'}".encode()


def _derived(key: bytes, purpose: bytes, salt: bytes) -> bytes:
    kdf = HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"beffroi hub blobs: " + purpose)
    return kdf.derive(key)
