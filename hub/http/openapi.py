"""Describes routes that speak msgspec structs, so that the hub's OpenAPI says all of them.

`add_api_route(path, work, **described(body=Push, reply=PushReply))`; `complete(app)` then gathers
the structs into the document's components.
"""

from typing import Any

import msgspec
from fastapi import FastAPI

from beffroi.sync import wire

_STRUCTS = "x-structs"
_REF = "#/components/schemas/{name}"
_REFUSALS = {
    400: "Malformed",
    401: "No session",
    403: "The role does not allow it",
    404: "Not here for the caller",
    409: "Does not follow what is here",
    413: "Too big",
    422: "Not acceptable",
    429: "Too often",
    503: "Busy: come back",
    507: "Disk full",
}


def query(name: str, about: str, *, required: bool = True, **schema: Any) -> dict[str, Any]:
    """A parameter after the `?`; `schema` is JSON Schema (a string without)."""
    return {
        "name": name,
        "in": "query",
        "required": required,
        "description": about,
        "schema": schema or {"type": "string"},
    }


def header(name: str, about: str, *, required: bool = True, **schema: Any) -> dict[str, Any]:
    """A header of the request."""
    return {**query(name, about, required=required, **schema), "in": "header"}


def described(
    *,
    body: Any = None,
    reply: Any = None,
    status: int = 200,
    media: str = "application/json",
    parameters: tuple[dict[str, Any], ...] = (),
    tags: tuple[str, ...] = ("sync",),
) -> dict[str, Any]:
    """What `add_api_route` wants to know: structs that come in and go out, other parameters.

    `media` is the reply's type; without `reply` and with another media type it is bytes.
    """
    structs = [kind for kind in (body, reply) if kind is not None]
    schemas, components = msgspec.json.schema_components(
        [*structs, wire.Trouble], ref_template=_REF
    )
    trouble = {"application/json": {"schema": schemas[-1]}}
    extra: dict[str, Any] = {_STRUCTS: components}
    if body is not None:
        content = {"application/json": {"schema": schemas[0]}}
        extra["requestBody"] = {"required": True, "content": content}
    if parameters:
        extra["parameters"] = list(parameters)
    responses: dict[int | str, dict[str, Any]] = {
        code: {"description": text, "content": trouble} for code, text in _REFUSALS.items()
    }
    responses[status] = {"description": "Done"}
    if reply is not None:
        responses[status]["content"] = {media: {"schema": schemas[len(structs) - 1]}}
    elif status == 200:
        responses[status]["content"] = {media: {"schema": {"type": "string", "format": "binary"}}}
    return {
        "response_model": None,
        "status_code": status,
        "responses": responses,
        "openapi_extra": extra,
        "tags": list(tags),
    }


def complete(app: FastAPI) -> None:
    """Let the document of `app` name every struct once, under its components."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _gathered(plain())
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _gathered(document: dict[str, Any]) -> dict[str, Any]:
    components = document.setdefault("components", {}).setdefault("schemas", {})
    for path in document.get("paths", {}).values():
        for operation in path.values():
            if isinstance(operation, dict):
                components.update(operation.pop(_STRUCTS, {}))
    return document
