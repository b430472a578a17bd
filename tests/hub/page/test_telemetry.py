"""Traces of requests go to the endpoint that an administrator set, and nowhere else."""

import httpx
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

from beffroi.sync.wire import API
from hub.health.telemetry import Traced, traced


async def app(scope, receive, send) -> None:
    """Answers as the path says; knows its route as FastAPI does."""
    scope["route"] = type("Route", (), {"path": "/logbook/entries/{uid}"})
    status = 500 if "fault" in scope["path"] else 200
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def test_a_span_names_the_route_and_never_what_was_asked() -> None:
    kept = InMemorySpanExporter()
    watched = Traced(app, kept)
    above = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=watched), base_url="https://hub"
    ) as http:
        await http.get("/logbook/entries/e1?text=secret", headers={"traceparent": above})
        await http.get("/fault")
        await http.get(f"{API}/sync/live")
    watched.provider.force_flush()
    one, fault = kept.get_finished_spans()
    assert one.name == "GET /logbook/entries/{uid}"
    assert f"{one.context.trace_id:032x}" == above[3:35]
    assert dict(one.attributes) == {
        "http.request.method": "GET", "http.route": "/logbook/entries/{uid}",
        "http.response.status_code": 200,
    }  # fmt: skip
    assert "secret" not in one.to_json()
    assert fault.status.status_code is StatusCode.ERROR
    watched.provider.shutdown()


def test_without_an_endpoint_there_is_nothing_around_the_application() -> None:
    assert traced(app, {}) is app
    assert traced(app, {"OTEL_EXPORTER_OTLP_ENDPOINT": ""}) is app


def test_an_endpoint_puts_traces_around_it() -> None:
    around = traced(app, {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318"})
    assert isinstance(around, Traced)
    around.provider.shutdown()
