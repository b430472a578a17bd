"""The hub that is fuzzed, and what must be true of it whatever came."""

from dataclasses import dataclass, field

import httpx
import msgspec

from beffroi.sync import wire
from tests.hub.real import WS, Person, World


@dataclass
class Target:
    """A hub, the way to it, and what it said that it kept."""

    world: World
    http: httpx.Client
    kept: set[str] = field(default_factory=set)

    def person(self, account: str = "chef") -> Person:
        return self.world.people[account]

    def send(
        self, method: str, path: str, body: bytes | None, account: str = "chef",
        headers: dict[str, str] | None = None, **params: str,
    ) -> httpx.Response:  # fmt: skip
        """The answer; never a failure, never a word more than a refusal has."""
        answer = self.http.request(
            method, path, content=body, params=params,
            headers={**self.person(account).headers, **(headers or {})},
        )  # fmt: skip
        assert answer.status_code < 500, (method, path, body[:300] if body else b"", answer.text)
        if answer.status_code >= 400 and method != "HEAD":
            assert set(answer.json()) <= {"code", "sentence", "retry_after"}, answer.text
            assert "Traceback" not in answer.text
        return answer

    def push(self, *ops: wire.Op) -> list[wire.Outcome]:
        """Push what is well formed."""
        answer = self.send("POST", "/sync/push", wire.encode(wire.Push(ops=list(ops))))
        return self.pushed(answer)

    def pushed(self, answer: httpx.Response) -> list[wire.Outcome]:
        """Take note of what was kept."""
        if answer.status_code != 200:
            return []
        outcomes = wire.decoder(wire.PushReply).decode(answer.content).outcomes
        for outcome in outcomes:
            if outcome.status == "refused":
                assert outcome.why in wire.REFUSALS
            else:
                self.kept.add(outcome.op_id)
        return outcomes

    def stands(self) -> None:
        """It holds what it said it kept and nothing else, whole, and can show all of it."""
        world = self.world

        async def look() -> tuple[set[str], object]:
            async with world.hub.database.read() as session:
                rows = await session.rows("SELECT op_id FROM operation")
            await world.hub.projector.catch_up()
            return {str(row[0]) for row in rows}, await world.hub.ledger.verify()

        there, broken = world.run(look())
        assert there == self.kept
        assert broken is None
        self._shows()

    def _shows(self) -> None:
        page = wire.decoder(wire.PullReply).decode(
            self.send(
                "POST", "/sync/pull", wire.encode(wire.Pull(workspace=WS, cursors={}))
            ).content
        )
        for bucket in page.buckets:
            after = ""
            while True:
                told = self.send("GET", "/sync/state", None, bucket=bucket, after=after)
                state = wire.decoder(wire.StatePage).decode(told.content)
                after = state.next
                if not after:
                    break
        cursors = dict.fromkeys(page.buckets, 0)
        body = wire.encode(wire.Pull(workspace=WS, cursors=cursors, limit=2000))
        reply = wire.decoder(wire.PullReply).decode(self.send("POST", "/sync/pull", body).content)
        assert self.kept <= {record.op.op_id for record in reply.records if record.op} or reply.more
        shown = self.send("GET", "/logbook/entries", None, workspace=WS, limit="500")
        assert shown.status_code == 200
        msgspec.json.decode(shown.content)
