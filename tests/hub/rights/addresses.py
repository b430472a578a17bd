"""Every address that an application answers, read from the application itself."""

from typing import Any

from fastapi.routing import iter_route_contexts
from starlette.types import ASGIApp

from beffroi.sync.wire import API

Address = tuple[str, str]
"""A method, and a path under the API; one outside it begins with `root:`."""


def addresses(app: ASGIApp) -> set[Address]:
    """What `app` answers, whatever stands around it."""
    inner: Any = app
    while not hasattr(inner, "routes"):
        inner = vars(inner).get("_app") or vars(inner)["app"]
    return {
        (method, _named(route.path))
        for route in iter_route_contexts(inner.routes)
        for method in getattr(route, "methods", None) or {"?"}
    }


def _named(path: str) -> str:
    return path.removeprefix(API) if path.startswith(API) else f"root:{path}"
