"""People with chosen roles before the routes of a hub, without any login."""

from dataclasses import dataclass, field

import httpx
import msgspec
from fastapi import APIRouter, FastAPI
from starlette.requests import Request

from beffroi.access.rights import Grant, right
from beffroi.sync import wire
from hub.http import answers
from hub.http.openapi import complete
from hub.http.trouble import signed_out
from hub.people import Caller
from hub.people.caller import told


def caller(account: str, role: str, **more: object) -> Caller:
    """Someone who holds `role` everywhere (or in `workspace`)."""
    grant = {"workspace": "*", **more}
    rights = told([right(Grant(account=account, role=role, **grant), "CNCS")], ["jop-2024"])
    return Caller(
        account=account, display=account, organisation="CNCS", posts=("Poste",), device="d1",
        station="CNCS-04", session=f"s-{account}", expires=2**52, rights=rights,
    )  # fmt: skip


@dataclass
class Doorkeeper:
    """Knows people by their token, which is their account."""

    known: dict[str, Caller] = field(default_factory=dict)

    def let_in(self, *callers: Caller) -> None:
        self.known |= {one.account: one for one in callers}

    async def caller(self, request: Request) -> Caller:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if token not in self.known:
            raise signed_out()
        return self.known[token]


def client(*routers: APIRouter, prefix: str = wire.API) -> httpx.AsyncClient:
    """Speaks to these routes as a station does."""
    app = FastAPI()
    answers.install(app)
    for router in routers:
        app.include_router(router, prefix=prefix)
    complete(app)
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url=f"https://hub{prefix}")


def by(account: str) -> dict[str, str]:
    """The header of someone's session."""
    return {"Authorization": f"Bearer {account}"}


def trouble(response: httpx.Response) -> wire.Trouble:
    """What a refusal says."""
    return msgspec.json.decode(response.content, type=wire.Trouble)
