"""What someone's rights allow, asked often: each question is answered once."""

from collections.abc import Sequence

from beffroi.access import rights as access
from beffroi.access.buckets import EVERYWHERE, Bucket
from beffroi.access.rights import Held


class Judge:
    """Rights as they are now; made anew when they are read anew."""

    def __init__(self, rights: Sequence[Held]) -> None:
        self._rights = rights
        self._seen: dict[Bucket, bool] = {}
        self._may: dict[tuple[str, str, Bucket, bool], bool] = {}

    def sees(self, bucket: Bucket) -> bool:
        """Whether what lies in `bucket` exists for them."""
        if bucket not in self._seen:
            self._seen[bucket] = access.sees(self._rights, bucket)
        return self._seen[bucket]

    def may(self, action: str, what: str, bucket: Bucket, *, own: bool = False) -> bool:
        """Whether they may do `action` on a `what` in `bucket`, perhaps only on their own."""
        key = (action, what, bucket, own)
        if key not in self._may:
            self._may[key] = access.may(self._rights, action, what, bucket, own=own)
        return self._may[key]

    def holds(self, action: str, what: str, workspace: str) -> bool:
        """Whether they may do `action` on a `what` of their own anywhere in `workspace`."""
        words = {f"{action}:{what}", f"{action}:{what}:own"}
        return any(
            right.workspace in (workspace, EVERYWHERE) and not words.isdisjoint(right.actions)
            for right in self._rights
        )
