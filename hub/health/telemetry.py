"""OpenTelemetry traces of requests: nothing at all without an endpoint.

The endpoint comes from the administrator (`OTEL_EXPORTER_OTLP_ENDPOINT`, as everywhere); spans have
the method, the route and the status: no address, no person, no content.
"""

import os
from collections.abc import Mapping

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.propagate import extract
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter
from opentelemetry.trace import SpanKind, Status, StatusCode
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from beffroi.sync.wire import API
from hub.health.contacts import route_of
from hub.version import VERSION

ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
_ENDLESS = (f"{API}/sync/live",)
_FAULT = 500


class Traced:
    """Pure ASGI: one span a request, from its first byte to its last."""

    def __init__(self, app: ASGIApp, exporter: SpanExporter) -> None:
        self._app = app
        resource = Resource.create({"service.name": "beffroi-hub", "service.version": VERSION})
        self.provider = TracerProvider(resource=resource)
        self.provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self.provider.get_tracer("beffroi.hub")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; a live stream, which lasts for a shift, has no span."""
        if scope["type"] != "http" or scope["path"] in _ENDLESS:
            await self._app(scope, receive, send)
            return
        above = extract(_headers(scope))
        with self._tracer.start_as_current_span(
            scope["method"], context=above, kind=SpanKind.SERVER, record_exception=False
        ) as span:

            async def sent(message: Message) -> None:
                if message["type"] == "http.response.start":
                    status = int(message["status"])
                    span.update_name(f"{scope['method']} {route_of(scope)}")
                    span.set_attribute("http.request.method", scope["method"])
                    span.set_attribute("http.route", route_of(scope))
                    span.set_attribute("http.response.status_code", status)
                    if status >= _FAULT:
                        span.set_status(Status(StatusCode.ERROR))
                await send(message)

            await self._app(scope, receive, sent)


def _headers(scope: Scope) -> dict[str, str]:
    """What says of which trace a request is a part."""
    wanted = (b"traceparent", b"tracestate")
    return {
        name.decode("latin-1"): value.decode("latin-1")
        for name, value in scope["headers"]
        if name in wanted
    }


def traced(app: ASGIApp, environment: Mapping[str, str] = os.environ) -> ASGIApp:
    """`app` with traces when an endpoint is set, `app` itself otherwise."""
    if not any(environment.get(name) for name in ENDPOINTS):
        return app
    return Traced(app, OTLPSpanExporter())
