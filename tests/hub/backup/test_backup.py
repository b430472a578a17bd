"""A backup restored elsewhere is the same hub, on both engines; a changed byte is refused."""

import io
import re
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.clock import Clock
from beffroi.errors import BeffroiError
from beffroi.sync.wire import WorkspaceInfo
from hub import backup
from hub.attachments.blobs import open_blobs
from hub.backup import files
from hub.backup.sealed import PIECE, SealedReader, SealedWriter
from hub.db import Database, open_embedded, open_postgres, restored
from hub.keys import Keys
from hub.people import People
from hub.settings import Settings
from hub.starting import first
from hub.trail import Trail
from hub.trail.proof import verify
from tests.conftest import CHEAP
from tests.hub.cluster import Cluster

PHRASE = "une phrase de sauvegarde"
CLOCK = Clock()
PHOTO = b"\xff\xd8 une photo " * 200_000


@pytest.fixture(params=["postgresql", "sqlite"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""
    return Settings(data=tmp_path / "hub", database=url)


async def opened(settings: Settings, keys: Keys) -> Database:
    if settings.database:
        return await open_postgres(settings.database)
    return await open_embedded(settings.database_file, keys.store_key)


@pytest.fixture
async def made(settings: Settings, tmp_path: Path) -> Path:
    """A backup of a hub with accounts, a workspace, a session and an attachment."""
    settings.data.mkdir()
    keys = Keys.made(settings.keys_folder, CLOCK)
    database = await opened(settings, keys)
    people = People(database, CLOCK, cost=CHEAP)
    await first.welcome(database, people, Trail(database, CLOCK, keys.seal))
    await people.workspaces.add(
        WorkspaceInfo(workspace="jop-2024", title="Paris", prefix="MC-2024")
    )
    await people.sessions.open("admin", "device-1")
    blobs = open_blobs(settings.blobs_place, keys.blob_key)
    blobs.put_part("up", 0, PHOTO)
    assert blobs.finish("up", digest(PHOTO))
    path = tmp_path / "hub.sauvegarde"
    await backup.make(path, PHRASE, settings, keys, database, CLOCK, cost=CHEAP)
    await database.close()
    return path


def digest(content: bytes) -> str:
    from hashlib import sha256

    return sha256(content).hexdigest()


def looked_at(path: Path) -> tuple[bytes, int]:
    return path.read_bytes(), path.stat().st_mode


def has_tables(url: str) -> bool:
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT to_regclass('account')").fetchone()
    return found is not None and found[0] is not None


def elsewhere(settings: Settings, folder: Path, cluster: Cluster) -> Settings:
    url = cluster.fresh("template0") if settings.database else ""
    return replace(settings, data=folder / "elsewhere", database=url)


async def test_a_restored_hub_is_the_same_hub(
    made: Path, settings: Settings, tmp_path: Path, cluster: Cluster
) -> None:
    there = elsewhere(settings, tmp_path, cluster)
    await backup.restore(made, PHRASE, there, CLOCK)
    before, after = Keys(settings.keys_folder, CLOCK), Keys(there.keys_folder, CLOCK)
    assert (after.authority_print, after.blob_key) == (before.authority_print, before.blob_key)
    database = await opened(there, after)
    people = People(database, CLOCK)
    assert [account.name for account in await people.accounts.all()] == ["admin", "rssi"]
    assert [info.workspace for info in await people.workspaces.all()] == ["jop-2024"]
    assert await people.sessions.living() == []
    assert re.fullmatch(r"[0-9a-f]{16}:0", await restored.said(database))
    assert all(verdict.whole for verdict in await verify(database, after.seal, None))
    blobs = open_blobs(there.blobs_place, after.blob_key)
    assert b"".join(blobs.read(digest(PHOTO), 0, len(PHOTO))) == PHOTO
    await database.close()


async def test_a_code_that_served_since_the_backup_does_not_serve_again(
    made: Path, settings: Settings, tmp_path: Path, cluster: Cluster
) -> None:
    there = elsewhere(settings, tmp_path, cluster)
    await backup.restore(made, PHRASE, there, CLOCK)
    database = await opened(there, Keys(there.keys_folder, CLOCK))
    invitations = await People(database, CLOCK).devices.invitations()
    await database.close()
    assert invitations
    assert all(each.expires <= CLOCK.now() for each in invitations if not each.used_at)


async def test_a_backup_tells_nothing_without_its_passphrase(
    made: Path, settings: Settings, tmp_path: Path, cluster: Cluster
) -> None:
    content, mode = looked_at(made)
    for plain in (b"jop-2024", b"PRIVATE KEY", b"SQLite format", b"une photo", b"PGDMP"):
        assert plain not in content
    assert mode & 0o077 == 0
    there = elsewhere(settings, tmp_path, cluster)
    with pytest.raises(BeffroiError, match="mot de passe"):
        await backup.restore(made, "une autre phrase", there, CLOCK)
    assert not there.keys_folder.exists()


async def test_a_damaged_backup_leaves_nothing_behind(
    made: Path, settings: Settings, tmp_path: Path, cluster: Cluster
) -> None:
    content, _mode = looked_at(made)
    there = elsewhere(settings, tmp_path, cluster)
    damaged = tmp_path / "damaged"
    for flawed in (content[:-1], content[: len(content) // 2], content + b"x",
                   content[:-50] + bytes([content[-50] ^ 1]) + content[-49:], b"", b"{}\n"):  # fmt: skip
        damaged.write_bytes(flawed)
        with pytest.raises(BeffroiError):
            await backup.restore(damaged, PHRASE, there, CLOCK)
        assert not there.keys_folder.exists()
        assert not (has_tables(there.database) if there.database else there.data.exists())


async def test_a_backup_never_replaces_a_hub_or_a_file(made: Path, settings: Settings) -> None:
    with pytest.raises(BeffroiError, match="vide"):
        await backup.restore(made, PHRASE, settings, CLOCK)
    keys = Keys(settings.keys_folder, CLOCK)
    database = await opened(settings, keys)
    with pytest.raises(BeffroiError, match="existe déjà"):
        await backup.make(made, PHRASE, settings, keys, database, CLOCK, cost=CHEAP)
    with pytest.raises(BeffroiError, match="12 caractères"):
        await backup.make(made.with_name("b"), "court", settings, keys, database, CLOCK, cost=CHEAP)
    assert [path.name for path in made.parent.glob("*b*") if path.name.endswith(".new")] == []
    await database.close()


async def test_a_backup_goes_back_to_the_engine_it_came_from(
    made: Path, settings: Settings, tmp_path: Path, cluster: Cluster
) -> None:
    url = "" if settings.database else cluster.fresh("template0")
    there = replace(settings, data=tmp_path / "elsewhere", database=url)
    with pytest.raises(BeffroiError, match="autre moteur"):
        await backup.restore(made, PHRASE, there, CLOCK)


@given(st.lists(st.tuples(st.text(min_size=1, max_size=20), st.lists(st.binary(max_size=200), max_size=4)), max_size=4),
       st.sampled_from([0, 1, PIECE - 1, PIECE, PIECE + 1]))  # fmt: skip
def test_contents_always_come_back_as_they_went(
    contents: list[tuple[str, list[bytes]]], size: int
) -> None:
    file = io.BytesIO()
    writer = SealedWriter(file, PHRASE, CHEAP)
    every = [*contents, ("big", [b"x" * size])]
    for name, pieces in every:
        files.put(writer, name, pieces)
    files.finish(writer)
    file.seek(0)
    found = [(name, files.whole(parts)) for name, parts in files.each(SealedReader(file, PHRASE))]
    assert found == [(name, b"".join(pieces)) for name, pieces in every]


def read_all(content: bytes) -> None:
    for _name, parts in files.each(SealedReader(io.BytesIO(content), PHRASE)):
        files.whole(parts)


@given(st.data())
def test_no_byte_of_a_sealed_file_can_be_changed(data: st.DataObject) -> None:
    file = io.BytesIO()
    writer = SealedWriter(file, PHRASE, CHEAP)
    files.put(writer, "a", [b"secret" * 100])
    files.finish(writer)
    content = bytearray(file.getvalue())
    where = data.draw(st.integers(0, len(content) - 1))
    content[where] ^= data.draw(st.integers(1, 255))
    with pytest.raises(BeffroiError):
        read_all(bytes(content))
