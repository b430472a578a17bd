"""What the map says of an object: a few words when the pointer is over it, all of it when clicked."""

from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from beffroi.clock import PARIS, to_datetime
from beffroi.layers.painting import worded
from beffroi.observations import Observation
from beffroi.text import _, ngettext
from desktop.api import Desk, Event, Offer, Spot
from desktop.kit.shared import Prefill
from desktop.layers.calques import Calques, Kept
from desktop.layers.objects import box_of, middle, span, title_of

_HINTS = 3
_LONG = 400


class Cards(QObject):
    """Answers the pointer over calques."""

    opened = Signal(str, int)
    """The card of an object (calque uid, rid) is shown."""

    def __init__(self, desk: Desk, calques: Calques, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._calques = calques
        self._zone = ZoneInfo(desk.node.info.zone)
        self._over: Event | None = None
        self._open = -1
        canvas = desk.canvas
        canvas.on("calque-hover", self._hover)
        canvas.on("calque-clicked", self._clicked)
        canvas.on("calque-closed", self._closed)
        canvas.on("calque-act", self._act)
        canvas.menu(self._offers)

    def _of_entries(self, uid: str) -> bool:
        """Whether a calque shows entries rather than what a source tells."""
        kept = self._calques.kept.get(uid)
        return kept is not None and kept.calque.kind == "query"

    # A few words ---------------------------------------------------------------------------------

    def _hover(self, event: Event | None) -> None:
        self._over = event
        if event and event["id"] in self._calques and not self._of_entries(event["id"]):
            work = partial(self._desk.node.observations.one, int(event["rid"]))
            self._desk.tasks.run(work, partial(self._hint, event))

    def _hint(self, event: Event, found: Observation | None) -> None:
        if event != self._over or found is None:
            return
        kept = self._calques.kept.get(event["id"])
        if kept is None:
            return
        count = int(event["count"])
        many = ngettext("{n} objet ici", "{n} objets ici", count).format(n=count)
        told = [
            f"{name}\u00a0: {worded(value)}"
            for name, value in found.properties.items()
            if worded(value)
        ]
        aged = self._aged(kept, found)
        self._desk.canvas.tell("card", {
            "label": many if count > 1 else title_of(found),
            "text": "" if count > 1 else "\n".join(told[:_HINTS]),
            "place": " – ".join(part for part in (kept.calque.title, aged) if part),
        })  # fmt: skip

    # All of it -----------------------------------------------------------------------------------

    def _clicked(self, event: Event) -> None:
        self.open(str(event["id"]), int(event["rid"]))

    def open(self, uid: str, rid: int) -> None:
        """Show the card of an object; an entry is chosen, as everywhere."""
        if self._of_entries(uid):
            entry_at = partial(self._desk.node.logbook.entry_at, rid)
            self._desk.tasks.run(entry_at, lambda e: self._desk.shared.select((e.uid,), self))
            return
        self._open = rid
        work = partial(self._desk.node.observations.one, rid)
        self._desk.tasks.run(work, partial(self._show, uid, rid))

    @property
    def chosen(self) -> int:
        """The object (rid) whose card is shown, 0 when none is."""
        return max(0, self._open)

    def _show(self, uid: str, rid: int, found: Observation | None) -> None:
        kept = self._calques.kept.get(uid)
        if rid != self._open or kept is None:
            return
        if found is None:
            self._desk.notices.info(_("Cet objet n’est plus dans sa source."))
            return
        self._desk.canvas.tell("calque-choose", found.geometry)
        self._desk.canvas.tell("calque-card", self.card(kept, found))
        self.opened.emit(uid, rid)

    def card(self, kept: Kept, found: Observation) -> dict[str, Any]:
        """Everything that is known of an object, in words."""
        return {
            "id": kept.uid,
            "rid": found.rid,
            "title": title_of(found),
            "calque": kept.calque.title,
            "times": self._times(found),
            "aged": self._aged(kept, found),
            "fields": [(name, worded(value)[:_LONG]) for name, value in found.properties.items()],
            "source": kept.calque.attribution,
            "close": _("Fermer"),
            "actions": [
                {"id": "entry", "words": _("Créer une entrée depuis cet objet")},
                {"id": "zoom", "words": _("Zoomer")},
                {"id": "table", "words": _("Voir dans la table")},
            ],
        }

    def _times(self, found: Observation) -> list[str]:
        told = (
            (_("Observé"), found.time), (_("Valable jusqu’au"), found.until), (_("Reçu"), found.seen),
        )  # fmt: skip
        return [f"{name}\u00a0: {self.moment(at)}" for name, at in told if at]

    def moment(self, at: int) -> str:
        """A moment in Paris, and in the workspace's zone when it is another."""
        paris = _("{moment} (Paris)").format(moment=f"{to_datetime(at, PARIS):%d/%m/%Y %H:%M:%S}")
        if self._zone == PARIS:
            return paris
        return f"{to_datetime(at, self._zone):%d/%m/%Y %H:%M:%S} ({self._zone.key}), {paris}"

    def _aged(self, kept: Kept, found: Observation) -> str:
        """In words, what the dashed outline says: how long ago it went out of date."""
        validity = kept.calque.validity_s * 1000
        worn = (found.time or found.seen) + validity if validity else None
        ends = [end for end in (found.until, worn) if end]
        now = self._desk.shared.moment or self._desk.node.clock.now()
        if not ends or min(ends) >= now:
            return ""
        return _("Périmé depuis {span}").format(span=span(now - min(ends)))

    def _closed(self, _event: Event) -> None:
        self._open = -1

    # What one can do with it ---------------------------------------------------------------------

    def _act(self, event: Event) -> None:
        uid, rid = str(event["id"]), int(event["rid"])
        match event["act"]:
            case "entry":
                self.write(uid, rid)
            case "zoom":
                self.zoom(rid)
            case "table":
                self._desk.shared.calque_asked.emit(uid, rid)
            case _:
                pass

    def write(self, uid: str, rid: int) -> None:
        """Ask for an entry about an object, with its place and what it says."""
        work = partial(self._desk.node.observations.one, rid)
        self._desk.tasks.run(work, partial(self._written, uid))

    def _written(self, uid: str, found: Observation | None) -> None:
        kept = self._calques.kept.get(uid)
        if found is None or kept is None:
            return
        place = middle(found)
        lines = [title_of(found), *(
            f"{name}\u00a0: {worded(value)}" for name, value in found.properties.items() if worded(value)
        )]  # fmt: skip
        source = _("Source\u00a0: {title}, {moment}").format(
            title=kept.calque.title, moment=self.moment(found.time or found.seen)
        )
        lon, lat = place or (None, None)
        self._desk.shared.entry_asked.emit(
            Prefill(lon=lon, lat=lat, text="\n".join([*lines[:12], source]))
        )

    def zoom(self, rid: int) -> None:
        """Show an object from near."""
        work = partial(self._desk.node.observations.one, rid)
        self._desk.tasks.run(work, self._near)

    def _near(self, found: Observation | None) -> None:
        if found and (box := box_of(found)):
            west, south, east, north = box
            if west == east and south == north:
                self._desk.shared.go_to.emit(west, south, 15.0)
            else:
                self._desk.canvas.tell("fit", {"box": box})

    def _offers(self, spot: Spot) -> list[Offer]:
        hit = spot.hit or {}
        if hit.get("kind") != "calque" or hit["id"] not in self._calques or hit["count"] > 1:
            return []
        uid, rid = str(hit["id"]), int(hit["rid"])
        if self._of_entries(uid):
            return []
        return [
            Offer(title=_("Créer une entrée depuis cet objet"), icon="message-plus",
                  run=partial(self.write, uid, rid)),
            Offer(title=_("Tout ce qu’on sait de cet objet"), icon="list-details",
                  run=partial(self.open, uid, rid)),
        ]  # fmt: skip
