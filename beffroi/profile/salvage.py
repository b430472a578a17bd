"""Saves what a profile had not sent yet before it is erased: sealed, for the hub's eyes alone.

The file is a line of text, then sealed boxes (X25519, `nacl.public.SealedBox`), each behind its
length in eight bytes: first what was not sent, then one for each attachment that goes with it.
"""

import re
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from beffroi.errors import BeffroiError
from beffroi.journal import Operation
from beffroi.text import _

MAGIC = b"beffroi-salvage-1\n"
MAX_BOX = 64_000_000
_LENGTH = 8
_DIGEST = re.compile(rb"\b[0-9a-f]{64}\b")
_NAMES = (
    "op_id", "kind", "entity", "workspace", "hlc", "made_at", "offset", "author", "post",
    "station", "marking", "audience", "device", "signature",
)  # fmt: skip


class Unsent(msgspec.Struct, frozen=True, kw_only=True):
    """What a station had not sent: `ops` have the fields of the wire, the oldest first."""

    workspace: str
    mode: str
    device: str
    ops: list[dict[str, Any]]


def unsent(
    operations: list[Operation], workspace: str, mode: str, device: str
) -> tuple[Unsent, list[str]]:
    """What to seal, and the SHA-256 that its words mention."""
    mentioned = dict.fromkeys(
        found.decode() for o in operations for found in _DIGEST.findall(o.payload)
    )
    ops = [_wired(operation) for operation in operations]
    return Unsent(workspace=workspace, mode=mode, device=device, ops=ops), list(mentioned)


def _wired(operation: Operation) -> dict[str, Any]:
    fields = {name: getattr(operation, name) for name in _NAMES}
    return {**fields, "payload": msgspec.Raw(operation.payload)}


def write(file: BinaryIO, key: str, what: Unsent, attachments: Iterator[bytes]) -> None:
    """Seal for the owner of `key` (base64 X25519)."""
    box = SealedBox(PublicKey(b64decode(key)))
    file.write(MAGIC)
    _write_box(file, box, msgspec.json.encode(what))
    for content in attachments:
        _write_box(file, box, content)


def _write_box(file: BinaryIO, box: SealedBox[PublicKey], content: bytes) -> None:
    sealed = box.encrypt(content)
    file.write(len(sealed).to_bytes(_LENGTH, "big"))
    file.write(sealed)


def read(path: Path, key: bytes) -> tuple[Unsent, Iterator[bytes]]:
    """What was sealed in the file at `path`, opened with the private key (32 bytes).

    Raises:
        BeffroiError: no such file, not sealed for this key, or damaged.
    """
    boxes = _boxes(path, SealedBox(PrivateKey(key)))
    try:
        return msgspec.json.decode(next(boxes), type=Unsent), boxes
    except (StopIteration, msgspec.MsgspecError) as error:
        raise _unreadable(path) from error


def _boxes(path: Path, box: SealedBox[PrivateKey]) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                raise ValueError
            while length := file.read(_LENGTH):
                yield box.decrypt(file.read(_size(length)))
    except (OSError, ValueError, CryptoError) as error:
        raise _unreadable(path) from error


def _size(length: bytes) -> int:
    size = int.from_bytes(length, "big")
    if len(length) != _LENGTH or size > MAX_BOX:
        raise ValueError
    return size


def _unreadable(path: Path) -> BeffroiError:
    return BeffroiError(
        _(
            "Le fichier {name} n’est pas lisible avec la clé de ce hub : "
            "vérifiez qu’il vient d’un de ses postes et copiez-le à nouveau."
        ).format(name=path.name)
    )
