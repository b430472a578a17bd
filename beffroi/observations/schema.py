"""The tables of observations.db: what was seen, what has gone, and how each source is."""

VERSION = 4

TABLES = """
CREATE TABLE IF NOT EXISTS source (
    key INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    seq INTEGER NOT NULL DEFAULT 0,
    count INTEGER NOT NULL DEFAULT 0,
    told INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS observation (
    rid INTEGER PRIMARY KEY AUTOINCREMENT,
    source INTEGER NOT NULL,
    id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    time INTEGER,
    until INTEGER,
    west REAL, south REAL, east REAL, north REAL,
    digest BLOB NOT NULL,
    title TEXT NOT NULL,
    geometry BLOB,
    properties TEXT NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS observation_id ON observation (source, id);
CREATE INDEX IF NOT EXISTS observation_seq ON observation (source, seq);
CREATE TABLE IF NOT EXISTS gone (
    rid INTEGER PRIMARY KEY,
    source INTEGER NOT NULL,
    id TEXT NOT NULL,
    seq INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS gone_seq ON gone (seq);
CREATE TABLE IF NOT EXISTS trail (
    source INTEGER NOT NULL,
    id TEXT NOT NULL,
    time INTEGER NOT NULL,
    lon REAL NOT NULL,
    lat REAL NOT NULL,
    PRIMARY KEY (source, id, time)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS trail_time ON trail (source, time);
CREATE TABLE IF NOT EXISTS source_state (
    uid TEXT PRIMARY KEY,
    health TEXT NOT NULL,
    state TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS source_try (
    uid TEXT NOT NULL,
    at INTEGER NOT NULL,
    ok INTEGER NOT NULL,
    took_ms INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    count INTEGER NOT NULL,
    sentence TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS source_try_at ON source_try (uid, at);
CREATE TABLE IF NOT EXISTS counter (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
);
INSERT OR IGNORE INTO counter VALUES ('seq', 0), ('forgotten', 0);
"""

NAMES = ("source", "observation", "gone", "trail", "source_state", "source_try", "counter")
