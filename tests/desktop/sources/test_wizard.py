"""An officer adds a source in one window: it reads, proposes, is corrected, and makes what it shows."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent, QImage
from pytestqt.qtbot import QtBot

from beffroi.sources.addresses import Origin, recognise
from desktop.api import Desk
from desktop.kit.theme import Theme
from desktop.sources import ground
from desktop.sources.finding import Finding, Part
from desktop.sources.role_header import role_menu
from desktop.sources.wizard import Wizard
from tests.desktop.sources.conftest import SITES, FakeMaker, FakeReader

ADDRESS = "https://data.example.fr/sites.geojson"


def typed(wizard: Wizard, qtbot: QtBot, text: str = ADDRESS) -> None:
    """Somebody types an address and presses Enter."""
    wizard.open()
    wizard.origin.address.setText(text)
    with qtbot.waitSignal(wizard.inquiry.found):
        qtbot.keyClick(wizard.origin.address, Qt.Key.Key_Return)


def test_an_address_is_recognised_as_it_is_typed_and_nothing_is_asked(
    wizard: Wizard, reader: FakeReader
) -> None:
    wizard.origin.address.setText("wss://flux.example.org/positions")
    assert "WebSocket" in wizard.origin.hint.text()
    wizard.origin.address.setText(ADDRESS)
    assert "sans doute GeoJSON" in wizard.origin.hint.text()
    wizard.origin.address.setText("n’importe quoi")
    assert "vérifiez" in wizard.origin.hint.text()
    assert not wizard.origin.read.isEnabled()
    assert reader.asked == []


def test_what_was_understood_is_shown_and_everything_else_is_proposed(
    wizard: Wizard, qtbot: QtBot
) -> None:
    assert not wizard.add.isEnabled()
    typed(wizard, qtbot)
    understood = wizard.understood
    assert understood.sentence.text() == "6 objets lus, 1 laissé de côté"
    assert understood.projection.currentText() == "Lambert-93"
    assert understood.problems.sentences == ["la longitude n’est pas un nombre (ligne 9)."]
    assert understood.model.index(0, 2).data() == SITES[0][1]
    assert understood.model.role_of(1) == "id"
    fields = wizard.make_up.fields()
    assert (fields["title"], fields["family"]) == ("Sites olympiques", "organiser")
    assert (fields["refresh_s"], fields["expect_s"]) == (300, 900)
    assert "15\u00a0min" in wizard.make_up.rhythm.told.text()
    assert [one.value for one in wizard.make_up.style_.style_.classes] == [
        "ouvert",
        "fermé",
        "restreint",
    ]
    assert wizard.add.isEnabled()


def test_add_makes_exactly_what_is_shown(wizard: Wizard, maker: FakeMaker, qtbot: QtBot) -> None:
    typed(wizard, qtbot)
    wizard.make_up.description.title.setText("Sites des Jeux")
    wizard.make_up.sharing.shared.setChecked(True)
    wizard.make_up.sharing.limits.list.setCurrentIndex(0)
    with qtbot.waitSignal(wizard.made) as made:
        qtbot.mouseClick(wizard.add, Qt.MouseButton.LeftButton)
    (plan,) = maker.plans
    assert plan.origin == Origin(transport="http", address=ADDRESS, format="geojson")
    assert (plan.source["title"], plan.shared, plan.marking) == ("Sites des Jeux", True, "NP")
    assert plan.style["field"] == "état"
    assert maker.filled == [made.args[0]]
    assert not wizard.isVisible()


@pytest.fixture
def publishing(window) -> Iterator[list[bool]]:
    """The desk's own Ctrl+Enter, as the logbook declares it; what it was asked."""
    asked: list[bool] = []
    action = QAction(window)
    action.setShortcut("Ctrl+Return")
    action.setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)
    action.triggered.connect(asked.append)
    window.addAction(action)
    yield asked
    window.removeAction(action)


@pytest.mark.parametrize("place", ["address", "table"])
def test_ctrl_enter_adds_the_source_and_publishes_no_entry(
    wizard: Wizard, maker: FakeMaker, publishing: list[bool], qtbot: QtBot, place: str
) -> None:
    typed(wizard, qtbot)
    where = wizard.origin.address if place == "address" else wizard.understood.table
    with qtbot.waitSignal(wizard.made):
        qtbot.keyClick(where, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(maker.plans) == 1
    assert publishing == []


def test_what_is_still_being_read_is_not_added(
    wizard: Wizard, maker: FakeMaker, qtbot: QtBot
) -> None:
    typed(wizard, qtbot)
    other = "https://autre.example.fr/b.geojson"
    wizard.origin.address.setText(other)
    wizard.accept()
    assert not wizard.add.isEnabled()
    wizard.accept()
    qtbot.waitUntil(wizard.add.isEnabled)
    assert maker.plans == []
    with qtbot.waitSignal(wizard.made):
        wizard.accept()
    assert [plan.origin.address for plan in maker.plans] == [other]


@pytest.mark.parametrize("text_size", [100, 125])
def test_its_buttons_are_in_sight_on_a_small_screen(
    desk: Desk, window, reader: FakeReader, maker: FakeMaker, qtbot: QtBot, text_size: int
) -> None:
    desk.theme.set(text_size=text_size)
    built = Wizard(desk, reader, maker, window)
    typed(built, qtbot)
    room = built.screen().availableGeometry()
    assert built.height() < room.height()
    assert built.minimumSizeHint().height() <= 720
    assert built.minimumSizeHint().width() <= 1366
    built.close()


def test_longitude_and_latitude_taken_for_one_another_are_exchanged_in_one_choice(
    wizard: Wizard, reader: FakeReader, qtbot: QtBot
) -> None:
    typed(wizard, qtbot)
    wizard.understood.set_role("code", "lon")
    wizard.understood.set_role("nom", "lat")
    with qtbot.waitSignal(wizard.inquiry.found):
        wizard.understood.set_role("nom", "lon")
    assert reader.asked[-1][1].mapping == {"lat": "code", "lon": "nom"}


def test_a_source_is_private_unless_somebody_shares_it(wizard: Wizard, qtbot: QtBot) -> None:
    typed(wizard, qtbot)
    assert not wizard.plan().shared
    assert "chiffrée" in wizard.make_up.sharing.told.text()
    assert not wizard.make_up.sharing.limits.isVisible()


def test_a_column_plays_another_role_and_the_source_is_read_again(
    wizard: Wizard, reader: FakeReader, qtbot: QtBot
) -> None:
    typed(wizard, qtbot)
    with qtbot.waitSignal(wizard.inquiry.found):
        wizard.understood.set_role("nom", "id")
    assert reader.asked[-1][1].mapping == {"id": "nom"}
    assert wizard.understood.roles == {"id": "nom"}
    assert wizard.plan().choice.mapping == {"id": "nom"}


def test_another_projection_and_another_format_are_read_at_once(
    wizard: Wizard, reader: FakeReader, qtbot: QtBot
) -> None:
    typed(wizard, qtbot)
    with qtbot.waitSignal(wizard.inquiry.found):
        wizard.understood.projection_chosen.emit("EPSG:4326")
    assert reader.asked[-1][1].options == {"crs": "EPSG:4326"}
    with qtbot.waitSignal(wizard.inquiry.found):
        wizard.understood.format_chosen.emit("csv")
    assert reader.asked[-1][1].format == "csv"


def test_the_place_of_a_table_is_chosen_by_its_columns(
    wizard: Wizard, reader: FakeReader, qtbot: QtBot
) -> None:
    typed(wizard, qtbot)
    with qtbot.waitSignal(wizard.inquiry.found):
        wizard.understood.format_chosen.emit("csv")
    with qtbot.waitSignal(wizard.inquiry.found):
        wizard.understood.set_role("jauge", "lon")
    choice = reader.asked[-1][1]
    assert choice.options == {"lon": "jauge"}
    assert "lon" not in choice.mapping
    assert "lon" not in wizard.plan().choice.mapping


def test_the_roles_are_offered_by_the_keyboard_with_their_reason(
    wizard: Wizard, qtbot: QtBot
) -> None:
    typed(wizard, qtbot)
    table = wizard.understood.table
    table.role_asked.disconnect()
    table.setCurrentIndex(wizard.understood.model.index(0, 1))
    with qtbot.waitSignal(table.role_asked) as asked:
        qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert asked.args == [1]
    chosen: list[str] = []
    menu = role_menu(wizard, "id", chosen.append, "Une valeur par ligne.")
    said = [action.text() for action in menu.actions() if action.text()]
    assert said[0] == "Une valeur par ligne."
    assert "Longitude" in said
    next(a for a in menu.actions() if a.text() == "Titre").trigger()
    assert chosen == ["title"]
    menu.deleteLater()


def test_a_refusal_is_one_sentence_and_nothing_can_be_added(
    wizard: Wizard, reader: FakeReader, qtbot: QtBot
) -> None:
    reader.down = "Le serveur ne répond pas\u00a0: vérifiez l’adresse."
    wizard.open()
    wizard.origin.address.setText(ADDRESS)
    with qtbot.waitSignal(wizard.inquiry.refused):
        wizard.origin.go()
    assert wizard.understood.empty.hint.text() == reader.down
    assert not wizard.add.isEnabled()


def test_a_maker_that_refuses_keeps_the_window_open(
    wizard: Wizard, maker: FakeMaker, qtbot: QtBot
) -> None:
    maker.refusal = "Votre rôle ne partage pas de sources."
    typed(wizard, qtbot)
    wizard.accept()
    qtbot.waitUntil(lambda: wizard.trouble.text() == maker.refusal)
    assert wizard.isVisible()
    assert wizard.add.isEnabled()


def test_an_answer_that_comes_too_late_is_not_shown(
    wizard: Wizard, reader: FakeReader, qtbot: QtBot
) -> None:
    wizard.open()
    shown: list[Finding] = []
    wizard.inquiry.found.connect(shown.append)
    wizard.inquiry.ask(recognise(ADDRESS), "")
    wizard.inquiry.ask(recognise("https://autre.example.fr/b.csv"), "")
    qtbot.waitUntil(lambda: len(reader.asked) == 2 and len(shown) == 1)
    wizard.inquiry.ask(recognise(ADDRESS), "")
    wizard.begin()
    with qtbot.waitSignal(wizard.inquiry.found):
        wizard.inquiry.ask(recognise(ADDRESS), "")
    assert len(shown) == 2


@pytest.mark.parametrize("count", [2, 13])
def test_the_layers_of_a_service_are_ticked_and_added_together(
    wizard: Wizard, reader: FakeReader, maker: FakeMaker, qtbot: QtBot, count: int
) -> None:
    reader.layers = tuple(
        Part(id=f"c{n}", title=f"Couche {n}", options={"layer": f"c{n}"}) for n in range(count)
    )
    typed(wizard, qtbot)
    parts = wizard.parts
    assert parts.isVisible()
    assert parts.search.isVisible() is (count > 8)
    with qtbot.waitSignal(wizard.inquiry.found):
        parts.list.setCurrentRow(1)
    assert reader.asked[-1][1].options == {"layer": "c1"}
    parts.list.item(1).setCheckState(Qt.CheckState.Checked)
    assert wizard.add.text() == "Ajouter 2 calques"
    with qtbot.waitSignal(wizard.made):
        wizard.accept()
    assert [part.id for part in maker.plans[0].parts] == ["c0", "c1"]


def test_several_files_come_one_after_the_other_and_a_shapefile_is_one(
    wizard: Wizard, reader: FakeReader, qtbot: QtBot, tmp_path: Path
) -> None:
    names = ("a.geojson", "b.shp", "b.dbf", "b.shx", "b.prj", "c.csv")
    paths = [tmp_path / name for name in names]
    for path in paths:
        path.write_bytes(b"x")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    with qtbot.waitSignal(wizard.inquiry.found):
        wizard.dropEvent(
            QDropEvent(
                QPointF(5, 5),
                Qt.DropAction.CopyAction,
                data,
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
            )
        )
    assert "2" in wizard.queue.text()
    with qtbot.waitSignal(wizard.inquiry.found):
        qtbot.mouseClick(wizard.skip, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(wizard.inquiry.found):
        wizard.accept()
    assert [Path(origin.address).name for origin, _choice in reader.asked] == [
        "a.geojson",
        "b.shp",
        "c.csv",
    ]


def test_a_pasted_table_is_read_at_once(wizard: Wizard, reader: FakeReader, qtbot: QtBot) -> None:
    with qtbot.waitSignal(wizard.inquiry.found):
        wizard.paste("nom\tlat\tlon\nGymnase\t48,85\t2,35")
    assert reader.asked[0][0].transport == "paste"
    assert wizard.make_up.rhythm.fields()["refresh_s"] == 0
    assert not wizard.make_up.rhythm.refresh.isEnabled()


def test_what_the_officer_wrote_is_not_proposed_over(wizard: Wizard, qtbot: QtBot) -> None:
    typed(wizard, qtbot)
    title = wizard.make_up.description.title
    title.selectAll()
    qtbot.keyClicks(title, "Mes sites")
    with qtbot.waitSignal(wizard.inquiry.found):
        wizard.understood.format_chosen.emit("csv")
    assert title.text() == "Mes sites"


def test_the_style_follows_the_field_and_its_legend_says_it_in_words(
    wizard: Wizard, qtbot: QtBot
) -> None:
    typed(wizard, qtbot)
    choice = wizard.make_up.style_
    choice.mode.setCurrentIndex(choice.mode.findData("graduated"))
    choice.field.setCurrentIndex(choice.field.findData("jauge"))
    choice.mode.activated.emit(choice.mode.currentIndex())
    assert choice.style_.mode == "graduated"
    assert choice.style_.field == "jauge"
    assert len(choice.style_.classes) > 1
    assert choice.legend.flow.count() >= 2


def test_the_small_map_draws_land_and_sea_without_a_web_page(theme: Theme) -> None:
    ink = ground.Ink(
        sea=theme.color("sunken"), land=theme.color("panel"),
        coast=theme.color("control"), border=theme.color("border"),
    )  # fmt: skip
    size = QSize(300, 240)
    view = ground.fitted((-5.2, 41.3, 9.7, 51.2), size)
    image: QImage = ground.draw(view, size, ink)
    assert image.pixelColor(view.at(2.6, 46.9).toPoint()).name() in (
        theme.hex("panel"), theme.hex("border"),
    )  # fmt: skip
    assert image.pixelColor(view.at(-4.5, 44.5).toPoint()).name() == theme.hex("sunken")


def test_the_small_map_is_settled_on_the_records(wizard: Wizard, qtbot: QtBot) -> None:
    typed(wizard, qtbot)
    assert "6 objets placés" in wizard.understood.map.accessibleName()
    qtbot.waitUntil(lambda: wizard.understood.map.settled)
