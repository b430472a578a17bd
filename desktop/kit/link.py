"""What this desk knows of its hub and of the others: `desktop.sync` fills it, everybody may read it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from PySide6.QtCore import QObject, Signal

from beffroi.access import rights as rights_
from beffroi.sync.status import Delivery, LinkStatus
from beffroi.sync.wire import Presence, Rights, Seen

Doing = Literal["", "reading", "writing"]


class Link(QObject):
    """The state of the link, who is there, how far entries have come; and what to tell the hub."""

    status_changed = Signal(object)
    """The new `LinkStatus`."""
    presence_changed = Signal(object)
    """The uids (frozenset) of entries whose readers or writers changed."""
    delivered = Signal(object)
    """`Delivery` (tuple) of entries that have come further."""
    seen_by = Signal(object)
    """`Seen` (tuple): others have read these entries."""
    rights_changed = Signal(object)
    """The person's `Rights` (tuple), as the hub said them last."""
    to_settle_changed = Signal(int)
    """So many things wait for a person's choice."""
    back = Signal(object)
    """The link is there again; what was said since that moment (UTC ms) could not reach this desk."""
    erased = Signal(str, str)
    """This profile was erased: a sentence, and the file in which the unsent lies sealed, if any."""
    fetched = Signal(str, str)
    """An attachment (sha256) has come, or cannot be had (a sentence)."""
    doing_told = Signal(str, str)
    """Tell the others: entry uid, and `reading`, `writing` or nothing."""
    seen_told = Signal(str)
    """Tell the others that this entry was read here."""
    fetch_asked = Signal(str)
    """This attachment (sha256) is wanted now."""
    retry_asked = Signal()
    """Somebody does not want to wait."""

    def __init__(
        self, parent: QObject | None = None, *, hub: str = "", last_contact: int = 0
    ) -> None:
        """`hub` is the hub's address, a desk that stands alone has none; it was last heard then."""
        super().__init__(parent)
        self.hub = hub
        self.status = LinkStatus(last_contact=last_contact)
        self.to_settle = 0
        self.present: tuple[Presence, ...] = ()
        self.rights: tuple[Rights, ...] = ()
        self.names: dict[str, str] = {}
        """People (account to name) met here, whether or not they ever used this station."""
        self._around: Mapping[str, tuple[Presence, ...]] = {}
        self._doing: tuple[str, Doing] = ("", "")

    @property
    def joined(self) -> bool:
        """Whether there is a hub at all."""
        return bool(self.hub)

    def set_status(self, status: LinkStatus) -> None:
        """The link is in another state."""
        if status != self.status:
            self.status = status
            self.status_changed.emit(status)

    def set_rights(self, rights: Iterable[Rights]) -> None:
        """The hub says what the person may do."""
        said = tuple(rights)
        if said != self.rights:
            self.rights = said
            self.rights_changed.emit(said)

    def may(self, action: str, what: str, *, own: bool = False) -> bool:
        """Whether the hub would take such an act; it decides, this only spares a refusal.

        Before the hub has said anything, and where there is none, nothing is held back.
        """
        return not self.rights or rights_.may(self.rights, action, what, own=own)

    @property
    def caveats(self) -> tuple[str, ...]:
        """The restrictions that the person may put on what they write."""
        return tuple(sorted({caveat for right in self.rights for caveat in right.caveats}))

    def set_to_settle(self, count: int) -> None:
        """So many contradictions and refusals wait for a choice."""
        if count != self.to_settle:
            self.to_settle = count
            self.to_settle_changed.emit(count)

    def came_further(self, deliveries: Iterable[Delivery]) -> None:
        """Entries have come further on their way."""
        self.delivered.emit(tuple(deliveries))

    def were_seen(self, seen: Iterable[Seen]) -> None:
        """Others have read entries."""
        self.seen_by.emit(tuple(seen))

    # Who is there

    def set_present(self, present: Iterable[Presence]) -> None:
        """These are at their desks now (without this one)."""
        self.present = tuple(sorted(present, key=lambda p: (p.person or p.account).casefold()))
        self.names |= {p.account: p.person for p in self.present if p.person}
        before, after = self._around, _by_entry(self.present)
        changed = {uid for uid in {*before, *after} if before.get(uid) != after.get(uid)}
        self._around = after
        self.presence_changed.emit(frozenset(changed))

    def around(self, uid: str) -> tuple[Presence, ...]:
        """Who reads or writes this entry elsewhere, writers first."""
        return self._around.get(uid, ())

    # What the others are told

    def tell(self, uid: str, doing: Doing) -> None:
        """Say what is done here now; the same again is not said twice."""
        if (uid, doing) != self._doing:
            self._doing = (uid, doing)
            self.doing_told.emit(uid, doing)

    @property
    def doing(self) -> tuple[str, Doing]:
        """What the others were last told."""
        return self._doing


def _by_entry(present: Sequence[Presence]) -> dict[str, tuple[Presence, ...]]:
    found: dict[str, list[Presence]] = {}
    for one in present:
        if one.entity and one.doing:
            found.setdefault(one.entity, []).append(one)
    return {
        uid: tuple(sorted(people, key=lambda p: p.doing != "writing"))
        for uid, people in found.items()
    }
