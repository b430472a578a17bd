"""The small forms under an entry: void it, link it, ask for something to be done."""

from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit
from typing_extensions import override

from beffroi.errors import BeffroiError
from beffroi.logbook.entry import LINK_WORDS, Entry, LinkKind
from beffroi.text import _
from desktop.api import Desk
from desktop.kit.pieces import words
from desktop.logbook.due import UNREAD, DueChoice
from desktop.logbook.forms import Form
from desktop.logbook.writing.lookups import Lookups
from desktop.logbook.writing.typeahead import Suggestion, TypeAheadLine


class VoidForm(Form):
    """« Annuler »: the entry stays visible, greyed, with the reason."""

    def __init__(self, desk: Desk, entry: Entry) -> None:
        title = _("Annuler l’entrée {label}").format(label=entry.label)
        super().__init__(desk, title, _("Annuler l’entrée"), kind="danger")
        self._entry = entry
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("Motif (obligatoire)"))
        self.reason.setAccessibleName(_("Motif de l’annulation"))
        self.reason.returnPressed.connect(self.submit)
        hint = words(
            _("L’entrée garde son numéro et reste visible, barrée ; rien n’est effacé."),
            role="small",
            ink="muted",
        )
        self.body.addWidget(hint)
        self.body.addWidget(self.reason)

    @override
    def begin(self) -> None:
        """To the reason."""
        self.reason.setFocus()

    @override
    def submit(self) -> None:
        """Void, if there is a reason."""
        node, uid, reason = self.desk.node, self._entry.uid, self.reason.text().strip()
        if not reason:
            self.say(_("Écrivez pourquoi cette entrée n’aurait pas dû être publiée."))
            return
        self.carry_out(lambda: node.logbook.void(uid, reason, node.who))


class LinkForm(Form):
    """« Lier »: how this entry bears on another one, found by its number or its words."""

    def __init__(self, desk: Desk, entry: Entry, lookups: Lookups) -> None:
        title = _("Lier l’entrée {label} à une autre").format(label=entry.label)
        super().__init__(desk, title, _("Lier"))
        self._entry = entry
        self._target = ""
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("Nature du lien"))
        for kind in LinkKind:
            self.kind.addItem(_(LINK_WORDS[kind]), kind)
        self.target = TypeAheadLine(desk.theme, lookups.entries, self)
        self.target.setPlaceholderText(_("Numéro ou mots de l’autre entrée"))
        self.target.setAccessibleName(_("L’autre entrée"))
        self.target.picked.connect(self._picked)
        self.target.entered.connect(lambda _words: self.submit())
        self.target.textEdited.connect(lambda _words: self._forget())
        line = QHBoxLayout()
        line.addWidget(self.kind)
        line.addWidget(self.target, 1)
        self.body.addLayout(line)
        self.setTabOrder(self.kind, self.target)

    @override
    def begin(self) -> None:
        """To the other entry."""
        self.target.setFocus()

    def _picked(self, said: Suggestion) -> None:
        self._target = str(said.value)
        self.target.setText(said.text)
        self.target.setCursorPosition(0)

    def _forget(self) -> None:
        self._target = ""

    @override
    def submit(self) -> None:
        """Link to the entry chosen, or to the one whose number was typed."""
        node, source, said = self.desk.node, self._entry.uid, self.target.text().strip()
        kind, target = LinkKind(self.kind.currentData()), self._target
        if not target and not said:
            self.say(_("Choisissez l’autre entrée : son numéro, ou quelques-uns de ses mots."))
            return

        def link() -> None:
            other = target or _numbered(node.logbook.by_number(said), said)
            node.logbook.link(source, kind, other, node.who)

        self.carry_out(link)


def _numbered(entry: Entry | None, said: str) -> str:
    if entry is None:
        raise BeffroiError(
            _("Aucune entrée ne porte le numéro « {said} » : cherchez-la par ses mots.").format(
                said=said
            )
        )
    return entry.uid


class FollowUpForm(Form):
    """« Suite à donner »: what, by which post, by when."""

    def __init__(self, desk: Desk, entry: Entry, lookups: Lookups) -> None:
        title = _("Suite à donner à l’entrée {label}").format(label=entry.label)
        super().__init__(desk, title, _("Ouvrir la suite"))
        self._entry = entry
        self.text = QLineEdit()
        self.text.setPlaceholderText(_("Ce qu’il faut faire"))
        self.text.setAccessibleName(_("Ce qu’il faut faire"))
        self.owner = TypeAheadLine(desk.theme, lookups.posts, self, on_focus=True, free=True)
        self.owner.setPlaceholderText(_("Poste chargé"))
        self.owner.setAccessibleName(_("Poste qui s’en charge"))
        self.owner.picked.connect(lambda said: self.owner.setText(said.text))
        self.owner.entered.connect(lambda _words: self.submit())
        self.text.returnPressed.connect(self.owner.setFocus)
        self.due = DueChoice(desk.node.clock.now, ZoneInfo(desk.node.info.zone))
        self.due.entered.connect(self.submit)
        line = QHBoxLayout()
        line.addWidget(self.owner, 1)
        line.addWidget(self.due, 1)
        self.body.addWidget(self.text)
        self.body.addLayout(line)
        self.body.addWidget(self.due.said)
        self.setTabOrder(self.text, self.owner)
        self.setTabOrder(self.owner, self.due.box)

    @override
    def begin(self) -> None:
        """To what must be done."""
        self.text.setFocus()

    @override
    def submit(self) -> None:
        """Open the follow-up."""
        node, entry = self.desk.node, self._entry.uid
        text, owner = self.text.text().strip(), self.owner.text().strip()
        if not text or not owner:
            self.say(_("Dites ce qu’il faut faire, et quel poste s’en charge."))
            (self.owner if text else self.text).setFocus()
            return
        if not self.due.understood:
            self.say(_(UNREAD))
            self.due.setFocus()
            return
        due = self.due.due
        self.carry_out(lambda: node.logbook.open_followup(entry, owner, due, text, node.who))
