"""Keeps bytes encrypted on the disk, named so that nobody can tell what they are.

AES-256-GCM with a key derived from the profile's (HKDF, RFC 5869).  The file's name is a keyed
hash of the content's SHA-256: a stranger cannot check whether a known document is held.
"""

import hmac
import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from beffroi.errors import BeffroiError
from beffroi.text import _

HEADER = b"BFV1"
NONCE_BYTES = 12


def _derived(key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(key)


def _made_durable(folder: Path) -> None:
    """A file's name survives a power cut once its folder, and the folder's own name, are written."""
    for one in (folder, folder.parent):
        handle = os.open(one, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


class Vault:
    """A folder of encrypted contents."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._cipher = AESGCM(_derived(key, b"beffroi attachments: content"))
        self._names = _derived(key, b"beffroi attachments: names")

    def _path(self, digest: str) -> Path:
        name = hmac.new(self._names, digest.encode(), sha256).hexdigest()
        return self._folder / name[:2] / name

    def holds(self, digest: str) -> bool:
        """Whether the content with this SHA-256 is here."""
        return self._path(digest).is_file()

    def put(self, data: bytes) -> str:
        """Keep `data` durably; its SHA-256.  The same content is kept once.

        Raises:
            BeffroiError: no room or no right to write.
        """
        digest = sha256(data).hexdigest()
        path = self._path(digest)
        if path.is_file() and self._intact(digest):
            return digest
        nonce = os.urandom(NONCE_BYTES)
        sealed = HEADER + nonce + self._cipher.encrypt(nonce, data, digest.encode())
        temporary = path.with_name(f"{path.name}.{uuid4().hex}.new")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with temporary.open("wb") as file:
                file.write(sealed)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
            _made_durable(path.parent)
        except OSError as error:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise BeffroiError(
                _(
                    "La pièce jointe n’a pas pu être gardée : "
                    "libérez de la place ou vérifiez vos droits, puis recommencez."
                )
            ) from error
        return digest

    def drop(self, digest: str) -> None:
        """Let go of the content with this SHA-256; nothing happens when it is not here."""
        with suppress(OSError):
            self._path(digest).unlink(missing_ok=True)

    def _intact(self, digest: str) -> bool:
        """Whether what is here can still be read: a damaged copy is replaced by a good one."""
        try:
            self.get(digest)
        except BeffroiError:
            return False
        return True

    def get(self, digest: str) -> bytes:
        """The content with this SHA-256.

        Raises:
            BeffroiError: it is missing or damaged.
        """
        try:
            sealed = self._path(digest).read_bytes()
        except OSError as error:
            raise BeffroiError(
                _("Cette pièce jointe manque dans le profil : restaurez-la d’une sauvegarde.")
            ) from error
        start = len(HEADER) + NONCE_BYTES
        try:
            if not sealed.startswith(HEADER):
                raise InvalidTag
            return self._cipher.decrypt(
                sealed[len(HEADER) : start], sealed[start:], digest.encode()
            )
        except InvalidTag as error:
            raise BeffroiError(
                _("Cette pièce jointe est abîmée : restaurez-la d’une sauvegarde.")
            ) from error
