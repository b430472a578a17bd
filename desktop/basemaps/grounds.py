"""The grounds there are, what the page is told of them, and the tiles it asks for."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any

from PySide6.QtCore import QObject, Signal

from beffroi.basemaps import FOLDER
from beffroi.basemaps.cache import FILE, Cache
from beffroi.basemaps.online import OFFERED, Asker, Online
from beffroi.basemaps.pack import Box
from beffroi.basemaps.shelf import Installed, Shelf
from beffroi.errors import BeffroiError
from beffroi.plugin.allowed import Allowed
from beffroi.plugin.door import Door
from beffroi.sources.settings import allow_list
from beffroi.text import _
from desktop.api import Desk
from desktop.basemaps.choices import Choices
from desktop.kit.canvas import Arguments, Reply
from desktop.kit.tasks import Tasks

_LARGE = 100_000_000
WORLD: Box = (-180.0, -85.0, 180.0, 85.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One ground as the panel shows it: an installed pack, or pictures of the network."""

    uid: str
    title: str
    opacity: float
    pack: Installed | None = None
    online: Online | None = None
    own: bool = True
    """Whether it can be removed here."""


class Grounds(QObject):
    """Keeps the page and the panel up to date; everything that touches files is done elsewhere."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.shared)
        self._desk = desk
        self.shelf = Shelf(desk.node.folder)
        self.choices = Choices(desk.settings)
        self._packs: list[Installed] = []
        self.pictures: dict[str, Online] = {}
        """Calques of pictures, by uid: drawn by the page as their places in the stack say."""
        self._asker: Asker | None = None
        self._cache: Cache | None = None
        self._said: set[str] = set()
        self._closed = False
        self._opening = Lock()
        # A network that answers slowly must not keep the rest of the desk waiting for a thread.
        self._network = Tasks(self)
        desk.canvas.serve("grounds/tile", self._tile)

    # what there is

    def refresh(self) -> None:
        """Look at the folders again."""
        self._desk.tasks.run(self.shelf.all, self._found)

    def _found(self, packs: list[Installed]) -> None:
        self._packs = packs
        self._tell()

    @property
    def rows(self) -> list[Row]:
        """Packs first, then the network, each with how it is shown."""
        rows = [
            Row(
                uid=one.uid, title=one.pack.title if one.pack else one.uid, pack=one,
                opacity=self.choices.opacity(one.uid, usual=1.0) if one.pack else 0.0,
                own=not one.shared,
            )
            for one in self._packs
        ]  # fmt: skip
        added = self.choices.online()
        rows += [
            Row(
                uid=ground.uid, title=_(ground.title), online=ground, own=ground in added,
                opacity=self.choices.opacity(ground.uid, usual=0.0),
            )
            for ground in (*OFFERED, *added)
        ]  # fmt: skip
        return rows

    def show(self, uid: str, opacity: float) -> None:
        """Show a ground, or hide it (0)."""
        self.choices.show(uid, opacity)
        self._tell()

    def _tell(self) -> None:
        shown = [row for row in self.rows if row.opacity > 0]
        # The page draws them in this order: pictures below, packs with their streets above.
        shown.sort(key=lambda row: row.online is None and _is_vector(row))
        self._desk.canvas.keep("grounds", [_spec(row) for row in shown])
        self.changed.emit()

    # changes that people ask for

    def install(self, files: list[Path], then: Callable[[Installed], None]) -> None:
        """Copy packs into the profile, after having checked them."""
        for file in files:
            if file.is_file() and file.stat().st_size > _LARGE:
                self._desk.notices.info(
                    _("Copie du fond «\u202f{name}\u202f»…").format(name=file.name)
                )
            self._desk.tasks.run(
                partial(self.shelf.install, file), partial(self._installed, then),
                self._desk.notices.failure,
            )  # fmt: skip

    def _installed(self, then: Callable[[Installed], None], one: Installed) -> None:
        self.choices.show(one.uid, 1.0)
        self._desk.notices.done(
            _("Fond installé\u00a0: {name}.").format(name=one.pack.title if one.pack else one.uid)
        )
        self.refresh()
        then(one)

    def remove(self, row: Row) -> None:
        """Remove a pack of the profile, or forget an address."""
        if row.online:
            self.choices.forget(row.uid)
            self._tell()
            return
        self._desk.tasks.run(
            partial(self.shelf.remove, row.uid), lambda _none: self.refresh(),
            self._desk.notices.failure,
        )  # fmt: skip

    def add(self, ground: Online) -> None:
        """Know one more address, and show it.

        Raises:
            BeffroiError: it cannot be asked for tiles.
        """
        self.choices.add(ground)
        self.show(ground.uid, 1.0)

    # tiles

    def _tile(self, arguments: Arguments, reply: Reply) -> None:
        try:
            z, x, y = (int(arguments[name]) for name in ("z", "x", "y"))
        except (KeyError, ValueError):
            reply(b"")
            return
        row = self._asked_for(arguments.get("ground", ""))
        if row is None or row.opacity <= 0:
            reply(b"")
            return
        online = row.online
        tasks = self._network if online else self._desk.tasks
        work = (
            partial(self._asked, online, z, x, y)
            if online
            else partial(self._kept, row.uid, z, x, y)
        )
        tasks.run(work, reply, partial(self._failed, row, reply))

    def _asked_for(self, uid: str) -> Row | None:
        picture = self.pictures.get(uid)
        if picture is not None:
            return Row(uid=uid, title=picture.title, opacity=1.0, online=picture)
        return next((row for row in self.rows if row.uid == uid), None)

    def _kept(self, uid: str, z: int, x: int, y: int) -> bytes:
        return self.shelf.tiles(uid).tile(z, x, y) or b""

    def _asked(self, ground: Online, z: int, x: int, y: int) -> bytes:
        """A tile that was seen before, else the network's."""
        cache = self.cache
        seen = cache.get(ground.uid, z, x, y)
        if seen is not None:
            return seen
        data = self.asker.tile(ground, z, x, y)
        if data:
            cache.put(ground.uid, z, x, y, data)
        return data

    @property
    def asker(self) -> Asker:
        """Who asks the network, within what the administrator of this profile allows."""
        with self._opening:
            if self._asker is None:
                self._asker = Asker(Door(Allowed(allow_list(self._desk.node.settings))))
            return self._asker

    @property
    def cache(self) -> Cache:
        """What was seen of the network, encrypted in the profile; opened in the background."""
        with self._opening:
            if self._cache is None:
                folder = self._desk.node.folder / FOLDER
                folder.mkdir(exist_ok=True)
                self._cache = Cache(folder / FILE, self._desk.node.observed.key)
            return self._cache

    def _failed(self, row: Row, reply: Reply, error: BaseException) -> None:
        """Say once per ground what is wrong; the map goes on without its tiles."""
        reply(b"")
        if row.uid not in self._said and not self._closed:
            self._said.add(row.uid)
            if isinstance(error, BeffroiError):
                self._desk.notices.warn(f"{row.title} – {error}")
            else:
                self._desk.notices.failure(error)

    def shut(self) -> None:
        """Let go of files and connections."""
        self._closed = True
        self._network.close()
        self.shelf.close()
        if self._cache is not None:
            self._cache.close()
        if self._asker is not None:
            self._asker.close()


def _is_vector(row: Row) -> bool:
    return bool(row.pack and row.pack.pack and row.pack.pack.vector)


def _spec(row: Row) -> dict[str, Any]:
    """What the page needs to draw a ground."""
    if row.pack and row.pack.pack:
        pack = row.pack.pack
        return {
            "id": row.uid, "vector": pack.vector, "min_zoom": pack.min_zoom,
            "max_zoom": pack.max_zoom, "box": pack.box, "opacity": row.opacity,
            "attribution": pack.attribution,
        }  # fmt: skip
    ground = row.online
    return {
        "id": row.uid, "vector": False, "box": WORLD, "opacity": row.opacity,
        "min_zoom": ground.min_zoom if ground else 0,
        "max_zoom": ground.max_zoom if ground else 0,
        "attribution": ground.attribution if ground else "",
        "size": ground.size if ground else 256,
    }  # fmt: skip
