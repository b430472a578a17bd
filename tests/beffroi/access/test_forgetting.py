"""A right that ended leaves nothing on the disk, not even for whoever has the key."""

from pathlib import Path

from beffroi.access import Keyring
from beffroi.logbook.entry import Content
from beffroi.logbook.query import parse
from beffroi.logbook.wiping import wipe
from beffroi.node import open_node
from beffroi.profile import KEYRING_FILE, STORE_FILE
from beffroi.sync.wire import Outcome
from tests.beffroi.access.joined import UNLOCK, make
from tests.beffroi.store.pages import decrypted
from tests.conftest import SECRET, START, HeldClock


def test_what_was_forgotten_cannot_be_found_in_free_pages(tmp_path: Path, clock: HeldClock) -> None:
    folder = make(tmp_path / "joint")
    key = Keyring(folder / KEYRING_FILE, clock).unlock_hub(UNLOCK)
    node = open_node(folder, "c.marchand", SECRET, clock=clock)
    for n in range(40):
        caveats = ("MEDICAL",) if n % 2 else ()
        words = f"Hypothermie{n} quai Malaquais" if n % 2 else f"Bouchon{n} porte Maillot"
        node.logbook.publish(Content(text=words, caveats=caveats, place=words), node.who)
    node.journal.acknowledge(
        [
            Outcome(op_id=op.op_id, status="kept", seq=n, number=n, at=START)
            for n, op in enumerate(node.journal.outbox(), 1)
        ]
    )
    node.close()
    before = decrypted(folder / STORE_FILE, key)
    assert b"Hypothermie7 quai" in before
    assert b"Bouchon6 porte" in before
    node = open_node(folder, "c.marchand", SECRET, clock=clock)
    node.journal.purge("jop-2024/DR/MEDICAL")
    wipe(node.store)
    assert [e.content.text for e in node.search.first(parse("Bouchon6", now=START))] == [
        "Bouchon6 porte Maillot"
    ]
    assert node.journal.verify() is None
    node.close()
    after = decrypted(folder / STORE_FILE, key)
    assert b"Bouchon6 porte" in after
    assert b"hypothermie" not in after.lower()
    assert b"malaquais" not in after.lower()
