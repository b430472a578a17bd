"""Who there is: accounts, what they were granted, workspaces, stations, sessions.

Times are UTC ms, 0 for never.  No secret lies here: secrets are hashed (Argon2id), tokens and
invitation codes too (SHA-256 of 256 random bits).
"""

from typing import Any

import sqlalchemy as sa

metadata = sa.MetaData()

Big = sa.BigInteger()


def _text(name: str, **more: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, nullable=False, server_default="", **more)


def _key(name: str, **more: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, primary_key=True, nullable=False, **more)


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, Big, nullable=False, server_default="0")


account = sa.Table(
    "account",
    metadata,
    _key("name"),
    *(_text(name) for name in ("display", "organisation")),
    sa.Column("posts", sa.Text, nullable=False, server_default="[]"),
    *(_text(name) for name in ("secret", "subject")),
    *(_number(name) for name in ("locked_at", "created_at", "secret_at")),
    sa.Index("ix_account_subject", "subject"),
)
"""A named person.  `secret` is an Argon2id hash, `subject` who an identity provider says they are."""

granted = sa.Table(
    "granted",
    metadata,
    _key("id"),
    *(_text(name) for name in ("account", "workspace", "role", "marking", "caveats")),
    *(_number(name) for name in ("not_before", "not_after", "grace")),
    *(_text(name) for name in ("convention", "made_by")),
    *(_number(name) for name in ("made_at", "withdrawn_at")),
    sa.Index("ix_granted_account", "account"),
)
"""A role in a workspace (`*` for all), how far and when; one that was withdrawn stays known."""

workspace = sa.Table(
    "workspace",
    metadata,
    _key("code"),
    *(_text(name) for name in ("title", "mode", "zone", "marking", "journal", "prefix")),
    *(_number(name) for name in ("made_at", "closed_at")),
)
"""An event or a permanence that people work on together; `mode` separates exercise and real."""

post = sa.Table("post", metadata, _key("name"), _text("title"))
"""A desk that somebody holds."""

device = sa.Table(
    "device",
    metadata,
    _key("id"),
    _text("station"),
    sa.Column("number", sa.Integer, nullable=False, unique=True),
    sa.Column("fingerprint", sa.Text, nullable=False, unique=True),
    *(_text(name) for name in ("salt", "version", "enrolled_by", "revoked_why")),
    *(_number(name) for name in ("enrolled_at", "seen_at", "skew_ms", "revoked_at")),
)
"""An enrolled station: `fingerprint` is the SHA-256 of its certificate, `number` the 4 of S4."""

invitation = sa.Table(
    "invitation",
    metadata,
    _key("code"),
    *(_text(name) for name in ("note", "made_by", "device")),
    *(_number(name) for name in ("made_at", "expires", "used_at")),
)
"""A one-time code with which a station may enrol (kept hashed)."""

signing_key = sa.Table(
    "signing_key",
    metadata,
    _key("device"),
    _key("workspace"),
    _key("public"),
    _number("made_at"),
)
"""The Ed25519 key with which a station signs in one workspace; older ones still verify."""

device_author = sa.Table(
    "device_author", metadata, _key("device"), _key("account"), _number("first_at")
)
"""Who has logged in on a station while it was online: only they may author its operations."""

session = sa.Table(
    "session",
    metadata,
    _key("id"),
    sa.Column("token", sa.Text, nullable=False, unique=True),
    *(_text(name) for name in ("account", "device", "address", "version", "how", "ended_why")),
    *(_number(name) for name in ("made_at", "seen_at", "expires", "ended_at")),
    sa.Index("ix_session_account", "account"),
    sa.Index("ix_session_expires", "expires"),
)
"""A person at a station; `token` is the hash of what they show."""

attempt = sa.Table(
    "attempt",
    metadata,
    _key("subject"),
    *(_number(name) for name in ("failures", "last_at", "blocked_until")),
)
"""Wrong tries of an account (`account:` and the hash of its name) or from an address (`address:`)."""

sign_in = sa.Table(
    "sign_in",
    metadata,
    _key("state"),
    *(_text(name) for name in ("poll", "device", "nonce", "verifier", "account", "outcome")),
    _number("expires"),
    sa.Index("ix_sign_in_poll", "poll"),
)
"""A sign-in under way at the identity provider, for at most some minutes."""

notice = sa.Table(
    "notice",
    metadata,
    sa.Column("number", Big, primary_key=True, autoincrement=False),
    *(_text(name) for name in ("what", "subject")),
    _number("at"),
)
"""What running hubs must hear: rights of an account, a session, a device changed."""

notice_count = sa.Table(
    "notice_count",
    metadata,
    sa.Column("one", sa.Integer, primary_key=True, autoincrement=False),
    _number("last"),
)
"""The last notice; its lock gives them numbers without gaps."""

restored = sa.Table("restored", metadata, _key("id"), _number("head"), _number("at"))
"""Each time the hub came back from a backup, and where its ledger stood then."""

EXTRAS: dict[str, tuple[str, ...]] = {
    "postgresql": ("INSERT INTO notice_count (one, last) VALUES (1, 0)",),
    "sqlite": ("INSERT INTO notice_count (one, last) VALUES (1, 0)",),
}
"""By dialect: statements to run once, after the tables exist."""
