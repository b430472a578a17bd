"""Reads a store's pages as its key shows them, free ones included: what a thief with the key finds.

Source of the layout: SQLCipher 4 (AES-256-CBC, 80 reserved bytes a page, the IV first).
"""

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

PAGE, RESERVED, SALT, IV = 4096, 80, 16, 16


def decrypted(path: Path, key: bytes) -> bytes:
    """Every page of the file at `path`, in clear."""
    data = path.read_bytes()
    return b"".join(
        _page(data[start : start + PAGE], key, first=start == 0)
        for start in range(0, len(data), PAGE)
    )


def _page(page: bytes, key: bytes, *, first: bool) -> bytes:
    end = PAGE - RESERVED
    reader = Cipher(AES(key), CBC(page[end : end + IV])).decryptor()
    return reader.update(page[SALT if first else 0 : end]) + reader.finalize()
