"""Which calque receives what is drawn: chosen, made, renamed, shared on purpose."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from beffroi.layers.drawing.symbols import SET_WORDS, SETS
from beffroi.text import _
from desktop.drawing.calques import Calques
from desktop.kit.theme import Theme


class CalqueBar(QWidget):
    """Shows the calques and asks; a form opens under it for a new one."""

    share_asked = Signal(str)
    """« Partager ce calque… » (uid)."""
    export_asked = Signal(str)
    import_asked = Signal()

    def __init__(
        self, theme: Theme, calques: Calques, may_write: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._calques = calques
        self.box = QComboBox(self)
        self.box.setAccessibleName(_("Calque où l’on dessine"))
        self.box.setToolTip(_("Calque où l’on dessine"))
        self.box.activated.connect(lambda _at: calques.use(str(self.box.currentData())))
        self.add = self._button(_("Nouveau calque de dessin"), self._open_form)
        self.add.setText(_("Nouveau calque de dessin…"))
        self.more = self._button(_("Partager, exporter, importer"), None)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(self._menu())
        self.state = QLabel(self)
        self.state.setProperty("role", "small")
        self.state.setProperty("ink", "muted")
        self.state.setWordWrap(True)
        self.form = self._form()
        self.add.setEnabled(may_write)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.box, 1)
        row.addWidget(self.add)
        self._row = row
        row.addStretch(0)
        row.addWidget(self.more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self.state)
        layout.addWidget(self.form)
        calques.changed.connect(self.fill)
        theme.changed.connect(self._dress)
        self._dress()
        self.fill()

    def _button(self, words: str, run: Callable[[], None] | None) -> QToolButton:
        button = QToolButton(self)
        button.setToolTip(words)
        button.setAccessibleName(words)
        if run is not None:
            button.clicked.connect(lambda _checked=False: run())
        return button

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        self.share = menu.addAction(
            _("Partager ce calque…"), lambda: self.share_asked.emit(self._calques.current)
        )
        self.export = menu.addAction(
            _("Exporter ce dessin…"), lambda: self.export_asked.emit(self._calques.current)
        )
        menu.addAction(_("Importer un dessin…"), self.import_asked.emit)
        return menu

    def _form(self) -> QWidget:
        form = QWidget(self)
        self.title = QLineEdit(form)
        self.title.setPlaceholderText(_("Titre du calque"))
        self.title.setAccessibleName(_("Titre du calque"))
        self.title.setMaxLength(120)
        self.sets = QComboBox(form)
        self.sets.setAccessibleName(_("Jeu de symboles"))
        for name in SETS:
            self.sets.addItem(_(SET_WORDS[name]), name)
        self.make = QPushButton(_("Créer"), form)
        self.make.setProperty("kind", "primary")
        cancel = QPushButton(_("Annuler"), form)
        cancel.clicked.connect(lambda _checked=False: form.hide())
        self.make.clicked.connect(lambda _checked=False: self._make())
        self.title.returnPressed.connect(self._make)
        buttons = QHBoxLayout()
        buttons.addWidget(self.make)
        buttons.addWidget(cancel)
        buttons.addStretch(1)
        layout = QVBoxLayout(form)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.addWidget(self.title)
        layout.addWidget(self.sets)
        layout.addLayout(buttons)
        form.hide()
        return form

    def _open_form(self) -> None:
        self.form.show()
        self.sets.setCurrentIndex(SETS.index("sitac"))
        self.title.setFocus()

    def _make(self) -> None:
        title = self.title.text().strip() or _("Mon dessin")
        self._calques.make(title, self.sets.currentData())
        self.title.clear()
        self.form.hide()

    def fill(self) -> None:
        """Show the calques there are, and who sees the one in use."""
        with QSignalBlocker(self.box):
            self.box.clear()
            for uid, calque in self._calques.all.items():
                self.box.addItem(calque.title or _("Dessin"), uid)
            self.box.setCurrentIndex(self.box.findData(self._calques.current))
        current = self._calques.current
        self.box.setVisible(bool(current))
        style = Qt.ToolButtonStyle
        self.add.setToolButtonStyle(
            style.ToolButtonIconOnly if current else style.ToolButtonTextBesideIcon
        )
        self._row.setStretch(2, 0 if current else 1)
        self.share.setEnabled(bool(current) and not self._calques.sheet(current).shared)
        self.export.setEnabled(bool(current))
        self.state.setText(self._say())

    def _say(self) -> str:
        uid = self._calques.current
        if not uid:
            return _("Aucun calque de dessin\u00a0: prenez un outil, il sera créé pour vous seul.")
        sheet = self._calques.sheet(uid)
        symbols = _(SET_WORDS[self._calques.symbol_set])
        if not sheet.shared:
            return _("{set} · pour moi seul").format(set=symbols)
        limits = " ".join((sheet.marking.replace("_", "-"), *sheet.caveats))
        words = _("{set} · partagé ({marking}) par {author}")
        if not self._calques.may_draw(uid):
            words = _("{set} · partagé ({marking}) par {author}, en lecture seule")
        return words.format(set=symbols, marking=limits, author=sheet.author)

    def _dress(self) -> None:
        self.add.setIcon(self._theme.icon("plus"))
        self.more.setIcon(self._theme.icon("dots-vertical"))
