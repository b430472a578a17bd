"""Sheets kept in memory, behind the face of the stored ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from beffroi.journal import Identity
from beffroi.layers.drawing.board import Sheet


@dataclass(frozen=True, kw_only=True)
class Kept:
    uid: str
    fields: Mapping[str, Any]
    shared: bool = False
    marking: str = "DR"
    caveats: Sequence[str] = ()


@dataclass
class SheetBook:
    kept: dict[str, Sheet] = field(default_factory=dict[str, Sheet])
    made: int = 0

    def put(
        self,
        kind: str,
        fields: Mapping[str, Any],
        who: Identity,
        *,
        uid: str = "",
        shared: bool = False,
        marking: str = "DR",
        caveats: Sequence[str] = (),
    ) -> Sheet:
        if not uid:
            self.made += 1
            uid = f"{kind}-{self.made}"
        old = self.kept.get(uid)
        if old is not None:
            fields = {**old.fields, **fields}
            shared, marking, caveats = old.shared, old.marking, old.caveats
        sheet = Kept(uid=uid, fields=fields, shared=shared, marking=marking, caveats=caveats)
        self.kept[uid] = sheet
        return sheet

    def drop(self, uid: str, who: Identity) -> None:
        del self.kept[uid]

    def one(self, uid: str) -> Sheet | None:
        return self.kept.get(uid)
