"""The hub as a web application: every room's routes under one prefix, one way of refusing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.routing import Route
from starlette.types import ASGIApp

from beffroi.sync.wire import API
from hub.attachments import routes as attachments
from hub.core import Hub
from hub.eyes import Eyes, look
from hub.http import answers, openapi
from hub.live.stream import LiveStream
from hub.snapshots import routes as snapshots
from hub.sync import routes as sync
from hub.version import VERSION


def create_app(hub: Hub, eyes: Eyes | None = None) -> ASGIApp:
    """The application that serves `hub`; it starts and stops it with the server.

    `eyes` are those with which the monitoring looks at the same hub.
    """
    eyes = eyes or look(hub)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await hub.start()
        await eyes.clocks.start()
        try:
            yield
        finally:
            await eyes.clocks.stop()
            await hub.stop()

    app = FastAPI(
        title="Beffroi",
        version=VERSION,
        openapi_url=f"{API}/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    answers.install(app)
    app.include_router(sync.router(hub), prefix=API)
    app.router.routes.append(
        Route(f"{API}/sync/live", LiveStream(hub.fanout, hub.people, hub.trail), methods=["GET"])
    )
    app.include_router(attachments.router(hub), prefix=API)
    app.include_router(snapshots.router(hub), prefix=API)
    for router in hub.routers:
        app.include_router(router, prefix=API)
    eyes.install(app)
    openapi.complete(app)
    return eyes.around(answers.Stamped(app, hub.clock))
