"""The schema comes up on both engines, once, whoever starts first."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import geoalchemy2  # noqa: F401 - teaches SQLAlchemy the type of geom
import pytest
import sqlalchemy as sa
import sqlcipher3.dbapi2 as driver
from sqlalchemy.pool import NullPool

from beffroi.errors import BeffroiError
from beffroi.store import StoreError, open_connection
from hub.db import Database, Unavailable, migrate, open_embedded, open_postgres, tables
from hub.db.embedded import EmbeddedDatabase
from tests.hub.cluster import Cluster
from tests.hub.conftest import KEY
from tests.means import free_port


@pytest.fixture
def empty_url(cluster: Cluster) -> Iterator[str]:
    url = cluster.fresh()
    yield url
    cluster.drop(url)


def _engine(where: str | Path) -> sa.Engine:
    if isinstance(where, Path):
        return sa.create_engine(
            "sqlite://", module=driver, creator=lambda: open_connection(where, KEY),
            poolclass=NullPool,
        )  # fmt: skip
    return sa.create_engine(where.replace("postgresql:", "postgresql+psycopg:"), poolclass=NullPool)


def _upgrade(where: str | Path) -> None:
    if isinstance(where, Path):
        migrate.upgrade_embedded(where, KEY)
    else:
        migrate.upgrade_postgres(where)


@pytest.fixture(params=["postgresql", "sqlite"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str | Path:
    """An empty place on each engine."""
    if request.param == "sqlite":
        return tmp_path / "hub.db"
    url: str = request.getfixturevalue("empty_url")
    return url


def test_every_table_comes_up_with_its_columns_and_indexes(where: str | Path) -> None:
    _upgrade(where)
    found = sa.inspect(_engine(where))
    for metadata in tables.METADATA:
        for table in metadata.sorted_tables:
            names = {column["name"] for column in found.get_columns(table.name)}
            assert {column.name for column in table.columns} <= names
            indexes = {index["name"] for index in found.get_indexes(table.name)}
            assert {index.name for index in table.indexes} <= indexes


def test_coming_up_twice_changes_nothing(where: str | Path) -> None:
    _upgrade(where)
    _upgrade(where)
    with _engine(where).connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM ledger_head")) == 1


def test_what_a_later_hub_wrote_is_left_alone(where: str | Path) -> None:
    _upgrade(where)
    with _engine(where).connect() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
        connection.commit()
    with pytest.raises(BeffroiError, match="plus récente"):
        _upgrade(where)


async def test_replicas_that_start_together_make_it_once(empty_url: str) -> None:
    opened = await asyncio.gather(*(open_postgres(empty_url) for _n in range(3)))
    assert await opened[0].ask("SELECT count(*) FROM ledger_head") == [(1,)]
    for database in opened:
        await database.close()


async def test_nobody_at_the_address_is_said_to_a_person() -> None:
    with pytest.raises(Unavailable, match=r"ne s’ouvre pas .*refused.*vérifiez --database"):
        await open_postgres(f"postgresql://personne@127.0.0.1:{free_port()}/rien")


async def test_a_wrong_key_opens_nothing(embedded_path: Path) -> None:
    with pytest.raises(StoreError):
        await open_embedded(embedded_path, bytes(32))


async def test_the_file_tells_nothing(embedded: EmbeddedDatabase, embedded_path: Path) -> None:
    async with embedded.write() as session:
        await session.run("INSERT INTO series VALUES ('secret-defense', 'b', 1)")
    await embedded.close()
    content = await asyncio.to_thread(embedded_path.read_bytes)
    assert b"secret-defense" not in content
    assert not content.startswith(b"SQLite format 3")


async def test_a_closed_database_says_so(database: Database) -> None:
    await database.close()
    await database.close()

    async def read() -> None:
        async with database.read():
            pass

    asks: tuple[Callable[[], object], ...] = (read, lambda: database.ask("SELECT 1"))
    for ask in asks:
        with pytest.raises(Unavailable):
            await ask()  # type: ignore[misc]
