"""Sheets kept in memory, behind the face of the stored ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from beffroi.journal import Identity
from beffroi.logbook.sheet import Sheet


@dataclass
class SheetBook:
    kept: dict[str, Sheet] = field(default_factory=dict[str, Sheet])

    def put_all(
        self,
        kind: str,
        sheets: Mapping[str, Mapping[str, Any]],
        who: Identity,
        *,
        shared: bool = False,
        marking: str | None = None,
        caveats: Sequence[str] | None = None,
    ) -> list[Sheet]:
        for uid, fields in sheets.items():
            old = self.kept.get(uid)
            said = {**(old.fields if old else {}), **fields}
            self.kept[uid] = Sheet(
                uid=uid, kind=kind, shared=old.shared if old else shared,
                fields={name: value for name, value in said.items() if value is not None},
                author=who.account, post=who.post, made_at=0, changed_at=0, changed_by=who.account,
                marking=marking or "DR", caveats=tuple(caveats or ()),
            )  # fmt: skip
        return [self.kept[uid] for uid in sheets]

    def drop_all(self, uids: Sequence[str], who: Identity) -> None:
        for uid in uids:
            del self.kept[uid]

    def find(self, uid: str) -> Sheet | None:
        return self.kept.get(uid)
