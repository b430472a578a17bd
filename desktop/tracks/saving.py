"""Saves the chosen track as a file: GPX for maps, CoT for other command posts."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from beffroi.errors import BeffroiError
from beffroi.journal import rights
from beffroi.text import _
from beffroi.tracks import cot, gpx
from beffroi.tracks.fix import Fix
from beffroi.tracks.following import UNSET
from desktop.api import Desk
from desktop.tracks.panel import TracksPanel
from desktop.tracks.tracker import Tracker


class Saving:
    """Asks where, writes in the background, traces that content left."""

    def __init__(self, desk: Desk, tracker: Tracker, panel: TracksPanel) -> None:
        self._desk = desk
        self._tracker = tracker
        self._panel = panel

    def ask_gpx(self) -> None:
        """Save all that is known of where the track was."""
        name, fixes = self._chosen()
        self._ask(name, "gpx", lambda: gpx.written({name: fixes}, name))

    def ask_cot(self) -> None:
        """Save its fixes as events, each stale when it is."""
        name, fixes = self._chosen()
        watch = self._tracker.following.watches.get(self._panel.uid)
        rules = watch.rules if watch else UNSET.rules
        self._ask(name, "cot", lambda: cot.written(fixes, rules))

    def _chosen(self) -> tuple[str, list[Fix]]:
        one = self._panel.moving()
        if one is None:
            return "", []
        return one.callsign, list(self._tracker.following.past(one.uid, 0))

    def _ask(self, name: str, ending: str, written: Callable[[], bytes]) -> None:
        if not name:
            return
        kinds = {"gpx": "GPX (*.gpx)", "cot": "CoT (*.cot *.xml)"}
        title = _("Enregistrer la piste")
        path, _kind = QFileDialog.getSaveFileName(
            self._panel, title, f"{name}.{ending}", kinds[ending]
        )
        if path:
            self.save(Path(path), written)

    def save(self, path: Path, written: Callable[[], bytes]) -> None:
        """Write the file."""
        self._desk.tasks.run(
            partial(_save, self._desk, path, written), self._saved, touches_store=True
        )

    def _saved(self, name: str) -> None:
        self._desk.notices.info(_("Piste enregistrée\u00a0: {name}").format(name=name))


def _save(desk: Desk, path: Path, written: Callable[[], bytes]) -> str:
    node = desk.node
    rights.exporting(node.who)
    try:
        path.write_bytes(written())
    except OSError as error:
        raise BeffroiError(
            _("Le fichier ne peut pas être écrit\u00a0: vérifiez le dossier et la place libre.")
        ) from error
    node.audit.record(node.who, "export", path.name)
    return path.name
