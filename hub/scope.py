"""Up to where a person sees in one workspace.

Persons with equal scopes are one rights group: what they receive is filtered and encoded once.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from beffroi.access.buckets import Bucket, NoBucket
from beffroi.access.rights import Held

READ = "read:entry"


@dataclass(frozen=True, slots=True)
class Sight:
    """How far one right reaches in a workspace: the highest marking, the caveats held."""

    marking: str
    caveats: frozenset[str]


@dataclass(frozen=True, slots=True)
class Scope:
    """All that someone reads of a workspace; a thing is seen when one sight alone reaches it."""

    workspace: str
    sights: frozenset[Sight]

    def sees(self, bucket: str) -> bool:
        """Whether things of `bucket` exist for this scope; nothing lies in one that is no bucket."""
        try:
            parsed = Bucket.parse(bucket)
        except NoBucket:
            return False
        return parsed.workspace == self.workspace and any(
            parsed.visible(self.workspace, sight.marking, sight.caveats) for sight in self.sights
        )


def scope_in(workspace: str, rights: Iterable[Held]) -> Scope | None:
    """What `rights` open of `workspace`; None when it does not exist for their holder.

    A right for all workspaces counts as it is said for this one: there must be such a workspace.
    """
    sights = frozenset(
        Sight(right.marking, frozenset(right.caveats))
        for right in rights
        if READ in right.actions and right.workspace == workspace
    )
    return Scope(workspace, sights) if sights else None


def sees_any(rights: Iterable[Held], buckets: Iterable[str]) -> bool:
    """Whether one of `buckets` exists for the holder of `rights`."""
    held = tuple(rights)
    for bucket in buckets:
        scope = scope_in(bucket.partition("/")[0], held)
        if scope is not None and scope.sees(bucket):
            return True
    return False
