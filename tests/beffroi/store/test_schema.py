"""The schema grows by migrations, forward only, and refuses what it does not know."""

from pathlib import Path

import pytest

from beffroi.errors import BeffroiError
from beffroi.journal import Identity
from beffroi.logbook.entry import Content
from beffroi.node import Node
from beffroi.store import Store, migrate, open_connection

KEY = bytes(32)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "s.db", KEY)


def test_an_empty_file_is_brought_to_the_newest_version(store: Store) -> None:
    with store.read() as connection:
        assert migrate.current(connection) == migrate.HEAD
    store.close()


def test_the_newest_version_is_the_last_migration() -> None:
    from beffroi.store.alembic_run import known_revisions

    assert max(known_revisions()) == migrate.HEAD


def test_opening_again_changes_nothing(store: Store, tmp_path: Path) -> None:
    def schema(opened: Store) -> object:
        with opened.read() as connection:
            return connection.execute(
                "SELECT sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%' ORDER BY name"
            ).fetchall()

    before = schema(store)
    store.close()
    again = Store(tmp_path / "s.db", KEY)
    assert schema(again) == before
    again.close()


def test_a_store_of_a_later_version_is_refused_and_untouched(store: Store, tmp_path: Path) -> None:
    with store.write() as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    with pytest.raises(BeffroiError, match="mettez le poste à jour"):
        Store(tmp_path / "s.db", KEY)
    connection = open_connection(tmp_path / "s.db", KEY)
    assert migrate.current(connection) == "9999"
    connection.close()


def test_a_store_without_a_version_is_refused(store: Store, tmp_path: Path) -> None:
    with store.write() as connection:
        connection.execute("DROP TABLE alembic_version")
    store.close()
    with pytest.raises(BeffroiError, match="restaurez"):
        Store(tmp_path / "s.db", KEY)


def test_a_migration_that_fails_leaves_the_file_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def torn(self: object) -> None:
        raise RuntimeError("torn")

    monkeypatch.setattr("alembic.op.create_index", torn)
    with pytest.raises((RuntimeError, TypeError)):
        Store(tmp_path / "s.db", KEY)
    monkeypatch.undo()
    store = Store(tmp_path / "s.db", KEY)
    with store.read() as connection:
        assert migrate.current(connection) == migrate.HEAD
    store.close()


def test_times_fit_in_their_columns_for_every_reader(store: Store) -> None:
    """OGR reads INTEGER as 32 bits: only row ids, which it reads as 64, are declared so."""
    with store.read() as connection:
        tables = [
            row[0]
            for row in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%BIGINT%'"
            )
        ]
        assert len(tables) > 10
        for table in tables:
            for _n, name, kind, _null, _default, key in connection.execute(
                f"PRAGMA table_info({table})"
            ):
                if name in {"at", "due", "hlc", "made_at", "as_of", "changed_at", "opened_at"} or (
                    name.endswith("_time")
                ):
                    assert kind == "BIGINT", f"{table}.{name}"
                if name in {"rid", "seq"} and key and table in {"entry", "operation", "audit"}:
                    assert kind == "INTEGER", f"{table}.{name}"
    store.close()


def test_row_ids_are_the_rowids_that_the_indexes_share(node: Node, who: Identity) -> None:
    entry = node.logbook.publish(Content(text="Bobigny", lon=2.44, lat=48.9), who)
    with node.store.read() as connection:
        assert connection.execute("SELECT rowid, rid FROM entry").fetchall() == [(entry.rid,) * 2]
        assert connection.execute("SELECT pkid FROM idx_entry_geom").fetchall() == [(entry.rid,)]
        assert connection.execute(
            "SELECT rowid FROM entry_fts WHERE entry_fts MATCH 'bobigny'"
        ).fetchall() == [(entry.rid,)]
        assert connection.execute("SELECT AsText(geom), ST_SRID(geom) FROM entry").fetchall() == [
            ("POINT(2.44 48.9)", 4326)
        ]


def test_a_point_follows_the_entry_it_belongs_to(node: Node, who: Identity) -> None:
    entry = node.logbook.publish(Content(text="x"), who)
    node.logbook.qualify(entry.uid, {"lon": -149.57, "lat": -17.53}, who)
    node.logbook.correct(entry.uid, Content(text="x", lon=55.45, lat=-20.88), "île", who)
    with node.store.read() as connection:
        assert connection.execute("SELECT AsText(geom) FROM entry").fetchall() == [
            ("POINT(55.45 -20.88)",)
        ]
        (check,) = connection.execute("SELECT CheckSpatialIndex('entry', 'geom')").fetchone()
        assert check == 1
    node.logbook.correct(entry.uid, Content(text="x"), "lieu inconnu", who)
    with node.store.read() as connection:
        assert connection.execute("SELECT count(*) FROM idx_entry_geom").fetchall() == [(0,)]


def test_spatialite_holds_the_systems_of_france(store: Store) -> None:
    with store.read() as connection:
        known = {row[0] for row in connection.execute("SELECT srid FROM spatial_ref_sys")}
        assert {4326, 2154, 3857} <= known
    store.close()
