"""Scenario 5.C seen from the window of station 4: the SDIS officer whose cable is pulled.

A real hub, a real window over a joined profile with its own sync process, a second desk on the LAN
of the hub; the officer types, reads, and never does anything about the network.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from beffroi.clock import to_datetime
from beffroi.logbook.entry import Content, Entry
from beffroi.sync.opening import open_joined
from beffroi.sync.wire import WorkspaceInfo
from desktop import logbook
from desktop.kit.theme import Theme
from desktop.logbook.list_panel import ListPanel
from desktop.logbook.number_jump import NumberJump
from desktop.shell.assembly import Assembly
from desktop.shell.bandeau import Bandeau
from desktop.shell.radio import RadioPage
from desktop.sync.install import install
from tests.desktop.conftest import sweep
from tests.faults.proxy import Proxy
from tests.faults.station import Station
from tests.faults.world import HubProcess, Person, found, joined
from tests.scenarios.conftest import Hands, capture

SPACE = WorkspaceInfo(workspace="pref-17", title="COD de Charente-Maritime", journal="MC", prefix="MC-17")  # fmt: skip
SDIS = Person(account="s.sdis", post="OL-SDIS", role="liaison", organisation="SDIS 17")
ENEDIS = Person(account="e.enedis", post="OL-Enedis", role="liaison", organisation="Enedis")
SOON_MS = 2_000
RETURN_MS = 20_000
HALF_AN_HOUR_MS = 30 * 60_000


@dataclass(slots=True)
class Cod:
    """What the officer has before her, the cable behind it, and the colleague elsewhere."""

    hands: Hands
    cable: Proxy
    other: Station

    @property
    def bandeau(self) -> str:
        """The link as the bandeau says it, whole."""
        return self.hands.find(Bandeau).link.accessibleName()

    @property
    def rows(self) -> list[str]:
        """The list as a screen reader reads it."""
        model = self.hands.find(ListPanel).model
        role = Qt.ItemDataRole.AccessibleTextRole
        said = (model.index(row, 0).data(role) for row in range(model.rowCount()))
        return [str(row) for row in said if row]

    def row(self, text: str) -> str:
        """The row that says `text`, nothing while there is none."""
        return next((row for row in self.rows if text in row), "")

    def label(self, entry: Entry) -> str:
        """The number that an entry bears now."""
        return self.hands.node.logbook.entry(entry.uid).label


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    with HubProcess(tmp_path / "hub") as process:
        yield process


@pytest.fixture
def cod(tmp_path: Path, hub: HubProcess, theme: Theme, qtbot: QtBot) -> Iterator[Cod]:
    begun = found(hub, SPACE, [SDIS, ENEDIS], 2)
    hub.start()
    secrets = begun.secrets
    with Proxy(("127.0.0.1", hub.port)) as cable:
        here = joined(
            tmp_path / "station-4", begun.codes[0].replace(f":{hub.port}#", f":{cable.port}#"),
            "poste-4", SDIS.account, secrets[SDIS.account], SPACE.workspace,
        )  # fmt: skip
        there = joined(
            tmp_path / "station-2", begun.codes[1], "poste-2",
            ENEDIS.account, secrets[ENEDIS.account], SPACE.workspace,
        )  # fmt: skip
        other = Station(there, ENEDIS.account, secrets[ENEDIS.account])
        other.follow()
        other.until_state("online")
        opened = open_joined(here, SDIS.account, secrets[SDIS.account], post=SDIS.post)
        link = opened.node.hub
        assert link is not None
        built = Assembly(opened.node, theme, hub=link.url, last_contact=link.last_contact)
        built.window.resize(1366, 768)
        built.window.show()
        qtbot.waitExposed(built.window)
        built.window.activateWindow()
        built.install([logbook.install])
        sync = install(built.desk, opened.start, built.desk.shared)
        yield Cod(Hands(built, qtbot), cable, other)
        sync.stop()
        built.close()
        opened.node.close()
        other.close()
        sweep()


def test_an_officer_works_on_through_a_cut_and_is_caught_up_without_a_question(cod: Cod) -> None:
    hands, other = cod.hands, cod.other
    hands.until(lambda: "EN LIGNE" in cod.bandeau, RETURN_MS)

    # Before the cut: what the other writes is there at once, what she writes gets its number.
    other.say("Passage au niveau 1 du COD")
    hands.until(lambda: bool(cod.row("Passage au niveau 1 du COD")), SOON_MS)
    before = capture(hands, "Toiture du gymnase effondrée g3")
    hands.until(lambda: "~" not in cod.label(before), RETURN_MS)

    # The cable is pulled: the bandeau says since when and how much waits; she types on.
    cod.cable.cut()
    hands.until(lambda: "HORS LIGNE depuis" in cod.bandeau, RETURN_MS)
    offline = [capture(hands, f"Intervention SDIS {n}") for n in ("Royan", "Saujon", "Marennes")]
    hands.until(lambda: cod.bandeau.endswith("– 3 éléments en attente"))
    since = to_datetime(hands.desk.link.status.since, ZoneInfo(hands.node.info.zone))
    assert f"HORS LIGNE depuis {since:%Hh%M} –" in cod.bandeau
    assert all(re.fullmatch(r"MC-17-\d{6}~S\d+", entry.label) for entry in offline)
    assert all("gardée ici, pas encore au centre" in cod.row(e.content.text) for e in offline)
    _what_waits_can_be_read_over_the_radio(cod, offline)

    # Meanwhile, on the LAN, a colleague enters what she noted on paper half an hour ago.
    late = other.node.logbook.publish(
        Content(text="1500 foyers coupés"), other.who,
        entered_time=other.node.clock.now() - HALF_AN_HOUR_MS,
    )  # fmt: skip
    other.poke()
    other.until_nothing_waits()
    assert not cod.row("1500 foyers coupés")

    # The cable is mended, and nobody touches anything.
    cod.cable.mend()
    hands.until(lambda: "EN LIGNE" in cod.bandeau and "attente" not in cod.bandeau, RETURN_MS)
    hands.until(lambda: all("~" not in cod.label(entry) for entry in offline))
    hands.until(lambda: all("au centre" in cod.row(e.content.text) for e in offline))
    hands.until(lambda: "reçu en différé" in cod.row("1500 foyers coupés"))
    assert "nouveauté" in cod.row("1500 foyers coupés")
    _the_news_are_counted_and_called_read(cod)
    _the_spoken_number_finds_its_entry(cod, offline[1])
    _both_desks_hold_the_same(cod, {before.uid, late.uid, *(entry.uid for entry in offline)})


def _what_waits_can_be_read_over_the_radio(cod: Cod, waiting: list[Entry]) -> None:
    hands = cod.hands
    hands.command("radio.message")
    hands.until(lambda: _page_says(hands, waiting))
    page = hands.find(RadioPage)
    hands.write(page, "\x1b")
    hands.until(lambda: not page.isVisible())


def _page_says(hands: Hands, waiting: list[Entry]) -> bool:
    pages = [page for page in hands.assembly.window.findChildren(RadioPage) if page.isVisible()]
    spoken = "\n".join(label.text() for page in pages for label in page.findChildren(QLabel))
    return all(entry.label in spoken for entry in waiting)


def _the_news_are_counted_and_called_read(cod: Cod) -> None:
    strip = cod.hands.find(ListPanel).strip
    cod.hands.until(lambda: "depuis" in strip.only.text())
    assert strip.isVisible()
    strip.read.click()
    cod.hands.until(lambda: "nouveauté" not in cod.row("1500 foyers coupés"))


def _the_spoken_number_finds_its_entry(cod: Cod, spoken: Entry) -> None:
    """`spoken` still bears the number that it had during the cut."""
    hands = cod.hands
    assert "~" in spoken.label
    hands.command("logbook.number")
    hands.write(hands.find(NumberJump).field, spoken.label + "\n")
    hands.until(lambda: hands.desk.shared.selection == (spoken.uid,))


def _both_desks_hold_the_same(cod: Cod, known: set[str]) -> None:
    """Nothing lost, nothing there twice, the same numbers on both sides."""
    cod.hands.until(lambda: known <= {entry.uid for entry in cod.other.entries()})
    there = cod.other.entries()
    assert len(there) == len(known) + 1
    assert [entry.number for entry in there] == list(range(1, len(there) + 1))
    assert all(cod.label(entry) == entry.label for entry in there)
