"""People of a real hub who write, and ask for what they may see."""

import time
from itertools import count
from typing import Any

import httpx
import msgspec

from beffroi.ids import uuid7
from beffroi.journal.operation import encode
from beffroi.journal.signing import signed_text
from beffroi.logbook import operations as kinds
from beffroi.logbook.entry import Content
from beffroi.sync import wire
from tests.hub.real import WS, Person

_tick = count()


def publish(
    person: Person, text: str = "Rupture de barrière porte 12.", *, marking: str = "DR",
    caveats: tuple[str, ...] = (), workspace: str = WS, mode: str = "real", **content: Any,
) -> wire.Op:  # fmt: skip
    """A signed publication."""
    told = Content(text=text, marking=marking, caveats=caveats, **content)
    payload = kinds.Publish(journal="MC-2024~S1", number=1, content=told)
    return signed(person, kinds.PUBLISH, "", payload, marking, caveats, workspace, mode)


def signed(
    person: Person, kind: str, entity: str, payload: Any, marking: str = "DR",
    caveats: tuple[str, ...] = (), workspace: str = WS, mode: str = "real",
) -> wire.Op:  # fmt: skip
    """A signed operation of any kind; a new entity without `entity`."""
    now = time.time_ns() // 1_000_000
    op = wire.Op(
        op_id=uuid7(now), kind=kind, entity=entity or uuid7(now), workspace=workspace,
        hlc=(now << 16) + next(_tick), made_at=now, author=person.account, post="",
        station=f"Poste {person.account}", marking=marking, audience="+".join(sorted(caveats)),
        device=person.device, payload=msgspec.Raw(encode(payload)),
    )  # fmt: skip
    return msgspec.structs.replace(op, signature=person.signer.sign(signed_text(op, mode)))


async def push(http: httpx.AsyncClient, *ops: wire.Op) -> list[wire.Outcome]:
    """Push; all must be kept."""
    outcomes: list[wire.Outcome] = []
    for start in range(0, len(ops), wire.MAX_PUSH_OPS):
        body = wire.encode(wire.Push(ops=list(ops[start : start + wire.MAX_PUSH_OPS])))
        answer = await http.post("/sync/push", content=body)
        assert answer.status_code == 200, answer.text
        outcomes += wire.decoder(wire.PushReply).decode(answer.content).outcomes
    assert {outcome.status for outcome in outcomes} == {"kept"}, outcomes[:3]
    return outcomes


async def pull(http: httpx.AsyncClient, **cursors: int) -> wire.PullReply:
    """Pull one page."""
    body = wire.encode(wire.Pull(workspace=WS, cursors=cursors, limit=2000))
    answer = await http.post("/sync/pull", content=body)
    assert answer.status_code == 200, answer.text
    return wire.decoder(wire.PullReply).decode(answer.content)
