import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from beffroi.attachments import AttachmentRef
from beffroi.journal import Identity
from beffroi.logbook.entry import Content, Lifecycle, LinkKind
from beffroi.node import Node
from desktop.api import Desk
from desktop.logbook.act_forms import FollowUpForm, LinkForm, VoidForm
from desktop.logbook.attachment_strip import AttachmentStrip
from desktop.logbook.dossier_form import DossierForm
from desktop.logbook.entry_panel import EntryPanel
from desktop.logbook.followup_panel import FollowUpPanel
from desktop.logbook.image_viewer import ImageViewer
from desktop.logbook.list_panel import ListPanel
from desktop.logbook.parts import EntryRow
from tests.conftest import HeldClock
from tests.desktop.logbook.conftest import MINUTE, Write


def png() -> bytes:
    """A small image."""
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), "#557799").save(buffer, "PNG")
    return buffer.getvalue()


def said(widget: QWidget) -> str:
    """All the words a person can read in a panel."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def crosses(panel: EntryPanel, name: str) -> list[QToolButton]:
    """The small crosses of that name."""
    return [b for b in panel.findChildren(QToolButton) if b.accessibleName() == name]


@pytest.fixture
def show(panel: ListPanel, reading: EntryPanel, desk: Desk, qtbot: QtBot) -> Any:
    """Choose entries and wait until the panel shows them."""

    def shown(*uids: str) -> EntryPanel:
        desk.shared.select(uids)
        wanted = uids[0] if len(uids) == 1 else None
        qtbot.waitUntil(
            lambda: (
                reading.uids == uids
                and (reading.seen.entry.uid if reading.seen else None) == wanted
            )
        )
        return reading

    return shown


def test_an_entry_is_shown_whole(show: Any, write: Write, clock: HeldClock) -> None:
    entry = write(
        "Incendie artère de câbles\nTrafic suspendu.",
        gravity=3,
        source_grade="B",
        credibility=3,
        organisation="SNCF",
        place="Croisilles",
        event_time=clock.now() - 40 * MINUTE,
        for_action=("OL-DGGN",),
    )
    words = said(show(entry.uid))
    for part in (
        entry.label,
        "Trafic suspendu.",
        "source habituellement fiable, information peut-être vraie",
        "Marc Leroy, OL-SNCF",
        "OL-DGGN",
        "Croisilles – non localisée",
        "saisie a posteriori",
        "ven. 26 juil. 2024 10:00",
    ):
        assert part in words


def test_text_is_never_taken_for_markup(show: Any, write: Write) -> None:
    entry = write("<b>gras</b> & <img src=x>")
    assert "&lt;b&gt;gras&lt;/b&gt; &amp;" in said(show(entry.uid))


def test_a_correction_shows_the_old_words_struck_and_the_reason(
    show: Any, write: Write, node: Node, qtbot: QtBot
) -> None:
    entry = write("Feu à Vandières")
    panel = show(entry.uid)
    content = msgspec.structs.replace(entry.content, text="Feu à Pagny")
    node.logbook.correct(entry.uid, content, "précision", node.who)
    qtbot.waitUntil(lambda: "Motif\u00a0: précision" in said(panel))
    words = said(panel)
    assert "Vandières</s>" in words
    assert "v2 – Corrigée" in words
    assert "Claire Marchand" in words


def test_voiding_needs_a_reason_and_keeps_the_entry(
    show: Any, write: Write, desk: Desk, node: Node, qtbot: QtBot
) -> None:
    entry = write("Saisie en double")
    panel = show(entry.uid)
    desk.commands.run("logbook.void")
    form = panel.acts.form
    assert isinstance(form, VoidForm)
    form.submit()
    assert not form.trouble.isHidden()
    form.reason.setText("doublon de la précédente")
    form.submit()
    qtbot.waitUntil(lambda: node.logbook.entry(entry.uid).lifecycle is Lifecycle.VOID)
    qtbot.waitUntil(lambda: "line-through" in said(panel))
    assert panel.acts.form is None


def test_entries_are_linked_by_number_and_opened_from_one_another(
    show: Any, write: Write, desk: Desk, node: Node, qtbot: QtBot
) -> None:
    first, second = write("Cause"), write("Effet")
    panel = show(second.uid)
    desk.commands.run("logbook.link")
    form = panel.acts.form
    assert isinstance(form, LinkForm)
    form.kind.setCurrentIndex(form.kind.findData(LinkKind.FOLLOWS))
    form.target.setText(str(first.number))
    form.submit()
    qtbot.waitUntil(lambda: bool(node.logbook.thread(second.uid).links_out))
    qtbot.waitUntil(lambda: bool(panel.findChildren(EntryRow)))
    row = panel.findChildren(EntryRow)[0]
    assert "Suite de" in row.accessibleName()
    row.click()
    qtbot.waitUntil(lambda: panel.seen is not None and panel.seen.entry.uid == first.uid)
    qtbot.waitUntil(lambda: bool(crosses(panel, "Défaire ce lien")))
    crosses(panel, "Défaire ce lien")[0].click()
    qtbot.waitUntil(lambda: not node.logbook.thread(second.uid).links_out)
    qtbot.waitUntil(lambda: not crosses(panel, "Défaire ce lien"))


def test_a_follow_up_is_asked_taken_and_closed(
    show: Any,
    write: Write,
    desk: Desk,
    node: Node,
    clock: HeldClock,
    followups: FollowUpPanel,
    qtbot: QtBot,
) -> None:
    entry = write("Décision : surveiller")
    panel = show(entry.uid)
    desk.commands.run("logbook.followup")
    form = panel.acts.form
    assert isinstance(form, FollowUpForm)
    form.text.setText("Surveiller les points sensibles")
    form.owner.setText("OL-DGGN")
    form.submit()
    qtbot.waitUntil(lambda: "dans 30\u00a0min" in said(panel))
    clock.forward(31 * 60)
    followups.read()
    qtbot.waitUntil(lambda: "en retard de" in said(followups))
    assert followups.count.text() == "1 suite en attente, dont 1 en retard"
    for title in ("Prendre en compte", "Clore"):
        button = next(b for b in panel.findChildren(QPushButton) if b.text() == title)
        button.click()
        qtbot.waitUntil(
            lambda t=title: not any(b.text() == t for b in panel.findChildren(QPushButton))
        )
    assert node.logbook.followups(open_only=True) == []
    qtbot.waitUntil(lambda: "Aucune suite" in said(followups))


def test_several_entries_make_a_dossier(
    panel: ListPanel, show: Any, write: Write, desk: Desk, node: Node, qtbot: QtBot
) -> None:
    uids = tuple(write(f"Site {n}", gravity=n).uid for n in (1, 3))
    reading = show(*uids)
    desk.commands.run("logbook.dossier")
    form = reading.acts.form
    assert isinstance(form, DossierForm)
    form.title.setText("Sabotages réseau LGV 26/07")
    form.submit()
    qtbot.waitUntil(lambda: len(node.logbook.dossiers()) == 1)
    dossier = node.logbook.dossiers()[0]
    assert set(dossier.entries) == set(uids)
    show(uids[0])
    qtbot.waitUntil(lambda: bool(crosses(reading, "Retirer l’entrée de ce dossier")))
    crosses(reading, "Retirer l’entrée de ce dossier")[0].click()
    qtbot.waitUntil(lambda: node.logbook.dossier(dossier.uid).entries == uids[1:])


def test_a_key_event_is_marked_and_unmarked(
    show: Any, write: Write, desk: Desk, node: Node, qtbot: QtBot
) -> None:
    panel = show(write("Marquant").uid)
    for wanted in (True, False):
        desk.commands.run("logbook.star")
        qtbot.waitUntil(lambda w=wanted: panel.seen.entry.content.key_event is w)


def test_the_place_is_shown_on_the_map(show: Any, write: Write, desk: Desk, qtbot: QtBot) -> None:
    panel = show(write("Là", lon=2.35, lat=48.85, place="Paris").uid)
    button = next(b for b in panel.findChildren(QPushButton) if b.text() == "Voir sur la carte")
    with qtbot.waitSignal(desk.shared.go_to) as asked:
        button.click()
    assert asked.args[:2] == [2.35, 48.85]


def test_images_open_over_the_window_and_documents_leave_a_trace(
    show: Any,
    node: Node,
    other: Identity,
    desk: Desk,
    tmp_path: Path,
    heard: Sequence[tuple[str, str]],
    qtbot: QtBot,
) -> None:
    image = node.attachments.add_bytes("photo.png", png(), other)
    note = node.attachments.add_bytes("note.txt", "Rien à signaler.\n".encode(), other)
    link = AttachmentRef(name="article", url="https://example.org/a")
    content = Content(text="Avec pièces", attachments=(image, note, link))
    panel = show(node.logbook.publish(content, other).uid)
    strip = panel.findChild(AttachmentStrip)
    assert strip is not None
    strip.open(image)
    viewer = panel.window().findChild(ImageViewer)
    assert viewer is not None
    qtbot.waitUntil(lambda: viewer.ready)
    qtbot.keyClick(viewer, Qt.Key.Key_Plus)
    qtbot.keyClick(viewer, Qt.Key.Key_Escape)
    strip.open(link)
    qtbot.waitUntil(lambda: "https://example.org/a" in said(strip.choices))
    strip.save(note, tmp_path / "copie.txt")
    qtbot.waitUntil(lambda: any("copie.txt" in words for _level, words in heard))
    assert (tmp_path / "copie.txt").read_text() == "Rien à signaler.\n"


def test_qualifying_takes_the_dock_and_gives_it_back(
    show: Any, write: Write, desk: Desk, qtbot: QtBot
) -> None:
    panel = show(write("À qualifier").uid)
    desk.commands.run("logbook.qualify")
    assert panel.editing
    panel.editor.closed.emit()
    assert not panel.editing
    qtbot.waitUntil(lambda: "À qualifier" in said(panel))
