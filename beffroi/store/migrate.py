"""Brings a store's schema up to date.  Forward only and additive; alembic is loaded when needed."""

from beffroi.errors import BeffroiError
from beffroi.store.connection import Connection
from beffroi.text import _

HEAD = "0003"


def current(connection: Connection) -> str | None:
    """The revision of this store, None for an empty file."""
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    if "alembic_version" not in tables:
        if "entry" in tables or "operation" in tables:
            raise BeffroiError(_("Cette base n’a pas de version : restaurez une sauvegarde."))
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return row[0] if row else None


def upgrade(connection: Connection) -> None:
    """Apply what is missing.

    Raises:
        BeffroiError: the store was written by a later Beffroi.
    """
    revision = current(connection)
    if revision == HEAD:
        return
    from beffroi.store import alembic_run

    if revision is not None and revision not in alembic_run.known_revisions():
        raise BeffroiError(
            _("Cette base vient d’une version plus récente de Beffroi : mettez le poste à jour.")
        )
    alembic_run.upgrade(connection, HEAD)
