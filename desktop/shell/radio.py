"""Reading out over the radio what a cut line keeps here: large type, one message at a time."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from beffroi.exchange import radio
from beffroi.text import _
from desktop.api import Desk
from desktop.shell.page import PageOverlay


class RadioPage(PageOverlay):
    """The degraded messages of this station, to be spoken, copied or written down."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        super().__init__(window, desk.theme, _("Message dégradé, à lire à la radio"))
        self._desk = desk
        self.texts: Sequence[str] = ()

    def offer(self) -> None:
        """Make the messages of what is selected, or of all that waits, and show them."""
        desk = self._desk
        chosen = desk.shared.selection if not desk.node.journal.waiting() else ()
        desk.tasks.run(
            lambda: radio.of_node(desk.node, chosen), self.show_texts, touches_store=True
        )

    def show_texts(self, texts: Sequence[str]) -> None:
        """Show `texts`, the first one ready to be read."""
        self.texts = texts
        self._scroll.setWidget(self._page())
        self.open()

    @override
    def panel_size(self) -> tuple[int, int, int]:
        px = self._theme.px
        page = self._scroll.widget()
        wanted = page.heightForWidth(px(840)) + px(70) if page is not None else 0
        return px(860), max(px(240), wanted), 64

    def _page(self) -> QWidget:
        page = QWidget()
        page.setProperty("surface", "clear")
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 4, 20, 20)
        column.setSpacing(14)
        hint = QLabel(
            _(
                "Lisez chaque ligne avec son numéro. Celui qui écoute compte les éléments "
                "et relit le mot de contrôle."
            ),
            page,
        )
        hint.setProperty("ink", "muted")
        hint.setWordWrap(True)
        column.addWidget(hint)
        for text in self.texts:
            column.addWidget(self._message(text))
        column.addStretch()
        return page

    def _message(self, text: str) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        said = QLabel(text, box)
        said.setTextFormat(Qt.TextFormat.PlainText)
        said.setFont(self._theme.font("big"))
        said.setWordWrap(True)
        said.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        copy = QPushButton(_("Copier ce message"), box)
        copy.clicked.connect(lambda: self._copy(text))
        row = QHBoxLayout()
        row.addWidget(copy)
        row.addStretch()
        column.addWidget(said)
        column.addLayout(row)
        return box

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._desk.notices.done(_("Message copié."))
