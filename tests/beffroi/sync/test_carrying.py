"""Attachments go up and come down whole, whatever the network does, and never wait in clear."""

from hashlib import sha256

import pytest

from beffroi.sync import carrying
from beffroi.sync.status import Fetched
from beffroi.sync.trouble import HubUnreachable
from tests.beffroi.sync.conftest import NewDesk
from tests.beffroi.sync.fake_hub import Asked, Cut, FakeHub, Say
from tests.beffroi.sync.kit import Desk
from tests.means import until

DATA = b"%PDF-1.4 " + bytes(range(256)) * 60


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carrying, "PIECE", 1000)


def with_attachment(desk: Desk) -> str:
    ref = desk.node.attachments.add_bytes("plan.pdf", DATA, desk.who)
    desk.publish("Avec le plan", attachments=(ref,))
    return ref.sha256


def test_an_attachment_reaches_the_others(hub: FakeHub, new_desk: NewDesk) -> None:
    claire, marc = new_desk("claire"), new_desk("marc")
    sha = with_attachment(claire)
    claire.once()
    marc.once()
    assert marc.node.attachments.open_bytes(sha) == DATA
    assert marc.node.attachments.describe(sha).media_type == "application/pdf"
    assert [m.sha256 for m in marc.heard(Fetched)] == [sha]


def test_what_no_entry_names_stays_here(hub: FakeHub, new_desk: NewDesk) -> None:
    desk = new_desk("claire")
    desk.node.attachments.add_bytes("brouillon.pdf", DATA, desk.who)
    desk.once()
    assert hub.blobs == {}


def test_an_upload_goes_on_where_it_was_cut(hub: FakeHub, new_desk: NewDesk) -> None:
    desk = new_desk("claire")
    sha = with_attachment(desk)
    seen = []

    def cut(asked: Asked) -> None:
        if asked.method == "PATCH":
            seen.append(asked)
            if len(seen) % 5 == 0:
                raise Cut

    hub.fault = cut
    for _ in range(6):
        try:
            desk.once()
        except HubUnreachable:
            continue
        break
    assert bytes(hub.blobs[sha]) == DATA
    assert len(seen) == len(DATA) // 1000 + 1 + 3
    seen.clear()
    desk.once()
    assert seen == []


def test_an_offset_that_is_not_the_hubs_is_asked_again(hub: FakeHub, new_desk: NewDesk) -> None:
    desk = new_desk("claire")
    sha = with_attachment(desk)
    hub.blobs[sha] = bytearray(DATA[:2_500])
    desk.once()
    assert bytes(hub.blobs[sha]) == DATA


def test_a_damaged_attachment_is_never_kept(hub: FakeHub, new_desk: NewDesk) -> None:
    claire, marc = new_desk("claire"), new_desk("marc")
    sha = with_attachment(claire)
    claire.once()
    hub.blobs[sha][5] ^= 1
    marc.once()
    assert not marc.node.attachments.holds(sha)
    assert "abîmée" in marc.heard(Fetched)[0].sentence
    hub.blobs[sha][5] ^= 1
    marc.once()
    assert marc.node.attachments.open_bytes(sha) == DATA


def test_a_program_does_not_come_in_through_the_hub(hub: FakeHub, new_desk: NewDesk) -> None:
    claire, marc = new_desk("claire"), new_desk("marc")
    sha = with_attachment(claire)
    claire.once()
    program = b"\x7fELF" + bytes(200)
    other = sha256(program).hexdigest()
    with claire.node.store.write() as connection:
        connection.execute("UPDATE entry_attachment SET sha256 = ?", (other,))
    hub.blobs[other] = bytearray(program)
    with marc.node.store.write() as connection:
        connection.execute("INSERT INTO entry_attachment (rid, sha256) VALUES (1, ?)", (other,))
    marc.once()
    assert not marc.node.attachments.holds(other)
    assert marc.node.attachments.holds(sha)


def test_one_that_the_hub_has_not_is_said_and_stops_nothing(
    hub: FakeHub, new_desk: NewDesk
) -> None:
    claire, marc = new_desk("claire"), new_desk("marc")
    with_attachment(claire)
    claire.once()
    hub.blobs.clear()
    marc.once()
    assert "demandez-la" in marc.heard(Fetched)[0].sentence
    assert marc.status.state == "online"


def test_an_attachment_that_is_refused_holds_up_no_operation(
    hub: FakeHub, new_desk: NewDesk
) -> None:
    desk = new_desk("claire")
    with_attachment(desk)

    def refuse(asked: Asked) -> None:
        if asked.method == "PATCH":
            raise Say(413, "too_big")

    hub.fault = refuse
    desk.once()
    with desk.running():
        until(lambda: desk.status.state == "online")
        desk.publish("Après")
        until(lambda: len(hub.records) == 2)
