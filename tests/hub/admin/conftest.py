"""A hub in its own process, and `beffroi-admin` as an administrator types it."""

import asyncio
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from beffroi import admin
from beffroi.clock import Clock
from hub.admin.office import open_database
from hub.keys import Keys
from hub.main import main as hub_main
from hub.people import People
from hub.settings import Settings
from hub.starting.first import SECRETS_FILE
from tests.conftest import CHEAP
from tests.faults.world import HubProcess


class Typed:
    """What a command answered."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code = code
        self.out = out
        self.err = err

    @property
    def json(self):  # type: ignore[no-untyped-def]
        return json.loads(self.out)


Type = Callable[..., Typed]


@pytest.fixture(scope="session")
def new_hub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a hub that was only just made."""
    data = tmp_path_factory.mktemp("new") / "hub"
    assert hub_main(["--data", str(data), "--listen", "127.0.0.1:0", "--init"]) == 0
    asyncio.run(cheapen(data))
    return data


async def cheapen(data: Path) -> None:
    """Let the first secrets be quick to check."""
    settings, clock = Settings(data=data), Clock()
    keys = Keys(settings.keys_folder, clock)
    database = await open_database(settings, keys)
    people = People(database, clock, cost=CHEAP)
    for name, secret in first_secrets(data).items():
        await people.accounts.change_secret(name, secret)
    await database.close()


def first_secrets(data: Path) -> dict[str, str]:
    """The first secrets, as they were told once."""
    told = (data / SECRETS_FILE).read_text("utf-8")
    return dict(re.findall(r"^  (admin|rssi) +(\S+)$", told, re.M))


@pytest.fixture
def data(new_hub: Path, tmp_path: Path) -> Path:
    """The folder of a hub of its own for one test."""
    return Path(shutil.copytree(new_hub, tmp_path / "hub"))


@pytest.fixture
def running(data: Path) -> Iterator[HubProcess]:
    """That hub, running."""
    with HubProcess(data) as hub:
        yield hub.start()


@pytest.fixture
def secrets(data: Path) -> dict[str, str]:
    """What the administrator and the security officer noted."""
    return first_secrets(data)


@pytest.fixture
def type_(
    data: Path,
    secrets: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Type:
    """`type_("account", "list", who="admin")` runs `beffroi-admin hub account list`."""
    monkeypatch.setenv("BEFFROI_HUB_DATA", str(data))
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("BEFFROI_BACKUP_PASSPHRASE", "une phrase de sauvegarde")

    def typed(*words: str, who: str = "admin", secret: str = "") -> Typed:
        monkeypatch.setenv("BEFFROI_PASSPHRASE", secret or secrets[who])
        capsys.readouterr()
        code = admin.main(
            ["hub", *words, *(["--as", who] if words[0] not in ("restore", "migrate") else [])]
        )
        said = capsys.readouterr()
        for each in secrets.values():
            assert each not in said.out + said.err
        return Typed(code, said.out, said.err)

    return typed
