"""What can be done with a source once it is there; each act is said, and taken back when it can be."""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from PySide6.QtCore import QObject

from beffroi.errors import BeffroiError
from beffroi.logbook.sheet import Sheet
from beffroi.sources.addresses import Origin
from beffroi.text import _, ngettext
from desktop.api import Desk
from desktop.kit.shared import Box
from desktop.sources.extent import extent
from desktop.sources.shelf import Shelf
from desktop.sources.standing import Standing
from desktop.sources.wizard import Wizard


class Runner(Protocol):
    """The process that follows the sources; what it is told while it is not there is not told."""

    def retry(self, uid: str) -> None:
        """Read this source now."""
        ...

    def suspend(self, uid: str) -> None:
        """Leave it alone until told otherwise."""
        ...

    def resume(self, uid: str) -> None:
        """Take it up again."""
        ...

    def reload(self, uid: str) -> None:
        """Its definition changed."""
        ...


class Actions(QObject):
    """Acts on the sources that the board shows as chosen."""

    def __init__(
        self,
        desk: Desk,
        shelf: Shelf,
        runner: Runner,
        chosen: Callable[[], Sequence[Standing]],
        wizard: Callable[[], Wizard],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shelf = shelf
        self._runner = runner
        self._chosen = chosen
        self._wizard = wizard

    @property
    def any(self) -> bool:
        """Whether a source is chosen."""
        return bool(self._chosen())

    def retry(self) -> None:
        """Read the chosen sources now."""
        for one in self._chosen():
            if one.health == "suspended":
                self._enable(one, on=True)
            self._runner.retry(one.uid)

    def suspend(self) -> None:
        """Put the chosen sources to rest, or take them up again when all of them rest."""
        chosen = self._chosen()
        asleep = all(one.health == "suspended" for one in chosen)
        for one in chosen:
            self._enable(one, on=asleep)

    def _enable(self, one: Standing, *, on: bool) -> None:
        """Whether it is followed is written in the source itself: it holds after a restart."""
        node, runner = self._desk.node, self._runner

        def work() -> None:
            node.sheets.put("source", {"enabled": on}, node.who, uid=one.uid)

        def told(_none: None) -> None:
            (runner.resume if on else runner.suspend)(one.uid)
            self._shelf.state_changed(one.uid)

        self._desk.tasks.run(work, told, self._broke, touches_store=True)

    def edit(self) -> None:
        """Open the wizard on the chosen source."""
        chosen = self._chosen()
        if not chosen:
            return
        one, node = chosen[0], self._desk.node

        def work() -> tuple[str, dict[str, object]]:
            layer = node.sheets.find(one.layers[0]) if one.layers else None
            style = dict(layer.fields.get("style") or {}) if layer else {}
            return self._text_of(one), style

        self._desk.tasks.run(work, lambda told: self._open(one, *told), self._broke)

    def _text_of(self, one: Standing) -> str:
        """What was pasted or typed, when the source is made of that: it can be changed."""
        sha256 = str(one.fields.get("attachment", ""))
        if one.transport not in ("paste", "manual") or not sha256:
            return ""
        return self._desk.node.attachments.open_bytes(sha256).decode("utf-8", "replace")

    def _open(self, one: Standing, text: str, style: dict[str, object]) -> None:
        kept = one.transport == "attachment"
        origin = Origin(
            transport="paste" if text else one.transport,  # type: ignore[arg-type]
            address=str(one.fields.get("attachment" if kept else "address", "")),
            text=text,
        )
        self._wizard().change(
            one.uid, origin, dict(one.fields), style,
            shared=one.shared, marking=one.marking, caveats=one.caveats,
        )  # fmt: skip

    def show_layer(self) -> None:
        """Show the calque of the chosen source on the map, where its things are."""
        for one in self._chosen()[:1]:
            self._show(one)

    def _show(self, one: Standing) -> None:
        for uid in one.layers:
            self._desk.stack.show(uid, True)
        self.look_at((one.uid,), lambda box: self.zoom(box, one.title))

    def look_at(self, uids: Sequence[str], then: Callable[[Box | None], None]) -> None:
        """Find where the things of these sources are, and hand it over."""
        observations = self._desk.node.observations

        def found() -> Box | None:
            told = [observations.columns(uid, middles=True) for uid in uids]
            if not told:
                return None
            return extent(
                np.concatenate([one.lon for one in told]), np.concatenate([one.lat for one in told])
            )

        self._desk.tasks.run(found, then, self._broke)

    def zoom(self, box: Box | None, title: str = "") -> None:
        """Show a box of the map; say so when there is nothing to show."""
        if box is None:
            said = _("«\u202f{title}\u202f» n’a encore rien à montrer sur la carte.")
            self._desk.notices.info(said.format(title=title))
            return
        self._desk.docks.reveal("map")
        self._desk.canvas.tell("fit", {"box": list(box), "still": False})

    def remove(self, uids: Sequence[str]) -> None:
        """Take sources, their calques and their data away; the notice takes it back."""
        node = self._desk.node
        doomed = [one for uid in uids if (one := self._shelf.find(uid)) is not None]
        gone = [*(uid for one in doomed for uid in one.layers), *(one.uid for one in doomed)]

        def work() -> list[Sheet]:
            before = [node.sheets.one(uid) for uid in gone]
            node.sheets.drop_all(gone, node.who)
            return before

        def told(before: list[Sheet]) -> None:
            said = ngettext("{n} source retirée.", "{n} sources retirées.", len(doomed))
            self._desk.notices.done(
                said.format(n=len(doomed)), (_("Annuler"), lambda: self._bring_back(before))
            )

        self._desk.tasks.run(work, told, self._broke, touches_store=True)

    def _bring_back(self, gone: Sequence[Sheet]) -> None:
        node = self._desk.node

        def work() -> None:
            for sheet in reversed(gone):
                node.sheets.put(
                    sheet.kind, sheet.fields, node.who, uid=sheet.uid, shared=sheet.shared,
                    marking=sheet.marking, caveats=sheet.caveats,
                )  # fmt: skip

        self._desk.tasks.run(
            work, lambda _none: self._shelf.read(), self._broke, touches_store=True
        )

    def _broke(self, error: BaseException) -> None:
        if isinstance(error, BeffroiError):
            self._desk.notices.warn(str(error))
        else:
            self._desk.notices.failure(error)
