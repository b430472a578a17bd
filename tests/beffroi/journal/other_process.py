"""The other process of a desktop: what a hub of one's dreams takes and sends, page by page.

python other_process.py STORE KEY PAGES         (run by its path: it imports nothing from the tests)
"""

import sys
from pathlib import Path

from beffroi.changes import ChangeFeed
from beffroi.clock import Clock
from beffroi.journal import Act, Identity, Journal, Operation, Received, Signer
from beffroi.store import Store
from beffroi.sync.wire import Outcome

PAGE = 40
STOPPED = 1_721_980_800_000
WHO = Identity(account="sync", person="Synchronisation", post="", station="poste-1")


def received(seq: int, at: int) -> Received:
    """What the hub sends at position `seq`."""
    op = Operation(
        seq=0, op_id=f"other-{seq}", kind="note.say", entity="a", workspace="jop", hlc=at << 16,
        made_at=at, author="m.leroy", post="OL", station="poste-2", marking="DR", device="d-2",
        payload=b'"x"', signature="c2ln", hub_seq=seq, at=at, bucket="jop/DR",
    )  # fmt: skip
    return Received(seq=seq, bucket="jop/DR", at=at, op=op)


def main(path: Path, key: bytes, pages: int) -> None:
    """Take in `pages` pages, writing and sending what waits between them."""
    store, clock = Store(path, key), Clock(lambda: STOPPED)
    journal = Journal(store, ChangeFeed(), clock, "jop", signer=Signer("d-1", key))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    seq = 0
    for _page in range(pages):
        at = clock.now()
        sent = journal.outbox()
        outcomes = [
            Outcome(op_id=op.op_id, status="kept", seq=seq + n, at=at)
            for n, op in enumerate(sent, 1)
        ]
        journal.acknowledge(outcomes)
        seq += len(sent)
        page = [received(seq + n, at) for n in range(1, PAGE + 1)]
        seq += PAGE
        journal.receive(page, cursors={"jop/DR": seq})
        journal.commit([Act(kind="note.say", entity="a", payload="d’à côté")], WHO)
    store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), int(sys.argv[3]))
