"""`beffroi --self-test`: makes a profile, opens it, looks at the pixels, puts everything away."""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QRect, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from beffroi.access import Account
from beffroi.clock import Clock
from beffroi.logbook.entry import Content
from beffroi.node import Node, open_node
from beffroi.profile import ProfileInfo, create_profile
from beffroi.text import _
from desktop.kit.preferences import PreferenceFile
from desktop.shell.arguments import Arguments
from desktop.shell.assembly import Assembly

PATIENCE_MS = 45_000
LEAST_COLOURS = 120
"""An empty panel with one word in it shows 35 colours, a list or a map more than 400."""
_WORDS = "auto-controle-de-beffroi"
_ACCOUNT = Account(name="essai", display="Essai", organisation="Beffroi", posts=("Essai",))


class Runs(Protocol):
    """The part of the application that a self-test drives."""

    assembly: Assembly | None

    def enter(self, node: Node) -> None:
        """Show the desk of `node`."""

    def close(self) -> None:
        """Put everything away."""


def run(qt: QApplication, make: Callable[[QApplication, Arguments, PreferenceFile], Runs]) -> int:
    """Exit code 0 when the header, the list and the map all show something."""
    with tempfile.TemporaryDirectory(prefix="beffroi-") as name:
        folder = Path(name) / "profil"
        info = ProfileInfo(title="Auto-contrôle", workspace="self-test", mode="test")
        create_profile(folder, info, [(_ACCOUNT, _WORDS)], Clock())
        node = open_node(folder, _ACCOUNT.name, _WORDS)
        node.logbook.publish(Content(text="Une entrée pour voir.", lon=2.36, lat=48.92), node.who)
        preferences = PreferenceFile(Path(name) / "preferences.toml")
        application = make(qt, Arguments(self_test=True, quit_after_ready=True), preferences)
        application.enter(node)
        verdict = _watch(qt, application)
        application.close()
    passed = _("Auto-contrôle réussi.")
    sys.stdout.write(f"{verdict or passed}\n")
    return 1 if verdict else 0


def _watch(qt: QApplication, application: Runs) -> str:
    """What is wrong with the picture, nothing when all is well."""
    assembly = application.assembly
    if assembly is None:
        return _("Le bureau ne s’est pas ouvert.")
    verdict = [_("Tout n’a pas été dessiné à temps.")]
    window = assembly.window

    def look() -> None:
        verdict[:] = blank_parts(assembly, window.grab().toImage())

    window.closing.connect(look)
    QTimer.singleShot(PATIENCE_MS, window, window.close)
    qt.exec()
    return " ".join(verdict)


def blank_parts(assembly: Assembly, picture: QImage) -> list[str]:
    """One sentence per part of the window that shows nothing."""
    ratio = picture.devicePixelRatio()
    said = []
    for dock_id in ("logbook", "map"):
        widget = assembly.window.docks.widget(dock_id)
        if widget is None or not widget.isVisible():
            said.append(_("Le panneau {dock} manque.").format(dock=dock_id))
            continue
        corner = widget.mapTo(assembly.window, widget.rect().topLeft())
        box = QRect(corner * ratio, widget.size() * ratio)
        if colours(picture, box) < LEAST_COLOURS:
            said.append(_("Le panneau {dock} est resté vide.").format(dock=dock_id))
    return said


def colours(picture: QImage, box: QRect, step: int = 3) -> int:
    """How many colours a part of a picture holds, looked at on a grid."""
    box = box.intersected(picture.rect())
    return len(
        {
            picture.pixel(x, y)
            for y in range(box.top(), box.bottom(), step)
            for x in range(box.left(), box.right(), step)
        }
    )
