"""Cut at any byte of a question or of an answer, dark, slow: all desks end equal, nothing is lost."""

import itertools

import pytest

from beffroi.errors import BeffroiError
from tests.beffroi.sync.conftest import NewDesk
from tests.beffroi.sync.fake_hub import FakeHub
from tests.faults.proxy import Proxy, Weather
from tests.means import until


def test_cut_at_any_byte_of_either_way_nothing_is_lost_or_doubled(
    hub: FakeHub, new_desk: NewDesk
) -> None:
    with Proxy(("localhost", hub.port)) as network:
        claire = new_desk("claire", f"https://localhost:{network.port}")
        marc = new_desk("marc")
        marc.publish("Avant")
        marc.once()
        written, cuts = 1, 0
        for budget in itertools.chain(range(300, 9_000, 331), [12_000, 20_000]):
            claire.publish(f"Coupé après {budget} octets")
            marc.publish(f"Pendant {budget}")
            marc.once()
            written += 2
            network.weather = Weather(cut_after=(budget, budget))
            try:
                claire.once()
            except BeffroiError:
                cuts += 1
        network.mend()
        claire.once()
        marc.once()
    ids = [record.op.op_id for record in hub.records if record.op]
    assert cuts > 10
    assert len(ids) == len(set(ids)) == written
    assert claire.tables() == marc.tables()
    assert len(claire.texts()) == written
    assert claire.node.journal.verify() is None


def test_a_link_that_breaks_again_and_again_is_taken_up_again_and_again(
    hub: FakeHub, new_desk: NewDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("beffroi.sync.engine.IMPATIENT_S", 0.05)
    monkeypatch.setattr("beffroi.sync.backoff.LONGEST_S", 0.1)
    with Proxy(("localhost", hub.port), seed=4) as network:
        claire = new_desk("claire", f"https://localhost:{network.port}")
        marc = new_desk("marc")
        with claire.running(), marc.running():
            until(lambda: claire.status.state == "online")
            network.weather = Weather(cut_after=(4_000, 30_000), delay_s=(0.0, 0.02))
            for n in range(25):
                claire.publish(f"Ici {n}")
                marc.publish(f"Là-bas {n}")
                if n % 5 == 0:
                    network.cut()
                    network.weather = Weather(cut_after=(4_000, 30_000))
            network.mend()
            until(lambda: len(claire.texts()) == len(marc.texts()) == 50, 20.0)
            until(lambda: claire.tables() == marc.tables(), 5.0)
    ids = [record.op.op_id for record in hub.records if record.op]
    assert len(ids) == len(set(ids)) == 50


def test_a_network_gone_dark_is_noticed_and_said(
    hub: FakeHub, new_desk: NewDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dead router closes nothing: only silence tells."""
    import httpx

    monkeypatch.setattr("beffroi.sync.live._PATIENCE", httpx.Timeout(1.0))
    with Proxy(("localhost", hub.port)) as network:
        desk = new_desk("claire", f"https://localhost:{network.port}")
        with desk.running():
            until(lambda: desk.status.state == "online")
            network.weather = Weather(dark=True)
            until(lambda: desk.status.state == "offline", 5.0)
            network.mend()
            network.cut()
            network.mend()
            until(lambda: desk.status.state == "online", 15.0)
