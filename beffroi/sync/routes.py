"""The questions a desktop asks its hub, one function each."""

from importlib.metadata import version

import msgspec

from beffroi.sync import wire
from beffroi.sync.client import HubClient
from beffroi.sync.trouble import garbled

VERSION = version("beffroi")
MAX_HELLO = 200_000


class Hello(msgspec.Struct, frozen=True, kw_only=True):
    """What a hub says to anyone: its authority's certificate (PEM) and its version."""

    authority: str
    version: str = ""


class SignIn(msgspec.Struct, frozen=True, kw_only=True):
    """Where the person's browser goes, and with what to ask whether they are back."""

    url: str
    poll: str


class Hub(HubClient):
    """A hub, as a desktop sees it.  Every question raises as `HubClient.ask` does."""

    async def hello(self) -> Hello:
        """Who the hub says it is."""
        return await self.ask("GET", "/hello", Hello)

    async def enrol(self, request: wire.Enrol) -> wire.Enrolled:
        """Make this station known."""
        return await self.ask("POST", "/enrol", wire.Enrolled, request)

    async def log_in(self, account: str, secret: str) -> wire.SessionReply:
        """Open a session and use it from now on."""
        login = wire.Login(account=account, secret=secret, version=VERSION)
        return self._entered(await self.ask("POST", "/session", wire.SessionReply, login))

    async def begin_sign_in(self) -> SignIn:
        """Begin to get in by the identity provider."""
        return await self.ask("POST", "/session/oidc/start", SignIn)

    async def signed_in(self, begun: SignIn) -> wire.SessionReply | None:
        """The session once the person is back from the provider, None before."""
        question = wire.encode({"poll": begun.poll, "version": VERSION})
        body = await self.fetch("POST", "/session/oidc/poll", content=question)
        if not body:
            return None
        try:
            return self._entered(wire.decoder(wire.SessionReply).decode(body))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise garbled() from error

    async def refresh(self) -> wire.SessionReply:
        """The session as it stands: rights may have changed."""
        return self._entered(await self.ask("GET", "/session", wire.SessionReply))

    def _entered(self, session: wire.SessionReply) -> wire.SessionReply:
        self.token = session.token
        return session

    async def log_out(self) -> None:
        """End the session."""
        await self.fetch("DELETE", "/session")
        self.token = ""

    async def register_key(self, workspace: str, public: str) -> None:
        """Make the key known with which this station signs in `workspace`."""
        key = wire.SigningKey(workspace=workspace, public=public)
        await self.fetch("POST", f"/workspaces/{workspace}/keys", content=wire.encode(key))

    async def push(self, ops: list[wire.Op]) -> list[wire.Outcome]:
        """Hand over operations; what became of each."""
        reply = await self.ask("POST", "/sync/push", wire.PushReply, wire.Push(ops=ops))
        return reply.outcomes

    async def pull(self, question: wire.Pull) -> wire.PullReply:
        """A page of what others did."""
        return await self.ask("POST", "/sync/pull", wire.PullReply, question)

    async def state(self, bucket: str, after: str, limit: int) -> wire.StatePage:
        """Some of a bucket's things as they stand."""
        return await self.ask(
            "GET", "/sync/state", wire.StatePage, None, bucket=bucket, after=after, limit=limit
        )

    async def seen(self, workspace: str, entities: list[str], post: str = "") -> None:
        """Say that the person, at `post`, has read these entries."""
        message = {"workspace": workspace, "entities": entities, "post": post}
        await self.fetch("POST", "/sync/seen", content=wire.encode(message))

    async def presence(self, workspace: str, desk: wire.Presence) -> None:
        """Say what the person is at."""
        await self.fetch(
            "POST", "/sync/presence", params={"workspace": workspace}, content=wire.encode(desk)
        )
