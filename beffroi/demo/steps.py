"""The script of the demo: what someone does at a moment, played through the real logbook."""

from dataclasses import dataclass, field
from random import Random
from typing import Any, Protocol
from uuid import UUID

import msgspec

from beffroi.demo.cast import holder
from beffroi.demo.days import local
from beffroi.demo.pictures import Picture
from beffroi.journal import Identity
from beffroi.logbook.entry import Content, LinkKind, Qualification
from beffroi.logbook.writing import Draft
from beffroi.node import Node


class Step(Protocol):
    """Something done at `at` (UTC ms)."""

    @property
    def at(self) -> int:
        """When it is done."""
        ...

    def play(self, stage: "Stage") -> None:
        """Do it."""
        ...


@dataclass(slots=True)
class Stage:
    """Where the script is played; `made` remembers dossiers and follow-ups by the script's names."""

    node: Node
    made: dict[str, str] = field(default_factory=dict[str, str])

    def who(self, post: str, at: int) -> Identity:
        """Whoever holds `post` then."""
        return holder(post, local(at).hour)


def uid_at(moment: int, rng: Random) -> str:
    """A UUIDv7 whose random part comes from the demo's dice, so that the demo repeats itself."""
    value = (moment & 0xFFFF_FFFF_FFFF) << 80 | rng.getrandbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    return str(UUID(int=value & ~(0x3 << 62) | 0x2 << 62))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Someone writes an entry, with `pictures` attached."""

    at: int
    post: str
    content: Content
    uid: str
    qualification: Qualification = Qualification.RAW
    pictures: tuple[Picture, ...] = ()

    def draft(self, stage: Stage) -> Draft:
        """The entry to publish, once its attachments are stored."""
        who = stage.who(self.post, self.at)
        content = self.content
        if self.pictures:
            store = stage.node.attachments
            files = tuple(store.add_bytes(p.name, p.data(), who) for p in self.pictures)
            content = msgspec.structs.replace(content, attachments=content.attachments + files)
        return Draft(content=content, who=who, uid=self.uid, qualification=self.qualification)

    def play(self, stage: Stage) -> None:
        """Publish the entry."""
        draft = self.draft(stage)
        stage.node.logbook.publish(
            draft.content, draft.who, uid=self.uid, qualification=self.qualification
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Assess:
    """Someone qualifies an entry."""

    at: int
    post: str
    uid: str
    changes: dict[str, Any]
    qualification: Qualification

    def play(self, stage: Stage) -> None:
        """Qualify."""
        who = stage.who(self.post, self.at)
        stage.node.logbook.qualify(self.uid, self.changes, who, qualification=self.qualification)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """Someone corrects an entry: some fields of its content, and why.

    It reads what is stored, so it is played outside of a larger transaction.
    """

    at: int
    post: str
    uid: str
    changes: dict[str, Any]
    reason: str

    def play(self, stage: Stage) -> None:
        """Correct what the entry says now."""
        who = stage.who(self.post, self.at)
        now = stage.node.logbook.entry(self.uid).content
        stage.node.logbook.correct(
            self.uid, msgspec.structs.replace(now, **self.changes), self.reason, who
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Void:
    """Someone voids an entry."""

    at: int
    post: str
    uid: str
    reason: str

    def play(self, stage: Stage) -> None:
        """Void."""
        stage.node.logbook.void(self.uid, self.reason, stage.who(self.post, self.at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Someone links two entries."""

    at: int
    post: str
    source: str
    kind: LinkKind
    target: str

    def play(self, stage: Stage) -> None:
        """Link."""
        who = stage.who(self.post, self.at)
        stage.node.logbook.link(self.source, self.kind, self.target, who)
