"""What is kept of the acts on one thing: their set is the whole state, so that order never matters.

Two nodes that know the same acts show the same thing, whatever the order in which they came and
however often.
"""

from collections.abc import Iterable
from typing import Protocol

import msgspec

from beffroi.journal.hlc import credible


class Said(Protocol):
    """An operation as the journal keeps it, or as it travels."""

    @property
    def op_id(self) -> str:
        """Its identity, the same on every node."""
        ...

    @property
    def kind(self) -> str:
        """Such as `entry.publish`."""
        ...

    @property
    def entity(self) -> str:
        """The uid of the thing it is done to."""
        ...

    @property
    def hlc(self) -> int:
        """The hybrid logical clock when it was made."""
        ...

    @property
    def made_at(self) -> int:
        """UTC ms."""
        ...

    @property
    def author(self) -> str:
        """The account."""
        ...

    @property
    def post(self) -> str:
        """The post held."""
        ...

    @property
    def station(self) -> str:
        """The station it was made at."""
        ...

    @property
    def marking(self) -> str:
        """Protection marking."""
        ...

    @property
    def audience(self) -> str:
        """Sorted caveats joined by `+`."""
        ...

    @property
    def payload(self) -> bytes | msgspec.Raw:
        """Its JSON."""
        ...


class Kept(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An act as states keep it.  Times are UTC ms; `at` is 0 until the hub has it.

    `payload` is byte for byte what its author wrote.
    """

    hlc: int
    op_id: str
    kind: str
    author: str
    post: str
    station: str
    made_at: int
    marking: str
    audience: str
    at: int
    number: int | None
    payload: msgspec.Raw

    @property
    def order(self) -> tuple[int, str]:
        """Where the act stands among the others, the same on every node."""
        return (credible(self.hlc, self.at) if self.at else self.hlc), self.op_id


class State(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """All acts on one thing, in their order; `seq` is the hub's position of the last to come."""

    kind: str
    uid: str
    seq: int
    acts: tuple[Kept, ...]


_decoder = msgspec.json.Decoder(State)
_encoder = msgspec.json.Encoder()


def kept(op: Said, *, at: int = 0, number: int | None = None) -> Kept:
    """What a state keeps of `op`."""
    return Kept(
        op.hlc, op.op_id, op.kind, op.author, op.post, op.station, op.made_at, op.marking,
        op.audience, at, number, msgspec.Raw(op.payload),
    )  # fmt: skip


def together(*acts: Iterable[Kept]) -> tuple[Kept, ...]:
    """The acts of all these, each once, in their order; what the hub said of one wins."""
    by_id: dict[str, Kept] = {}
    for some in acts:
        for act in some:
            known = by_id.get(act.op_id)
            if known is None or _rank(act) > _rank(known):
                by_id[act.op_id] = act
    return tuple(sorted(by_id.values(), key=lambda act: act.order))


def _rank(act: Kept) -> tuple[bool, bytes]:
    return act.at > 0, _encoder.encode(act)


def read_state(state: bytes | msgspec.Raw) -> State:
    """The state in its JSON.

    Raises:
        msgspec.ValidationError: it is none.
    """
    return _decoder.decode(state)


def fold(
    kind: str,
    uid: str,
    state: bytes | None,
    op: Said,
    *,
    seq: int = 0,
    at: int = 0,
    number: int | None = None,
) -> bytes:
    """The state of thing `uid` (one of `STATES`) with `op` added; None is a thing without acts.

    `seq`, `at` (UTC ms) and `number` are what the hub said of `op`.  Pure: adding the same act
    again changes nothing, and the order in which acts come never shows.
    """
    added = kept(op, at=at, number=number)
    before = _decoder.decode(state) if state else State(kind=kind, uid=uid, seq=0, acts=())
    acts = (
        (*before.acts, added)
        if not before.acts or _follows(before.acts, added)
        else together(before.acts, (added,))
    )
    return _encoder.encode(State(kind=kind, uid=uid, seq=max(before.seq, seq), acts=acts))


def _follows(acts: tuple[Kept, ...], added: Kept) -> bool:
    if added.order <= acts[-1].order:
        return False
    return all(act.op_id != added.op_id for act in acts)


def encoded(state: State) -> bytes:
    """The JSON of a state, the same bytes everywhere."""
    return _encoder.encode(state)
