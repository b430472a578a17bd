"""A hub that comes back from a backup gets back from the stations what it had lost."""

import pytest

from beffroi.sync.trouble import HubUnreachable
from tests.beffroi.sync.conftest import NewDesk
from tests.beffroi.sync.fake_hub import FakeHub
from tests.beffroi.sync.kit import Desk


@pytest.fixture
def before(hub: FakeHub, new_desk: NewDesk) -> tuple[Desk, Desk]:
    """Two desks, three entries; the backup was made after the first."""
    claire, marc = new_desk("claire"), new_desk("marc")
    claire.publish("Dans la sauvegarde")
    claire.once()
    marc.once()
    claire.publish("Perdu, de Claire")
    marc.publish("Perdu, de Marc")
    for desk in (claire, marc, claire):
        desk.once()
    assert len(hub.records) == 3
    return claire, marc


def test_a_hub_whose_positions_went_back_is_told_again(
    hub: FakeHub, before: tuple[Desk, Desk]
) -> None:
    claire, marc = before
    hub.restore(1)
    for desk in (claire, marc):
        with pytest.raises(HubUnreachable, match="restauré"):
            desk.once()
        desk.once()
    claire.once()
    assert len(hub.records) == 3
    assert claire.tables() == marc.tables()
    assert claire.node.journal.waiting() == marc.node.journal.waiting() == 0


def test_a_restored_hub_that_has_gone_on_since_is_believed_when_it_says_so(
    hub: FakeHub, before: tuple[Desk, Desk], new_desk: NewDesk
) -> None:
    claire, marc = before
    hub.restore(1)
    hub.restored = "b7c1:1"
    other = new_desk("marc")
    for n in range(6):
        other.publish(f"Après la restauration {n}")
    other.once()
    for desk in (claire, marc, claire, other):
        desk.once()
    assert claire.tables() == marc.tables() == other.tables()
    assert len(claire.texts()) == 9
    sent = len(hub.records)
    claire.once()
    assert len(hub.records) == sent
