"""Where a thing lies for those who may see it: `workspace/MARKING[/CAVEAT+CAVEAT]`.

A person sees a bucket when its workspace is granted to them, its marking is not above theirs and
they hold every one of its caveats.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from typing_extensions import override

from beffroi.errors import BeffroiError
from beffroi.text import _

MARKINGS = ("NP", "DR", "DR_SF")
"""Protection markings, lowest first."""
EVERYWHERE = "*"
"""The workspace of a right that holds in all of them."""
ORG = "ORG:"
EVERY_ORG = "ORG:*"
"""The caveat that stands for those of all organisations."""
MAX_CAVEATS = 16
_WORKSPACE = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_CAVEAT = re.compile(r"[A-Z][A-Z0-9_-]{0,31}|ORG:[^/+\s*:][^/+*\x00-\x1f\x7f-\x9f]{0,63}")
_RESERVED = re.compile(r"[/+*\x00-\x1f\x7f-\x9f]+")


class NoBucket(BeffroiError, ValueError):
    """What was written names no bucket, or no caveat."""


@dataclass(frozen=True, slots=True, order=True)
class Bucket:
    """What is alike for rights: a workspace, a marking, the caveats (sorted, each once).

    Raises:
        NoBucket: a part is not of those that exist.
    """

    workspace: str
    marking: str
    caveats: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not _WORKSPACE.fullmatch(self.workspace) or self.marking not in MARKINGS:
            raise _unreadable()
        object.__setattr__(self, "caveats", checked_caveats(self.caveats))

    @override
    def __str__(self) -> str:
        tail = f"/{'+'.join(self.caveats)}" if self.caveats else ""
        return f"{self.workspace}/{self.marking}{tail}"

    @property
    def audience(self) -> str:
        """The caveats as an operation says them."""
        return "+".join(self.caveats)

    @staticmethod
    def parse(text: str) -> "Bucket":
        """The bucket that `text` names.

        Raises:
            NoBucket: it names none.
        """
        return _parsed(text)

    @staticmethod
    def visible(bucket: Bucket, sights: Iterable[Sight]) -> bool:
    """Whether one of `sights` reaches `bucket`; two that each reach half of it do not."""
    return any(bucket.visible(sight.workspace, sight.marking, sight.caveats) for sight in sights)


def above(marking: str, limit: str) -> bool:
    """Whether `marking` is higher than `limit`; one that is unknown is above everything."""
    if marking not in MARKINGS:
        return True
    return limit not in MARKINGS or MARKINGS.index(marking) > MARKINGS.index(limit)


def _held(caveat: str, held: Collection[str]) -> bool:
    return caveat in held or (caveat.startswith(ORG) and EVERY_ORG in held)


def _unreadable() -> NoBucket:
    return NoBucket(
        _("Ce compartiment n’existe pas : vérifiez l’espace, la mention et les réserves.")
    )
