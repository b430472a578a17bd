"""Whatever is sent to any address of the hub's own description, it never breaks."""

from collections.abc import Iterator

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings

from tests.hub.real import World, beside

EXAMPLES = 8
PEOPLE = (
    ("chef", {"role": "room_chief", "marking": "DR_SF", "caveats": ("MEDICAL",)}),
    (
        "admin",
        {"role": "functional_admin", "workspace": "*"},
        {"role": "technical_admin", "workspace": "*"},
    ),
    ("rssi", {"role": "security", "workspace": "*"}),
)
ENDS = {("DELETE", "/api/v1/session"), ("GET", "/api/v1/sync/live")}
"""What would end the session of the one who asks, or never ends."""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, World]]:
    with beside(tmp_path_factory.mktemp("fuzz"), *PEOPLE) as (address, world):
        yield address, world


def sent(http: httpx.Client, case: schemathesis.Case, headers: dict[str, str]) -> httpx.Response:
    """The answer to what was made up."""
    told = case.as_transport_kwargs(base_url=str(http.base_url))
    odd = {
        name: value.encode("latin-1", "replace") if isinstance(value, str) else value
        for name, value in told["headers"].items()
    }
    body = told.get("data")
    return http.request(
        told["method"],
        told["url"],
        params=told.get("params"),
        headers={**odd, **headers},
        json=told.get("json"),
        content=body if isinstance(body, bytes | str) else None,
    )


@pytest.mark.parametrize("account", ["chef", "admin", "rssi"])
def test_no_request_breaks_the_hub(running: tuple[str, World], account: str) -> None:
    address, world = running
    headers = world.people[account].headers
    document = httpx.get(f"{address}/openapi.json", headers=headers).json()
    schema = schemathesis.openapi.from_dict(document)
    asked = 0
    with httpx.Client(base_url=address.removesuffix("/api/v1"), timeout=20) as http:
        for found in schema.get_all_operations():
            operation = found.ok()
            if (operation.method.upper(), operation.path) in ENDS:
                continue
            asked += 1

            @settings(
                max_examples=EXAMPLES,
                deadline=None,
                database=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(case=operation.as_strategy())
            def send(case: schemathesis.Case) -> None:
                answer = sent(http, case, headers)
                assert answer.status_code < 500, (case.method, case.formatted_path, answer.text)
                if answer.status_code >= 400 and case.method != "HEAD":
                    assert set(answer.json()) <= {"code", "sentence", "retry_after"}

            send()
        assert http.get("/api/v1/session", headers=headers).status_code == 200, (
            "it went on to the end"
        )
    assert asked > 15


def test_the_description_names_every_address_of_sync(running: tuple[str, World]) -> None:
    address, world = running
    document = httpx.get(f"{address}/openapi.json", headers=world.people["chef"].headers).json()
    for path in ("push", "pull", "state", "seen", "presence"):
        assert f"/api/v1/sync/{path}" in document["paths"]
    assert {"Push", "PullReply", "StatePage", "Trouble"} <= set(document["components"]["schemas"])
