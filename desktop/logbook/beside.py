"""What is known beside an entry in the list: how far it has come, who is at it, whether it is new."""

from collections.abc import Iterable, Sequence

import msgspec
from PySide6.QtCore import QObject, Signal

from beffroi.logbook.changes import EntryAdded, EntryChanged
from beffroi.sync.delivery import deliveries
from beffroi.sync.status import Delivery
from beffroi.sync.wire import Presence, Seen
from beffroi.text import _, ngettext
from desktop.api import Desk
from desktop.kit import initials
from desktop.logbook.news import News

MOST = 12_000


class Beside(QObject):
    """Follows the link; rows ask it when they are painted."""

    changed = Signal()

    def __init__(self, desk: Desk, news: News, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.news = news
        self._deliveries: dict[str, Delivery] = {}
        desk.link.delivered.connect(self.keep)
        desk.link.seen_by.connect(self._seen)
        desk.link.presence_changed.connect(lambda _uids: self.changed.emit())
        news.changed.connect(self.changed)
        if desk.link.joined:
            desk.feed.on(EntryAdded, self._written)
            desk.feed.on(EntryChanged, self._written)

    # What rows ask

    def delivery(self, uid: str) -> Delivery | None:
        """How far the entry has come; None where there is no hub, or when it is not known."""
        return self._deliveries.get(uid)

    def ticks(self, uid: str, author: str) -> Delivery | None:
        """The same, for entries whose way matters to this person: their own, and the refused."""
        found = self._deliveries.get(uid)
        if found is None or found.reached == "refused":
            return found
        return found if author == self._desk.node.who.account else None

    def people(self, uid: str) -> tuple[Presence, ...]:
        """Who reads or writes it elsewhere."""
        return self._desk.link.around(uid)

    def spoken(self, uid: str, rid: int, author: str) -> str:
        """All of it for a screen reader or a tooltip."""
        found = self.ticks(uid, author)
        said = [_("nouveauté") if rid in self.news else "", in_words(found) if found else ""]
        return ", ".join(part for part in (*said, initials.spoken(self.people(uid))) if part)

    # Where it comes from

    def read(self, uids: Sequence[str]) -> list[Delivery]:
        """Read how far entries have come (slow: off the main thread)."""
        if not self._desk.link.joined:
            return []
        return list(deliveries(self._desk.node.store, uids).values())

    def keep(self, found: Iterable[Delivery]) -> None:
        """This is how far they have come."""
        if len(self._deliveries) > MOST:
            self._deliveries.clear()
        me = self._desk.node.who.account
        self._deliveries |= {one.entity: without(one, me) for one in found}
        self.changed.emit()

    def _seen(self, seen: Sequence[Seen]) -> None:
        me = self._desk.node.who.account
        for one in seen:
            known = self._deliveries.get(one.entity)
            if known is not None and one.account not in {me, *(s.account for s in known.seen)}:
                more = [*known.seen, one]
                self._deliveries[one.entity] = msgspec.structs.replace(known, seen=more)
        self.changed.emit()

    def _written(self, change: EntryAdded | EntryChanged) -> None:
        entry = change.entry
        known = self._deliveries.get(entry.uid, Delivery(entity=entry.uid))
        if change.origin == "remote":
            known = msgspec.structs.replace(known, reached="hub", at=known.at or entry.arrived)
        else:
            known = msgspec.structs.replace(known, reached="kept")
        self._deliveries[entry.uid] = known
        self.changed.emit()


def without(delivery: Delivery, account: str) -> Delivery:
    """The same, told to `account`, who need not hear that they have seen it."""
    if all(one.account != account for one in delivery.seen):
        return delivery
    others = [one for one in delivery.seen if one.account != account]
    return msgspec.structs.replace(delivery, seen=others)


def in_words(delivery: Delivery) -> str:
    """« au centre, vue par 3 »."""
    if delivery.reached == "refused":
        return _("refusée par le centre")
    kept = delivery.reached == "kept"
    said = _("gardée ici, pas encore au centre") if kept else _("au centre")
    count = len(delivery.seen)
    seen = ngettext("vue par {n} personne", "vue par {n} personnes", count).format(n=count)
    return f"{said}, {seen}" if count else said


def look(delivery: Delivery) -> tuple[str, str, str]:
    """Icon, ink and count of the tick: one for kept, two for the hub, an eye for those who saw."""
    if delivery.reached == "refused":
        return "alert-triangle", "danger", ""
    if delivery.reached == "kept":
        return "check", "muted", ""
    if delivery.seen:
        return "eye", "ok", str(len(delivery.seen))
    return "checks", "ok", ""
