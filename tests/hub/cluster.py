"""A real PostgreSQL with PostGIS for the tests: its own folder, socket and port, fsync on."""

import getpass
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg

from tests.means import free_port

ENOUGH_BYTES = 1_500_000_000
_CONF = """
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = '{folder}'
fsync = on
synchronous_commit = on
shared_buffers = 64MB
max_connections = 60
log_min_messages = warning
autovacuum_naptime = 60
"""


def _binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    if found:
        return found[-1]
    server = shutil.which("postgres")
    if server is None:
        message = "install postgresql and postgis"
        raise FileNotFoundError(message)
    return Path(server).parent


def _roomy_memory() -> str | None:
    """A file system in memory with room for a cluster: tests then wait for no disk."""
    memory = Path("/dev/shm")
    if memory.is_dir() and shutil.disk_usage(memory).free > ENOUGH_BYTES:
        return str(memory)
    return None


class Cluster:
    """Made, started, stopped and restarted by tests; on a disk, or where there is room in memory."""

    def __init__(self, *, on_disk: bool = True) -> None:
        where = None if on_disk else _roomy_memory()
        self.folder = Path(tempfile.mkdtemp(prefix="beffroi-pg-", dir=where))
        self.data = self.folder / "data"
        self.port = free_port()
        self.user = getpass.getuser()
        self._made = 0
        self._as: list[str] = []
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
            self.user = "postgres"
            self._as = ["runuser", "-u", "postgres", "--"]
        self._run("initdb", "-D", self.data, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        with (self.data / "postgresql.conf").open("a") as conf:
            conf.write(_CONF.format(port=self.port, folder=self.folder))
        self.start()

    def _run(self, name: str, *arguments: object) -> None:
        words = [*self._as, str(_binaries() / name), *map(str, arguments)]
        with (self.folder / "commands.log").open("ab") as log:
            subprocess.run(words, check=True, stdout=log, stderr=log, cwd="/")

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self._run("pg_ctl", "-D", self.data, "-w", "-l", self.folder / "server.log", "start")

    def stop(self) -> None:
        """Stop it as a power cut would: no last words."""
        self._run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")

    def url(self, name: str) -> str:
        """The address of a database here."""
        return f"postgresql://{self.user}@127.0.0.1:{self.port}/{name}"

    def fresh(self, template: str = "template1") -> str:
        """The address of a new database, a copy of `template`."""
        self._made += 1
        name = f"t{self._made}"
        self.command(f'CREATE DATABASE {name} TEMPLATE "{template}"')
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database that `fresh` made."""
        self.command(f"DROP DATABASE IF EXISTS {url.rpartition('/')[2]} WITH (FORCE)")

    def command(self, sql: str) -> None:
        """Run one statement outside any transaction."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql)  # type: ignore[call-overload]

    def remove(self) -> None:
        """Stop it and leave nothing behind."""
        try:
            self.stop()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)
