"""The addresses of the sync surface."""

from typing import Protocol

from fastapi import APIRouter

from beffroi.clock import Clock
from beffroi.sync import wire
from hub.http.admission import Admission
from hub.http.openapi import described, query
from hub.live.fanout import Fanout
from hub.ports import Committer, Ledger, People, Trail
from hub.sync.packed import Pages
from hub.sync.presence import Attending
from hub.sync.pull import Pulling
from hub.sync.push import Pushing
from hub.sync.quarantine import Looking, Quarantine, Quarantined
from hub.sync.seen import Seeing, SeenBy, SeenStore
from hub.sync.state import Standing


class SyncParts(Protocol):
    """The parts of the hub that the sync surface needs."""

    @property
    def clock(self) -> Clock:
        """The hub’s clock."""
        ...

    @property
    def people(self) -> People:
        """Who asks."""
        ...

    @property
    def ledger(self) -> Ledger:
        """What is kept."""
        ...

    @property
    def committer(self) -> Committer:
        """The way in."""
        ...

    @property
    def trail(self) -> Trail:
        """Where reading is written down."""
        ...

    @property
    def fanout(self) -> Fanout:
        """The live streams."""
        ...

    @property
    def admission(self) -> Admission:
        """The queue before heavy work."""
        ...

    @property
    def pages(self) -> Pages:
        """Pages made before."""
        ...

    @property
    def quarantine(self) -> Quarantine:
        """What was refused."""
        ...

    @property
    def seen(self) -> SeenStore:
        """Who has read what."""
        ...


WORKSPACE = query("workspace", "Which workspace", maxLength=64, type="string")


def router(hub: SyncParts) -> APIRouter:
    """Push, pull, state, seen and presence."""
    routes = APIRouter(prefix="/sync")
    push = Pushing(people=hub.people, committer=hub.committer)
    pull = Pulling(
        people=hub.people,
        ledger=hub.ledger,
        admission=hub.admission,
        pages=hub.pages,
        trail=hub.trail,
    )
    state = Standing(
        people=hub.people,
        ledger=hub.ledger,
        admission=hub.admission,
        pages=hub.pages,
        trail=hub.trail,
    )
    seen = Seeing(
        people=hub.people,
        ledger=hub.ledger,
        store=hub.seen,
        fanout=hub.fanout,
        trail=hub.trail,
        clock=hub.clock,
    )
    presence = Attending(people=hub.people, ledger=hub.ledger, fanout=hub.fanout)
    post, get = ["POST"], ["GET"]
    routes.add_api_route(
        "/push", push.answer, methods=post, **described(body=wire.Push, reply=wire.PushReply)
    )
    routes.add_api_route(
        "/pull", pull.answer, methods=post, **described(body=wire.Pull, reply=wire.PullReply)
    )
    routes.add_api_route(
        "/state",
        state.answer,
        methods=get,
        **described(
            reply=wire.StatePage,
            parameters=(
                query("bucket", "Which bucket", type="string"),
                query("after", "Go on after", required=False, type="string", maxLength=200),
                query("limit", "Rows a page", required=False, type="integer", minimum=1),
            ),
        ),
    )
    look = Looking(people=hub.people, quarantine=hub.quarantine, trail=hub.trail)
    routes.add_api_route(
        "/quarantine",
        look.answer,
        methods=get,
        **described(
            reply=list[Quarantined],
            parameters=(query("workspace", "All of it", required=False, type="string"),),
        ),
    )
    routes.add_api_route("/seen", seen.answer, methods=post, **described(body=SeenBy, status=204))
    routes.add_api_route(
        "/presence",
        presence.answer,
        methods=post,
        **described(body=wire.Presence, status=204, parameters=(WORKSPACE,)),
    )
    return routes
