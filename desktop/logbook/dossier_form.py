"""« Dossier »: puts the chosen entries into a dossier that exists, or opens one around them."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit
from typing_extensions import override

from beffroi.logbook.dossiers import Dossier
from beffroi.logbook.entry import GRAVITY_WORDS
from beffroi.logbook.words import fold
from beffroi.text import _, ngettext, number
from desktop.api import Desk
from desktop.kit.pieces import words
from desktop.logbook import wording
from desktop.logbook.forms import Form
from desktop.logbook.writing.typeahead import Answer, Suggestion, TypeAheadLine


class DossierForm(Form):
    """One line: the title of a dossier, old or new."""

    def __init__(self, desk: Desk, uids: Sequence[str], gravity: int) -> None:
        count = ngettext("{n} entrée", "{n} entrées", len(uids)).format(n=number(len(uids)))
        super().__init__(desk, _("Mettre {count} dans un dossier").format(count=count), _("Ranger"))
        self._uids = tuple(uids)
        self._known: list[Dossier] = []
        self._chosen: Dossier | None = None
        self.title = TypeAheadLine(desk.theme, self._look, self, on_focus=True, free=True)
        self.title.setPlaceholderText(_("Titre d’un nouveau dossier, ou d’un dossier ouvert"))
        self.title.setAccessibleName(_("Titre du dossier"))
        self.title.picked.connect(self._picked)
        self.title.entered.connect(lambda _words: self.submit())
        self.title.textEdited.connect(self._typed)
        self.gravity = gravity_choice(gravity)
        self.hint = words(_("Un nouveau dossier sera ouvert."), role="small", ink="muted")
        line = QHBoxLayout()
        line.addWidget(self.title, 1)
        line.addWidget(self.gravity)
        self.body.addLayout(line)
        self.body.addWidget(self.hint)
        desk.tasks.run(desk.node.logbook.dossiers, self._learn)

    @override
    def begin(self) -> None:
        """To the title."""
        self.title.setFocus()

    def _learn(self, known: list[Dossier]) -> None:
        self._known = known

    def _look(self, said: str, answer: Answer) -> None:
        sought = fold(said)
        answer(
            [
                Suggestion(
                    text=d.title,
                    detail=_("n° {number}, {count}").format(
                        number=d.number, count=wording.entries_count(len(d.entries))
                    ),
                    value=d,
                )
                for d in self._known
                if sought in fold(d.title) or said.strip() == str(d.number)
            ][:8]
        )

    def _picked(self, said: Suggestion) -> None:
        self.title.setText(said.text)
        self._choose(said.value)

    def _typed(self, said: str) -> None:
        """The title of a dossier that exists means that one, not a second of the same name."""
        named = [d for d in self._known if fold(d.title) == fold(said.strip())]
        self._choose(named[0] if named else None)

    def _choose(self, dossier: Dossier | None) -> None:
        self._chosen = dossier
        self.gravity.setVisible(dossier is None)
        self.hint.setText(
            _("Un nouveau dossier sera ouvert.")
            if dossier is None
            else _("Les entrées rejoindront ce dossier.")
        )

    @override
    def submit(self) -> None:
        """Put the entries away."""
        node, uids, title = self.desk.node, self._uids, self.title.text().strip()
        chosen, gravity = self._chosen, int(self.gravity.currentData())
        if not title:
            self.say(_("Donnez un titre au dossier."))
            return

        def put() -> Dossier:
            if chosen is not None:
                return node.logbook.edit_dossier(chosen.uid, node.who, add=uids)
            return node.logbook.open_dossier(title, uids, gravity, node.who)

        self.carry_out(put, self._told)

    def _told(self, dossier: Dossier) -> None:
        self.desk.notices.done(
            _("Dossier {number} – {title}\u00a0: {count}.").format(
                number=dossier.number,
                title=dossier.title,
                count=wording.entries_count(len(dossier.entries)),
            )
        )


class DossierEditForm(Form):
    """« Modifier »: another title or gravity for a dossier."""

    def __init__(self, desk: Desk, dossier: Dossier) -> None:
        super().__init__(
            desk, _("Modifier le dossier {n}").format(n=dossier.number), _("Enregistrer")
        )
        self._dossier = dossier
        self.title = QLineEdit(dossier.title)
        self.title.setAccessibleName(_("Titre du dossier"))
        self.title.returnPressed.connect(self.submit)
        self.gravity = gravity_choice(dossier.gravity)
        line = QHBoxLayout()
        line.addWidget(self.title, 1)
        line.addWidget(self.gravity)
        self.body.addLayout(line)

    @override
    def begin(self) -> None:
        """To the title."""
        self.title.setFocus()
        self.title.selectAll()

    @override
    def submit(self) -> None:
        """Write the change."""
        node, uid, title = self.desk.node, self._dossier.uid, self.title.text().strip()
        gravity = int(self.gravity.currentData())
        if not title:
            self.say(_("Donnez un titre au dossier."))
            return
        self.carry_out(
            lambda: node.logbook.edit_dossier(uid, node.who, title=title, gravity=gravity)
        )


def gravity_choice(level: int) -> QComboBox:
    """The five degrees, one of them chosen."""
    choice = QComboBox()
    choice.setAccessibleName(_("Gravité du dossier"))
    for degree, word in enumerate(GRAVITY_WORDS):
        choice.addItem(f"{degree} {_(word)}", degree)
    choice.setCurrentIndex(level)
    return choice
