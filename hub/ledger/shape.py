"""Reads a pushed operation as what it is: bytes from outside, until every field was looked at."""

import re
from dataclasses import dataclass
from typing import Any

import msgspec

from beffroi.access.buckets import MARKINGS, Bucket, NoBucket, caveats_of
from beffroi.logbook import merge
from beffroi.logbook import operations as kinds
from beffroi.logbook.sheet_operations import PAYLOADS as SHEET_PAYLOADS
from beffroi.logbook.sheet_operations import PUTS
from beffroi.sync.wire import MAX_OP_BYTES, Op
from hub.ledger import chain
from hub.ledger.refusal import Refusal

_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{7,63}")
_UID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_ -]{1,179}")
MOST_ABOUT = 500
_WORD = re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff]{0,200}")
_JOURNAL = re.compile(r"[^\x00-\x1f\x7f~\ud800-\udfff]{1,40}(~[0-9A-Za-z]{1,12})?")
_MOST = 2**53
_LAST_STAMP = 2**63 - 1
_PAYLOADS: dict[str, type[msgspec.Struct]] = {
    kinds.PUBLISH: kinds.Publish,
    kinds.CORRECT: kinds.Correct,
    kinds.VOID: kinds.Void,
    kinds.QUALIFY: kinds.Qualify,
    kinds.LINK: kinds.Link,
    kinds.UNLINK: kinds.Link,
    kinds.DOSSIER_OPEN: kinds.OpenDossier,
    kinds.DOSSIER_EDIT: kinds.EditDossier,
    kinds.FOLLOWUP_OPEN: kinds.OpenFollowUp,
    kinds.FOLLOWUP_UPDATE: kinds.UpdateFollowUp,
    kinds.FIGURE_RECORD: kinds.RecordFigure,
    kinds.FIGURE_ARBITRATE: kinds.Arbitrate,
    **SHEET_PAYLOADS,
}
_decoders = {kind: msgspec.json.Decoder(payload) for kind, payload in _PAYLOADS.items()}
CREATES = frozenset(
    {kinds.PUBLISH, kinds.DOSSIER_OPEN, kinds.FOLLOWUP_OPEN, kinds.FIGURE_RECORD,
     kinds.FIGURE_ARBITRATE}
)  # fmt: skip
"""The kinds of operations whose entity is new."""
MAKES = CREATES | frozenset(PUTS)
"""The kinds of operations whose entity may be new."""


@dataclass(frozen=True, slots=True)
class Read:
    """An operation whose every field is sound.

    `bucket` is what its marking and audience say; `targets` the (kind, uid) of what it changes;
    `prefix` the journal that numbers it, empty for what is no publication.
    """

    op: Op
    sha: str
    bucket: Bucket
    targets: tuple[tuple[str, str], ...]
    about: tuple[str, ...]
    prefix: str = ""

    @property
    def places(self) -> bool:
        """Whether it says where its entity lies."""
        return merge.places(self.op.kind)

    @property
    def uids(self) -> tuple[str, ...]:
        """Everything that must be looked up to place it."""
        return (self.op.entity, *self.about, *(uid for _kind, uid in self.targets))


def read(op: Op) -> Read:
    """`op`, every field looked at.

    Raises:
        Refusal: says what is wrong with it.
    """
    _sound(op)
    payload = _payload(op)
    bucket = _bucket(op, payload)
    prefix = ""
    if isinstance(payload, kinds.Publish):
        if not _JOURNAL.fullmatch(payload.journal):
            raise Refusal("payload")
        prefix = payload.journal.partition("~")[0]
    targets = tuple(merge.targets(op))
    about = () if merge.places(op.kind) else merge.about(op)
    uids = (*about, *(uid for _kind, uid in targets))
    if not targets or len(about) > MOST_ABOUT or not all(map(_UID.fullmatch, uids)):
        raise Refusal("payload")
    return Read(op, chain.payload_sha(op.payload), bucket, targets, about, prefix)


def _sound(op: Op) -> None:
    if not _ID.fullmatch(op.op_id) or not _ID.fullmatch(op.entity):
        raise Refusal("payload")
    words = (op.kind, op.workspace, op.author, op.post, op.station, op.device, op.signature)
    if not all(map(_WORD.fullmatch, words)):
        raise Refusal("payload")
    if not (0 < op.hlc <= _LAST_STAMP and 0 <= op.made_at < _MOST and abs(op.offset) < _MOST):
        raise Refusal("clock")


def _payload(op: Op) -> msgspec.Struct:
    if len(op.payload) > MAX_OP_BYTES:
        raise Refusal("too_big")
    decoder = _decoders.get(op.kind)
    if decoder is None:
        raise Refusal("kind")
    try:
        bytes(op.payload).decode()
        return decoder.decode(op.payload)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Refusal("payload") from error


def _bucket(op: Op, payload: msgspec.Struct) -> Bucket:
    """Where `op` says that it lies; its envelope and its content must say the same."""
    try:
        caveats = caveats_of(op.audience)
        bucket = Bucket(op.workspace, op.marking, caveats)
    except NoBucket as error:
        raise Refusal("marking" if op.marking not in MARKINGS else "workspace") from error
    if bucket.audience != op.audience:
        raise Refusal("marking")
    said = _said(payload)
    if str(said.get("marking", op.marking)) != op.marking:
        raise Refusal("marking")
    if tuple(sorted(said.get("caveats", caveats))) != caveats:
        raise Refusal("marking")
    return bucket


def _said(payload: msgspec.Struct) -> dict[str, Any]:
    """The marking and the caveats that a payload carries itself."""
    if isinstance(payload, kinds.Publish | kinds.Correct):
        return {"marking": payload.content.marking, "caveats": payload.content.caveats}
    if isinstance(payload, kinds.Qualify):
        changes = payload.changes
        caveats = changes.get("caveats", ())
        if not isinstance(caveats, list | tuple) or not all(isinstance(c, str) for c in caveats):
            raise Refusal("payload")
        return {name: changes[name] for name in ("marking", "caveats") if name in changes}
    return {}
