"""Who is behind a request, and what they may do."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from beffroi.access import rights
from beffroi.access.buckets import EVERYWHERE, Bucket, NoBucket
from beffroi.access.rights import Right
from beffroi.sync import wire


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """A person with a session on a known station, and the rights they hold now.

    A right for all workspaces stands in `rights` as it is (`*`) and once for each workspace.
    """

    account: str
    display: str
    organisation: str
    posts: tuple[str, ...]
    device: str
    station: str
    session: str
    expires: int
    rights: tuple[wire.Rights, ...]

    def sees(self, bucket: str | Bucket) -> bool:
        """Whether what lies in `bucket` exists for them."""
        if isinstance(bucket, str):
            try:
                bucket = Bucket.parse(bucket)
            except NoBucket:
                return False
        return rights.sees(self.rights, bucket)

    def may(
        self, action: str, what: str, bucket: Bucket | None = None, *, own: bool = False
    ) -> bool:
        """Whether they may do `action` on a `what` in `bucket` (None: about the house)."""
        return rights.may(self.rights, action, what, bucket, own=own)


def told(held: Sequence[Right], workspaces: Sequence[str]) -> tuple[wire.Rights, ...]:
    """Rights as the wire says them; one for all workspaces is said for each of them too."""
    said: list[wire.Rights] = []
    for right in held:
        one = wire.Rights(
            workspace=right.workspace,
            role=right.role,
            actions=sorted(right.actions),
            marking=right.marking,
            caveats=list(right.caveats),
            until=right.until,
        )
        said.append(one)
        if right.workspace == EVERYWHERE:
            said += [msgspec.structs.replace(one, workspace=code) for code in workspaces]
    return tuple(said)
