"""One house for all tests of rights: it takes longer to build than to visit."""

from collections.abc import Iterator

import httpx
import pytest

from hub.live import fanout
from hub.settings import Oidc
from hub.sync import seen
from tests.hub.real import beside
from tests.hub.rights.house import House, peopled

OIDC = Oidc(issuer="https://127.0.0.1:9", client_id="beffroi", client_secret="rien")


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(fanout, "TICK_S", 0.1)
        patched.setattr(seen, "TOGETHER_S", 0.002)
        with (
            beside(tmp_path_factory.mktemp("maison"), prepare=peopled, oidc=OIDC) as (
                address,
                world,
            ),
            httpx.Client(base_url=address.removesuffix("/api/v1"), timeout=20) as http,
        ):
            made = House(address, world, http)
            made.fill()
            yield made
