"""How the capture is laid out: the line, its tools, what was understood, what it says back."""

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from beffroi.text import _
from desktop.api import Desk
from desktop.kit.theme import Theme
from desktop.logbook.tag_look import taxonomy
from desktop.logbook.writing.capture_text import CaptureText
from desktop.logbook.writing.duplicates_hint import DuplicatesHint
from desktop.logbook.writing.elided import Elided
from desktop.logbook.writing.hint_chips import HintChips
from desktop.logbook.writing.icons import IconButton
from desktop.logbook.writing.lookups import Lookups
from desktop.logbook.writing.offer import PhotoOffer
from desktop.logbook.writing.parent_banner import ParentBanner
from desktop.logbook.writing.pasted import attachable
from desktop.logbook.writing.quick_line import QuickLine
from desktop.logbook.writing.status_line import StatusLine
from desktop.logbook.writing.strip import AttachmentStrip
from desktop.logbook.writing.zones import local_now, zone_of


def shorthand() -> str:
    """What may be written beside the sentence, for the tooltip."""
    return _(
        "#mot : étiquette\n@mot : lieu, ou coordonnées\ng0 à g4 : gravité\n"
        "B3 à la fin, =B3 ailleurs : cotation\n! au début, ★\u00a0: fait marquant\n"
        "vers 4h, entre 1h et 5h30, hier 23h10 : heure des faits\n"
        "Décision : au début, la nature\nEntrée publie, Maj+Entrée va à la ligne"
    )


class Tools:
    """The buttons beside the line."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        self._theme = theme
        self.place = IconButton(theme, "map-pin-plus", _("Situer par un clic sur la carte"), parent)
        self.files = IconButton(theme, "paperclip", _("Joindre des fichiers"), parent)
        self.screenshot = IconButton(theme, "screenshot", _("Joindre une capture d’écran"), parent)
        self.form = IconButton(theme, "list-details", _("Formulaire complet"), parent)
        self.publish = QPushButton(_("Publier"), parent)
        self.publish.setProperty("kind", "primary")
        self.publish.setToolTip(_("Entrée, ou Ctrl+Entrée"))

    def permit(self, may: bool) -> None:
        """Offer nothing to a post that only reads."""
        for tool in (self.place, self.files, self.screenshot, self.form):
            tool.setEnabled(may)

    def row(self) -> QHBoxLayout:
        """The buttons from left to right."""
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(1))
        for tool in (self.place, self.files, self.screenshot, self.form):
            row.addWidget(tool)
        row.addSpacing(self._theme.px(4))
        row.addWidget(self.publish)
        return row


class CaptureFrame(QFrame):
    """The parts of a capture, stacked; what is dropped on it is attached."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.line = QuickLine(taxonomy(), zone_of(desk))
        self.lookups = Lookups(desk, self)
        self.banner = ParentBanner(desk.theme)
        self.text = CaptureText(desk, self.lookups)
        self.text.setAccessibleName(_("Texte de la nouvelle entrée"))
        self.chips = HintChips(desk, self.line)
        self.strip = AttachmentStrip(desk, compact=True)
        self.offer = PhotoOffer(desk.theme)
        self.duplicates = DuplicatesHint(desk)
        self.status = StatusLine(desk.theme)
        self.tools = Tools(desk.theme, self)
        self.setObjectName("capture")
        self.setProperty("surface", "raised")
        self.setAcceptDrops(True)
        self._lay_out(desk.theme)

    def _lay_out(self, theme: Theme) -> None:
        stack = QVBoxLayout(self)
        stack.setContentsMargins(theme.px(8), theme.px(7), theme.px(8), theme.px(7))
        stack.setSpacing(theme.px(5))
        for part in (
            self.banner, self.text, self.chips, self.strip,
            self.offer, self.duplicates, self.status,
        ):  # fmt: skip
            stack.addWidget(part)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(6))
        foot.addWidget(self._help(), 1)
        foot.addLayout(self.tools.row())
        stack.addLayout(foot)

    def permit(self) -> None:
        """Say at once that the post held may only read."""
        may = self._desk.node.who.may_write
        self.text.setReadOnly(not may)
        self.tools.permit(may)
        self.text.setPlaceholderText(
            _("Nouvelle entrée…  (Ctrl+N)")
            if may
            else _("Ce poste lit la main courante sans y écrire.")
        )

    def _help(self) -> QWidget:
        line = Elided(_("#étiquette  @lieu  g3  B3  ★  vers 4h"), self)
        line.setProperty("ink", "faint")
        line.setProperty("role", "small")
        line.setToolTip(shorthand())
        return line

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        may = self._desk.node.who.may_write
        if may and attachable(event.mimeData(), local_now(self._desk)):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self.strip.take(attachable(event.mimeData(), local_now(self._desk)))
        event.acceptProposedAction()
