"""Ties what is selected on the desk to what is ringed and clicked on the map."""

from collections.abc import Sequence
from functools import partial
from zoneinfo import ZoneInfo

from beffroi.logbook.changes import EntryChanged
from beffroi.logbook.entry import Entry
from beffroi.text import _, ngettext
from desktop.api import Desk
from desktop.map.bridge import Bridge, Event
from desktop.map.data import MapData
from desktop.map.rows import card_of, row_of

LISTED = 40
"""How many entries a list of choices shows; it tells how many more there are."""


class Selection:
    """Clicks select, the selection is ringed and brought into view."""

    def __init__(self, desk: Desk, bridge: Bridge, data: MapData) -> None:
        self._desk = desk
        self._bridge = bridge
        self._data = data
        self._zone = ZoneInfo(desk.node.info.zone)
        self._hovered = -1
        bridge.on("hover", self._hover)
        bridge.on("clicked", self._clicked)
        bridge.on("clicked-nothing", lambda _event: self._let_go())
        bridge.on("opened", lambda event: self.open_rid(int(event["rid"])))
        bridge.on("chosen", self._chosen)
        bridge.on("enter", lambda _event: self._open_selected())
        desk.shared.selection_changed.connect(self._selected)
        desk.feed.on(EntryChanged, self._changed)

    # what the desk says

    def _selected(self, uids: tuple[str, ...], by: object) -> None:
        if not uids:
            self._bridge.keep("select", {"rows": [], "show": None})
            return
        work = partial(self._read, uids)
        self._desk.tasks.run(work, partial(self._ring, uids, follow=by is not self))

    def _changed(self, change: EntryChanged) -> None:
        if change.entry.uid in self._desk.shared.selection:
            self._selected(self._desk.shared.selection, self)

    def _read(self, uids: Sequence[str]) -> list[Entry]:
        return [self._desk.node.logbook.entry(uid) for uid in uids[:200]]

    def _ring(self, uids: tuple[str, ...], entries: list[Entry], *, follow: bool) -> None:
        if uids != self._desk.shared.selection:
            return
        rows = [{**row, "count": 1} for entry in entries if (row := row_of(entry))]
        place = next(((e.content.lon, e.content.lat) for e in entries if row_of(e)), None)
        self._bridge.keep("select", {"rows": rows, "show": place if follow else None})

    # what the pointer does

    def _clicked(self, event: Event) -> None:
        if event["count"] == 1 and not event["crowd"]:
            self._select_rid(int(event["rid"]))
            return
        work = partial(self._inside, event["box"])
        self._desk.tasks.run(work, partial(self._offer, event))

    def _inside(self, box: Sequence[float]) -> tuple[list[Entry], int]:
        rids = self._data.inside(box)
        return self._desk.node.logbook.entries([int(rid) for rid in rids[:LISTED]]), len(rids)

    def _offer(self, event: Event, found: tuple[list[Entry], int]) -> None:
        entries, total = found
        if total == 1:
            self._desk.shared.select((entries[0].uid,), self)
        if total < 2:
            return
        now = self._desk.node.clock.now()
        west, south, east, north = event["box"]
        apart = max(east - west, north - south) > 60
        self._bridge.tell(
            "choices",
            {
                "title": ngettext("{n} entrée ici", "{n} entrées ici", total).format(n=total),
                "rows": [card_of(entry, self._zone, now=now) for entry in entries],
                "more": self._more(total - len(entries)),
                "zoom": event["box"] if apart and not event["crowd"] else None,
                "at": event["at"],
            },
        )

    def _more(self, hidden: int) -> str:
        if not hidden:
            return ""
        words = ngettext("{n} autre plus ancienne", "{n} autres plus anciennes", hidden)
        return words.format(n=hidden)

    def _chosen(self, event: Event) -> None:
        self._desk.shared.select((event["uid"],), self)
        if event["open"]:
            self._desk.shared.open(event["uid"])

    def _let_go(self) -> None:
        self._desk.shared.select((), self)

    def _select_rid(self, rid: int) -> None:
        def done(entry: Entry) -> None:
            self._desk.shared.select((entry.uid,), self)

        self._desk.tasks.run(partial(self._desk.node.logbook.entry_at, rid), done)

    def open_rid(self, rid: int) -> None:
        """Show whole the entry with this row id."""

        def done(entry: Entry) -> None:
            self._desk.shared.open(entry.uid)

        self._desk.tasks.run(partial(self._desk.node.logbook.entry_at, rid), done)

    def _open_selected(self) -> None:
        if len(self._desk.shared.selection) == 1:
            self._desk.shared.open(self._desk.shared.selection[0])

    # what the pointer is over

    def _hover(self, event: Event) -> None:
        self._hovered = int(event.get("rid", -1))
        if self._hovered >= 0:
            work = partial(self._desk.node.logbook.entry_at, self._hovered)
            self._desk.tasks.run(work, partial(self._card, event))
        elif thing := event.get("thing"):
            self._bridge.tell(
                "card", {"label": thing["name"], "text": thing["detail"], "place": ""}
            )

    def _card(self, event: Event, entry: Entry) -> None:
        if entry.rid != self._hovered:
            return
        card = card_of(entry, self._zone, now=self._desk.node.clock.now())
        if event["count"] > 1:
            card["place"] = self._summary(event, card["place"])
        self._bridge.tell("card", card)

    def _summary(self, event: Event, place: str) -> str:
        words = _("Dernière de {n} entrées, gravité jusqu’à {gravity}")
        told = words.format(n=event["count"], gravity=event.get("gravity") or 0)
        return f"{place} – {told}" if place else told
