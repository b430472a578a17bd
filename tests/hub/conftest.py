"""Both engines for real: every test of the hub that takes `database` runs on each."""

import inspect
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from hub.db import Database, migrate
from hub.db.embedded import EmbeddedDatabase
from hub.db.postgres import PostgresDatabase
from tests.hub.cluster import Cluster

KEY = bytes(range(32))
TEMPLATE = "beffroi_template"


@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makeitem(collector: pytest.Collector, name: str, obj: object) -> None:
    """Coroutines are tests here without a mark."""
    if name.startswith("test_") and inspect.iscoroutinefunction(obj):
        pytest.mark.anyio(obj)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL for this session, with a template whose schema is up to date."""
    made = Cluster(on_disk=False)
    made.command(f"CREATE DATABASE {TEMPLATE}")
    migrate.upgrade_postgres(made.url(TEMPLATE))
    yield made
    made.remove()


@pytest.fixture
def postgres_url(cluster: Cluster) -> Iterator[str]:
    """A database of its own for one test."""
    url = cluster.fresh(TEMPLATE)
    yield url
    cluster.drop(url)


@pytest.fixture(scope="session")
def embedded_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hub-template") / "hub.db"
    migrate.upgrade_embedded(path, KEY)
    return path


@pytest.fixture
def embedded_path(tmp_path: Path, embedded_template: Path) -> Path:
    """A file of its own for one test, opened with `KEY`."""
    folder = tmp_path / "hub"
    folder.mkdir()
    return Path(shutil.copyfile(embedded_template, folder / "hub.db"))


@pytest.fixture
async def postgres(postgres_url: str) -> AsyncIterator[PostgresDatabase]:
    opened = await PostgresDatabase.connect(postgres_url)
    yield opened
    await opened.close()


@pytest.fixture
async def embedded(embedded_path: Path) -> AsyncIterator[EmbeddedDatabase]:
    opened = await EmbeddedDatabase.connect(embedded_path, KEY)
    yield opened
    await opened.close()


@pytest.fixture(params=["postgresql", "sqlite"])
def database(request: pytest.FixtureRequest) -> Database:
    """The hub's database, empty, on each engine."""
    name = "postgres" if request.param == "postgresql" else "embedded"
    opened: Database = request.getfixturevalue(name)
    return opened
