"""The main courante installed in a real window, and a colleague who writes in it."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from beffroi.journal import Identity
from beffroi.logbook.entry import Content, Entry
from beffroi.logbook.writing import Draft
from beffroi.node import Node
from desktop.api import Desk
from desktop.logbook import install
from desktop.logbook.dossier_panel import DossierPanel
from desktop.logbook.entry_panel import EntryPanel
from desktop.logbook.followup_panel import FollowUpPanel
from desktop.logbook.list_panel import ListPanel
from desktop.shell.assembly import Assembly
from tests.conftest import HeldClock

MINUTE = 60_000
Write = Callable[..., Entry]


@pytest.fixture
def write(node: Node, other: Identity, clock: HeldClock) -> Write:
    """The colleague writes one entry; a second goes by."""

    def published(text: str, **fields: object) -> Entry:
        clock.forward(1)
        return node.logbook.publish(Content(text=text, **fields), other)  # type: ignore[arg-type]

    return published


@pytest.fixture
def many(node: Node, other: Identity, clock: HeldClock) -> Callable[[int], None]:
    """So many entries, one every ten minutes until now."""

    def filled(count: int) -> None:
        first = clock.now() - count * 10 * MINUTE
        node.logbook.publish_many(
            Draft(
                content=Content(text=f"Entrée {n} du jour"),
                who=other,
                entered_time=first + n * 10 * MINUTE,
                uid="",
            )
            for n in range(count)
        )

    return filled


@pytest.fixture
def panel(assembly: Assembly, desk: Desk, qtbot: QtBot) -> ListPanel:
    """The list, in its window, once it has searched."""
    assembly.install([install])
    assembly.window.resize(1366, 768)
    assembly.window.show()
    assembly.window.activateWindow()
    found = desk.docks.widget("logbook")  # type: ignore[attr-defined]
    assert isinstance(found, ListPanel)
    qtbot.waitUntil(lambda: found.found is not None)
    return found


@pytest.fixture
def reading(panel: ListPanel, desk: Desk) -> EntryPanel:
    found = desk.docks.widget("entry")  # type: ignore[attr-defined]
    assert isinstance(found, EntryPanel)
    return found


@pytest.fixture
def dossiers(panel: ListPanel, desk: Desk) -> DossierPanel:
    found = desk.docks.widget("dossiers")  # type: ignore[attr-defined]
    assert isinstance(found, DossierPanel)
    return found


@pytest.fixture
def followups(panel: ListPanel, desk: Desk) -> FollowUpPanel:
    found = desk.docks.widget("followups")  # type: ignore[attr-defined]
    assert isinstance(found, FollowUpPanel)
    return found


def texts(panel: ListPanel) -> list[str]:
    """The first lines of the entries in the list that are at hand, from the top."""
    rows = range(panel.model.timeline.rows)
    return [e.content.text for row in rows if (e := panel.model.entry_at(row)) is not None]
