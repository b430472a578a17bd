from PySide6.QtWidgets import QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from beffroi.journal import Identity
from beffroi.node import Node
from desktop.api import Desk
from desktop.logbook.dossier_form import DossierEditForm
from desktop.logbook.dossier_panel import DossierPanel
from desktop.logbook.figure_forms import ArbitrateForm, FigureForm
from desktop.logbook.filter_popover import FilterPopover
from desktop.logbook.list_panel import ListPanel
from desktop.logbook.views import ViewPopover
from tests.conftest import HeldClock
from tests.desktop.logbook.conftest import MINUTE, Write, texts


def said(panel: DossierPanel) -> str:
    return "\n".join(label.text() for label in panel.findChildren(QLabel) if not label.isHidden())


def test_contradictory_figures_stay_side_by_side_until_someone_arbitrates(
    dossiers: DossierPanel,
    write: Write,
    node: Node,
    other: Identity,
    clock: HeldClock,
    qtbot: QtBot,
) -> None:
    entry = write("Alarme")
    dossier = node.logbook.open_dossier("Sabotages", [entry.uid], 3, other)
    for value, source in (("4", "SNCF"), ("3", "ministère"), ("5", "presse")):
        node.logbook.record_figure(
            dossier.uid, "sites touchés", value, "sites", source, clock.now(), other
        )
    dossiers.open(dossier.uid)
    qtbot.waitUntil(lambda: "valeurs contradictoires" in said(dossiers))
    words = said(dossiers)
    assert all(part in words for part in ("4 sites", "3 sites", "5 sites", "SNCF", "presse"))
    next(b for b in dossiers.findChildren(QPushButton) if b.text() == "Arbitrer").click()
    form = dossiers.form
    assert isinstance(form, ArbitrateForm)
    form.kept.setText("4 sites dégradés + 1 tentative déjouée")
    form.submit()
    qtbot.waitUntil(form.trouble.isVisible)
    form.reason.setText("tentative de Vergigny comptée à part")
    form.submit()
    qtbot.waitUntil(lambda: "4 sites dégradés + 1 tentative déjouée" in said(dossiers))
    qtbot.waitUntil(lambda: "valeurs contradictoires" not in said(dossiers))
    assert "3 sites" in said(dossiers)


def test_a_figure_is_recorded_with_its_hour(
    dossiers: DossierPanel,
    write: Write,
    node: Node,
    other: Identity,
    clock: HeldClock,
    qtbot: QtBot,
) -> None:
    dossier = node.logbook.open_dossier("Sabotages", [write("Alarme").uid], 3, other)
    dossiers.open(dossier.uid)
    qtbot.waitUntil(lambda: dossiers.shown is not None)
    dossiers.add_figure()
    form = dossiers.form
    assert isinstance(form, FigureForm)
    form.indicator.setText("sites touchés")
    form.value.setText("4")
    form.source.setText("SNCF")
    form.as_of.setText("jamais")
    form.submit()
    assert not form.trouble.isHidden()
    form.as_of.setText("06h45")
    form.submit()
    qtbot.waitUntil(lambda: bool(node.logbook.figures(dossier.uid)))
    figure = node.logbook.figures(dossier.uid)[0].figures[0]
    assert (figure.value, figure.source) == ("4", "SNCF")
    assert clock.now() - figure.as_of == 195 * MINUTE + 1000
    qtbot.waitUntil(lambda: "06:45" in said(dossiers))


def test_a_dossier_filters_the_list(
    dossiers: DossierPanel,
    panel: ListPanel,
    write: Write,
    node: Node,
    other: Identity,
    qtbot: QtBot,
) -> None:
    inside = write("Dedans")
    write("Dehors")
    dossier = node.logbook.open_dossier("Cas", [inside.uid], 1, other)
    dossiers.open(dossier.uid)
    qtbot.waitUntil(lambda: dossiers.shown is not None)
    button = next(b for b in dossiers.findChildren(QPushButton) if "Filtrer" in b.text())
    button.click()
    qtbot.waitUntil(lambda: texts(panel) == ["Dedans"])


def test_a_search_is_kept_and_comes_back_by_its_key(
    panel: ListPanel, write: Write, desk: Desk, qtbot: QtBot
) -> None:
    write("Grave", gravity=4)
    write("Léger")
    popover = panel.search.findChild(ViewPopover)
    assert popover is not None
    panel.search.set_text("gravité>=3")
    popover.name.setText("Graves")
    popover.name.returnPressed.emit()
    qtbot.waitUntil(lambda: desk.commands.can_run("logbook.view1"))
    assert not desk.commands.can_run("logbook.view2")
    panel.search.set_text("")
    qtbot.waitUntil(lambda: len(texts(panel)) == 2)
    desk.commands.run("logbook.view1")
    qtbot.waitUntil(lambda: texts(panel) == ["Grave"])


def test_filters_write_the_search_for_those_who_do_not_know_it(
    panel: ListPanel, write: Write, qtbot: QtBot
) -> None:
    write("Grave", gravity=4, key_event=True)
    write("Léger", gravity=1)
    popover = panel.search.findChild(FilterPopover)
    assert popover is not None
    panel.search.filters.click()
    buttons = {b.text(): b for b in popover.findChildren(QPushButton)}
    buttons["≥ 3 Grave"].click()
    buttons["★ Faits marquants"].click()
    qtbot.waitUntil(lambda: texts(panel) == ["Grave"])
    assert panel.search.field.text() == "gravité>=3 fait:marquant"
    popover.tags.topLevelItem(0).setCheckState(
        0, popover.tags.topLevelItem(1).checkState(0).Checked
    )
    qtbot.waitUntil(lambda: "étiquette:SEC" in panel.search.field.text())
    buttons["Tout effacer"].click()
    popover.hide()
    qtbot.waitUntil(lambda: len(texts(panel)) == 2)


def test_a_dossier_changes_its_title_and_state(
    dossiers: DossierPanel, write: Write, node: Node, other: Identity, qtbot: QtBot
) -> None:
    dossier = node.logbook.open_dossier("Cas", [write("Alarme").uid], 1, other)
    dossiers.open(dossier.uid)
    qtbot.waitUntil(lambda: dossiers.shown is not None)
    next(b for b in dossiers.findChildren(QPushButton) if b.text() == "Modifier").click()
    form = dossiers.form
    assert isinstance(form, DossierEditForm)
    form.title.setText("Sabotages")
    form.gravity.setCurrentIndex(3)
    form.submit()
    qtbot.waitUntil(lambda: "1 – Sabotages" in said(dossiers))
    assert node.logbook.dossier(dossier.uid).gravity == 3
    dossiers.back()
    assert dossiers.stack.currentWidget() is dossiers.list
    assert dossiers.list.count() == 1


def test_a_right_click_offers_the_acts(panel: ListPanel, write: Write, qtbot: QtBot) -> None:
    write("Une")
    qtbot.waitUntil(lambda: texts(panel) == ["Une"])
    panel.into_list()
    panel.view.customContextMenuRequested.emit(panel.view.row_point(1))
    menu = panel.findChild(QMenu)
    assert menu is not None
    assert any(action.text().startswith("Qualifier") for action in menu.actions())
    menu.close()
