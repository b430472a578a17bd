"""The chain of positions: each covers what came before it, so that nothing changes unseen.

It covers hashes of payloads: a text that the law orders to erase can go without breaking it.
"""

from hashlib import sha256
from struct import Struct

import msgspec

from beffroi.sync.wire import Op

_encode = msgspec.json.Encoder().encode
_numbers = Struct(">qqq")


def payload_sha(payload: bytes | msgspec.Raw) -> str:
    """The hash by which the chain and the signature know a payload."""
    return sha256(payload).hexdigest()


def digest(op: Op, sha: str) -> bytes:
    """What an operation says, in 32 bytes; `sha` is its payload's."""
    return sha256(
        _encode(
            (op.op_id, op.kind, op.entity, op.workspace, op.hlc, op.made_at, op.offset, op.author,
             op.post, op.station, op.marking, op.audience, op.device, sha, op.signature)
        )
    ).digest()  # fmt: skip


def marker_digest(what: str, bucket: str, entity: str) -> bytes:
    """What a marker says, in 32 bytes."""
    return sha256(_encode(("marker", what, bucket, entity))).digest()


def link(previous: bytes, said: bytes, seq: int, at: int, number: int | None) -> bytes:
    """The hash of a position, as `append_ops` computes it too."""
    return sha256(previous + said + _numbers.pack(seq, at, number or 0)).digest()
