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
    def join(buckets: Iterable["Bucket"]) -> "Bucket":
        """Where a thing about several others lies: the highest marking and all their caveats.

        Raises:
            NoBucket: there is none, they are not of one workspace, or have too many caveats.
        """
        all_of_them = list(buckets)
        if len({bucket.workspace for bucket in all_of_them}) != 1:
            raise _unreadable()
        return Bucket(
            all_of_them[0].workspace,
            max((bucket.marking for bucket in all_of_them), key=MARKINGS.index),
            tuple(caveat for bucket in all_of_them for caveat in bucket.caveats),
        )

    def visible(self, workspace: str, marking: str, caveats: Collection[str]) -> bool:
        """Whether who sees `workspace` (`*` all) up to `marking` with these caveats sees this."""
        return (
            workspace in (self.workspace, EVERYWHERE)
            and not above(self.marking, marking)
            and all(_held(caveat, caveats) for caveat in self.caveats)
        )


class Sight(Protocol):
    """How far someone sees: a workspace (or `*`), the highest marking, the caveats they hold."""

    @property
    def workspace(self) -> str:
        """Where it holds."""

    @property
    def marking(self) -> str:
        """The highest marking."""

    @property
    def caveats(self) -> Collection[str]:
        """The caveats held; `ORG:*` holds those of all organisations."""


@lru_cache(4096)
def _parsed(text: str) -> Bucket:
    match text.split("/"):
        case [workspace, marking]:
            return Bucket(workspace, marking)
        case [workspace, marking, audience] if audience:
            bucket = Bucket(workspace, marking, caveats_of(audience))
            if bucket.audience != audience:
                raise _unreadable()
            return bucket
        case _:
            raise _unreadable()


def caveats_of(audience: str) -> tuple[str, ...]:
    """The caveats of an operation's `audience`, sorted.

    Raises:
        NoBucket: one of them is no caveat.
    """
    return checked_caveats(audience.split("+")) if audience else ()


def audience(caveats: Iterable[str]) -> str:
    """Caveats as an operation says them: sorted, each once, joined by `+`.

    Raises:
        NoBucket: one of them is no caveat.
    """
    return "+".join(checked_caveats(caveats))


def checked_caveats(caveats: Iterable[str]) -> tuple[str, ...]:
    """`caveats` sorted, each once.

    Raises:
        NoBucket: one of them is no caveat, or there are too many.
    """
    kept = tuple(sorted(set(caveats)))
    wrong = next((c for c in kept if not _CAVEAT.fullmatch(c)), None)
    if wrong is not None or len(kept) > MAX_CAVEATS:
        raise NoBucket(
            _(
                "La restriction «\u202f{caveat}\u202f» n’est pas recevable\u00a0: prenez un mot en capitales "
                "(MEDICAL), ou ORG: suivi d’une organisation, seize au plus."
            ).format(caveat=_RESERVED.sub(" ", wrong or kept[-1])[:40])
        )
    return kept


def is_workspace(text: str) -> bool:
    """Whether `text` may be the code of a workspace."""
    return _WORKSPACE.fullmatch(text) is not None


def org_caveat(organisation: str) -> str:
    """The caveat that keeps a thing inside `organisation`, empty when it has no name."""
    name = _RESERVED.sub(" ", organisation).strip().lstrip(":").strip()[:64].strip()
    return f"{ORG}{name}" if name else ""


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
        _("Ce compartiment n’existe pas\u00a0: vérifiez l’espace, la mention et les restrictions.")
    )
