"""Which things an operation changes, which others it speaks of, and whether it says where one lies."""

import msgspec

from beffroi.logbook import operations as ops
from beffroi.logbook.entry import LinkKind
from beffroi.logbook.merge.acts import Said
from beffroi.logbook.sheet_operations import PUTS, SHEETS, drop_of, put_of

ENTRY, DOSSIER, FOLLOWUP = "entry", "dossier", "followup"
FIGURE, ARBITRATION, LINK = "figure", "arbitration", "link"
STATES = (*SHEETS, DOSSIER, FOLLOWUP, LINK, FIGURE, ARBITRATION, ENTRY)
"""The kinds of things that have a state, in the order that makes loading many of them cheapest."""

OF_STATE: dict[str, tuple[str, ...]] = {
    ENTRY: (ops.PUBLISH, ops.CORRECT, ops.VOID, ops.QUALIFY),
    DOSSIER: (ops.DOSSIER_OPEN, ops.DOSSIER_EDIT),
    FOLLOWUP: (ops.FOLLOWUP_OPEN, ops.FOLLOWUP_UPDATE),
    FIGURE: (ops.FIGURE_RECORD,),
    ARBITRATION: (ops.FIGURE_ARBITRATE,),
    LINK: (ops.LINK, ops.UNLINK),
    **{kind: (put_of(kind), drop_of(kind)) for kind in SHEETS},
}
"""The kinds of operations that each state is made of."""
_STATE_OF = {kind: state for state, kinds in OF_STATE.items() for kind in kinds}
_PLACES = frozenset(
    {ops.PUBLISH, ops.CORRECT, ops.QUALIFY, ops.DOSSIER_OPEN, ops.DOSSIER_EDIT, *PUTS}
)


class _Spoken(msgspec.Struct, frozen=True):
    """The uids that payloads of any kind may name."""

    content: "_SpokenContent | None" = None
    changes: "_SpokenContent | None" = None
    target: str = ""
    entries: tuple[str, ...] = ()
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    entry: str = ""
    dossier: str = ""
    figures: tuple[str, ...] = ()


class _SpokenContent(msgspec.Struct, frozen=True):
    parent: str = ""
    corroborated_by: str = ""


class _Tie(msgspec.Struct, frozen=True):
    source: str
    kind: LinkKind
    target: str


_spoken = msgspec.json.Decoder(_Spoken)
_tie = msgspec.json.Decoder(_Tie)


def places(kind: str) -> bool:
    """Whether operations of `kind` say in which bucket their entity lies from then on."""
    return kind in _PLACES


def about(op: Said) -> tuple[str, ...]:
    """The uids of entries, dossiers and figures that `op` speaks of, besides its entity."""
    try:
        told = _spoken.decode(op.payload)
    except (msgspec.MsgspecError, UnicodeError):
        return ()
    named = [told.target, told.entry, told.dossier, *told.entries, *told.add, *told.remove]
    for content in (told.content, told.changes):
        if content is not None:
            named += (content.parent, content.corroborated_by)
    named += told.figures
    return tuple(dict.fromkeys(uid for uid in named if uid and uid != op.entity))


def targets(op: Said) -> list[tuple[str, str]]:
    """The states that `op` changes, each as (one of `STATES`, uid); none for an unknown kind."""
    state = _STATE_OF.get(op.kind)
    if state is None:
        return []
    if state != LINK:
        return [(state, op.entity)]
    key = link_key(op.payload)
    return [(LINK, key)] if key.startswith(f"{op.entity} ") else []


def link_key(payload: bytes | msgspec.Raw) -> str:
    """The uid of the link that a payload ties or unties, `source kind target`; empty for none."""
    try:
        tie = _tie.decode(payload)
    except (msgspec.MsgspecError, UnicodeError):
        return ""
    if " " in tie.source or " " in tie.target:
        return ""
    return f"{tie.source} {tie.kind} {tie.target}"
