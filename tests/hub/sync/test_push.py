"""Push keeps operations, tells what became of each, and is bounded."""

from beffroi.sync import wire
from tests.hub.sync.kit import ListedLedger, client, op


async def test_what_is_pushed_is_kept_once(address: str, ledger: ListedLedger) -> None:
    body = wire.encode(wire.Push(ops=[op(1), op(2)]))
    async with client(address, "m.durand") as http:
        first = wire.decoder(wire.PushReply).decode(
            (await http.post("/sync/push", content=body)).content
        )
        again = wire.decoder(wire.PushReply).decode(
            (await http.post("/sync/push", content=body)).content
        )
    assert [(o.status, o.seq) for o in first.outcomes] == [("kept", 1), ("kept", 2)]
    assert [(o.status, o.seq) for o in again.outcomes] == [("known", 1), ("known", 2)]
    assert len(ledger.kept) == 2


async def test_a_payload_goes_through_byte_for_byte(address: str, ledger: ListedLedger) -> None:
    body = wire.encode(wire.Push(ops=[op(1)])).replace(b'{"text":', b'{ "text" :  ')
    async with client(address, "m.durand") as http:
        await http.post("/sync/push", content=body)
    kept = ledger.kept[0].op
    assert kept is not None
    assert bytes(kept.payload).startswith(b'{ "text" :  ')


async def test_too_many_operations_are_refused(address: str, ledger: ListedLedger) -> None:
    body = wire.encode(wire.Push(ops=[op(n) for n in range(wire.MAX_PUSH_OPS + 1)]))
    async with client(address, "m.durand") as http:
        answer = await http.post("/sync/push", content=body)
    assert answer.status_code == 413
    assert ledger.kept == []


async def test_a_body_without_end_is_cut_at_the_limit(address: str) -> None:
    async def endless() -> object:
        for _ in range(100):
            yield b" " * 100_000

    async with client(address, "m.durand") as http:
        answer = await http.post("/sync/push", content=endless())
    assert answer.status_code == 413
