"""A desk of the security officer, after a morning of the room chief."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from beffroi.access import Account
from beffroi.logbook.content import Content
from beffroi.node import Node, open_node
from beffroi.profile import ProfileInfo, create_profile
from desktop.api import Desk
from desktop.audit import install
from desktop.audit.panel import AuditPanel
from tests.conftest import CHEAP, SECRET, HeldClock

READS = 450


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory, info: ProfileInfo) -> Path:
    """A profile with an officer of security and a room chief, both opened by SECRET."""
    folder = tmp_path_factory.mktemp("profils-rssi") / "neuf"
    officer = Account(
        name="rssi", display="RSSI du centre", organisation="CNCS", posts=("RSSI",), role="security"
    )
    marchand = Account(
        name="c.marchand", display="Claire Marchand", organisation="CNCS", posts=("Chef de salle",)
    )
    accounts = [(officer, SECRET), (marchand, SECRET)]
    create_profile(folder, info, accounts, HeldClock(), cost=CHEAP)
    morning(folder)
    return folder


def morning(folder: Path) -> None:
    """One entry, read many times, exported once."""
    clock = HeldClock()
    node = open_node(folder, "c.marchand", SECRET, clock=clock)
    clock.forward(60)
    entry = node.logbook.publish(Content(text="Train arrêté en pleine voie"), node.who)
    for _time in range(READS):
        clock.forward(1)
        node.audit.note(node.who, "read", entry.uid)
    clock.forward(60)
    node.audit.record(node.who, "export", "journal.csv", count=1, marking="DR")
    node.close()


@pytest.fixture
def clock() -> HeldClock:
    held = HeldClock()
    held.forward(3600)
    return held


@pytest.fixture
def node(profile_dir: Path, clock: HeldClock) -> Iterator[Node]:
    """The profile, open for the officer of security."""
    opened = open_node(profile_dir, "rssi", SECRET, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def panel(desk: Desk, qtbot) -> AuditPanel:
    """The dock, its first page read."""
    install(desk)
    qtbot.waitUntil(lambda: "audit" in desk.docks.ids())
    found = desk.docks.widget("audit")
    assert isinstance(found, AuditPanel)
    qtbot.waitUntil(lambda: bool(found.model.traces))
    return found
