"""A small world around the ledger: people with rights, and stations that sign what they send."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import msgspec

from beffroi.access.rights import Grant, Held, right
from beffroi.ids import uuid7
from beffroi.journal.operation import encode
from beffroi.journal.signing import Signer, new_seed, signed_text
from beffroi.logbook import operations as ops
from beffroi.logbook.entry import AttachmentRef, Content, LinkKind, Marking, Nature
from beffroi.sync.wire import Op, WorkspaceInfo

START = 1_721_980_800_000  # 2024-07-26T08:00:00Z
WS = "jop-2024"
ORG = "CNCS"
_moment = count(START)


@dataclass(frozen=True)
class FakeCaller:
    """Whoever pushes."""

    account: str
    device: str
    display: str = ""
    station: str = "poste-1"
    session: str = "s"
    posts: tuple[str, ...] = ()
    rights: tuple[Held, ...] = ()


@dataclass
class FakePeople:
    """Whom the hub knows, without asking a database."""

    grants: dict[str, list[Grant]] = field(default_factory=dict)
    keys: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    logins: dict[str, set[str]] = field(default_factory=dict)
    modes: dict[str, str] = field(default_factory=lambda: {WS: "real"})

    @property
    def devices(self) -> "FakePeople":
        return self

    @property
    def workspaces(self) -> "FakePeople":
        return self

    async def signing_keys(self, device: str, workspace: str) -> tuple[str, ...]:
        return self.keys.get((device, workspace), ())

    async def authors(self, device: str) -> frozenset[str]:
        return frozenset(self.logins.get(device, ()))

    async def get(self, code: str) -> WorkspaceInfo | None:
        mode = self.modes.get(code)
        return None if mode is None else WorkspaceInfo(workspace=code, title=code, mode=mode)

    async def rights_of(self, account: str, at: int | None = None) -> Sequence[Held]:
        moment = next(_moment) if at is None else at
        return [right(g, ORG) for g in self.grants.get(account, []) if g.holds(moment)]

    def grant(self, account: str, role: str = "room_chief", **more: Any) -> None:
        """Give `account` a role in the workspace."""
        given = Grant(**{"account": account, "workspace": WS, "role": role, **more})
        self.grants.setdefault(account, []).append(given)


class Station:
    """Makes signed operations, the next always later than the one before."""

    def __init__(
        self, people: FakePeople, device: str = "poste-1", author: str = "c.marchand"
    ) -> None:
        self.device, self.author = device, author
        self.mode = "real"
        self._numbers = count(1)
        self.signer = Signer(device, new_seed())
        people.keys[device, WS] = (self.signer.public,)
        people.logins.setdefault(device, set()).add(author)

    @property
    def caller(self) -> FakeCaller:
        return FakeCaller(self.author, self.device)

    def op(self, kind: str, entity: str, payload: Any, **more: Any) -> Op:
        """A signed operation; `more` replaces any of its fields."""
        now = next(_moment)
        fields: dict[str, Any] = {
            "op_id": uuid7(now), "kind": kind, "entity": entity, "workspace": WS,
            "hlc": now << 16, "made_at": now, "author": self.author, "post": "Chef de salle",
            "station": self.device, "marking": "DR", "device": self.device,
            "payload": msgspec.Raw(encode(payload)), **more,
        }  # fmt: skip
        unsigned = Op(**fields)
        signature = self.signer.sign(signed_text(unsigned, self.mode))
        return msgspec.structs.replace(unsigned, signature=signature)

    def publish(
        self,
        text: str = "Rupture de barrière porte 12.",
        *,
        uid: str = "",
        marking: str = "DR",
        caveats: tuple[str, ...] = (),
        attachments: tuple[str, ...] = (),
        tags: tuple[str, ...] = (),
        lon: float | None = None,
        lat: float | None = None,
        **more: Any,
    ) -> Op:
        """A new entry; `attachments` are SHA-256 sums."""
        held = tuple(AttachmentRef(sha256=sha, name="photo.jpg", size=1) for sha in attachments)
        content = Content(
            nature=Nature.INFO, text=text, marking=Marking(marking), caveats=caveats, tags=tags,
            attachments=held, lon=lon, lat=lat,
        )  # fmt: skip
        payload = ops.Publish(journal="MC-2024~S4", number=next(self._numbers), content=content)
        audience = "+".join(sorted(caveats))
        fields = {"marking": marking, "audience": audience, **more}
        return self.op(ops.PUBLISH, uid or uuid7(next(_moment)), payload, **fields)

    def remark(
        self, entry: Op, marking: str = "DR", caveats: tuple[str, ...] = (), **more: Any
    ) -> Op:
        """A correction that gives an entry another marking and other caveats."""
        told = msgspec.json.decode(entry.payload, type=ops.Publish).content
        content = msgspec.structs.replace(told, marking=marking, caveats=caveats)
        payload = ops.Correct(
            version=2, content=content, reason="mention", fields=("marking", "caveats"),
            seen=more.pop("seen", None),
        )  # fmt: skip
        return self.op(
            ops.CORRECT, entry.entity, payload, marking=marking,
            audience="+".join(sorted(caveats)), **more,
        )  # fmt: skip

    def void(self, entry: Op, **more: Any) -> Op:
        """An entry that should not have been."""
        return self.op(ops.VOID, entry.entity, ops.Void(reason="doublon"), **more)

    def follow_up(self, entry: Op, **more: Any) -> Op:
        """Something to do about an entry."""
        payload = ops.OpenFollowUp(entry=entry.entity, owner_post="OL-SNCF", due=None, text="voir")
        return self.op(ops.FOLLOWUP_OPEN, uuid7(next(_moment)), payload, **more)

    def link(self, source: Op, target: Op, **more: Any) -> Op:
        """One entry bears on another."""
        payload = ops.Link(source=source.entity, kind=LinkKind.CONFIRMS, target=target.entity)
        return self.op(ops.LINK, source.entity, payload, **more)
