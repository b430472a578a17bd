"""What PostgreSQL's own tools dump and restore, through pipes: no clear copy touches a disk.

The address goes to them by their environment, where the password is not seen by other users.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from psycopg import ProgrammingError, conninfo

from beffroi.errors import BeffroiError
from beffroi.text import _

_PIECE = 262_144
_ENVIRONMENT = {
    "host": "PGHOST", "hostaddr": "PGHOSTADDR", "port": "PGPORT", "user": "PGUSER",
    "password": "PGPASSWORD", "dbname": "PGDATABASE", "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY",
    "passfile": "PGPASSFILE", "options": "PGOPTIONS",
}  # fmt: skip


def dumped(url: str) -> Iterator[bytes]:
    """The database at `url`, in PostgreSQL's custom format.

    Raises:
        BeffroiError: pg_dump is missing, or fails.
    """
    call = [_tool("pg_dump"), "--format=custom", "--no-owner", "--no-privileges"]
    with _started(call, url, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None  # noqa: S101 - it was asked for
        while piece := running.stdout.read(_PIECE):
            yield piece
        if running.wait():
            raise _failed(running, "pg_dump")


def restored(url: str, pieces: Iterator[bytes]) -> None:
    """Fill the empty database at `url` with what `dumped` gave, in one transaction.

    Raises:
        BeffroiError: pg_restore is missing, or fails; the database stays empty.
    """
    call = [
        _tool("pg_restore"), "--no-owner", "--no-privileges", "--exit-on-error",
        "--single-transaction", "--dbname", _database(url),
    ]  # fmt: skip
    with _started(call, url, stdin=subprocess.PIPE) as running:
        assert running.stdin is not None  # noqa: S101 - it was asked for
        try:
            for piece in pieces:
                running.stdin.write(piece)
            running.stdin.close()
        except BrokenPipeError:
            running.wait()
        if running.wait():
            raise _failed(running, "pg_restore")


def _started(
    call: list[str], url: str, *, stdin: int | None = None, stdout: int | None = None
) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 - our own tools, nothing of a stranger in the call
        call, env=_environment(url), stdin=stdin, stdout=stdout, stderr=subprocess.PIPE
    )


def _tool(name: str) -> str:
    found = shutil.which(name)
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=_version)
    if versions:
        found = str(versions[-1])
    if found is None:
        raise BeffroiError(
            _("{name} manque sur cette machine\u00a0: installez le client PostgreSQL.").format(
                name=name
            )
        )
    return found


def _version(path: Path) -> int:
    number = path.parts[-3]
    return int(number) if number.isdecimal() else 0


def _environment(url: str) -> dict[str, str]:
    parts = _parts(url)
    unknown = parts.keys() - _ENVIRONMENT.keys() - {"connect_timeout", "application_name"}
    if unknown:
        raise BeffroiError(
            _(
                "L’adresse de la base a des options que les outils ne prennent pas\u00a0: {names}."
            ).format(names=", ".join(sorted(unknown)))
        )
    told = {_ENVIRONMENT[name]: value for name, value in parts.items() if name in _ENVIRONMENT}
    return {**os.environ, **told}


def _database(url: str) -> str:
    return _parts(url).get("dbname", "") or os.environ.get("PGDATABASE", "postgres")


def _parts(url: str) -> dict[str, str]:
    try:
        return {name: str(value) for name, value in conninfo.conninfo_to_dict(url).items()}
    except ProgrammingError as error:
        raise BeffroiError(
            _("La base se donne par une adresse postgresql://hôte/base\u00a0: corrigez --database.")
        ) from error


def _failed(running: "subprocess.Popen[bytes]", name: str) -> BeffroiError:
    said = running.stderr.read(2000).decode(errors="replace") if running.stderr else ""
    first = said.strip().splitlines()[0] if said.strip() else ""
    return BeffroiError(
        _("{name} a échoué\u00a0: vérifiez la base et son adresse ({said}).").format(
            name=name, said=first[:200]
        )
    )
