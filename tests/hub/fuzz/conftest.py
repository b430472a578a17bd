"""A whole hub on each engine, that all messages of a module are thrown at."""

from collections.abc import Iterator

import httpx
import pytest

from hub.sync import seen
from tests.hub.cluster import Cluster
from tests.hub.conftest import TEMPLATE
from tests.hub.fuzz.target import Target
from tests.hub.real import beside

PEOPLE = (
    ("chef", {"role": "room_chief", "marking": "DR_SF", "caveats": ("MEDICAL",)}),
    ("invite", {"role": "partner", "marking": "NP"}),
    ("rssi", {"role": "security", "workspace": "*", "marking": "DR_SF"}),
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def target(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Target]:
    url = ""
    if request.param == "postgresql":
        cluster: Cluster = request.getfixturevalue("cluster")
        url = cluster.fresh(TEMPLATE)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(seen, "TOGETHER_S", 0.001)
        with (
            beside(tmp_path_factory.mktemp("cible"), *PEOPLE, database=url) as (address, world),
            httpx.Client(base_url=address, timeout=20) as http,
        ):
            yield Target(world, http)
    if url:
        cluster.drop(url)
