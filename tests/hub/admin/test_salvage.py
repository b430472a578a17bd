"""A laptop was revoked before it could send: what it had written enters the main courante after all."""

import asyncio
from pathlib import Path

import pytest

from beffroi import admin
from beffroi.clock import Clock
from beffroi.logbook.entry import Content
from beffroi.profile.erasing import erase_profile
from beffroi.sync.opening import open_joined
from hub.admin.office import open_database
from hub.keys import Keys
from hub.ledger import Ledger
from hub.settings import Settings
from tests.faults.world import HubProcess, joined
from tests.hub.admin.conftest import Type


@pytest.fixture
def saved(
    type_: Type, running: HubProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """The file that an erased station left: three entries that no hub had seen."""
    type_("workspace", "add", "jop-2024")
    secret = type_("account", "add", "c.durand", "--post", "MC", "--json").json["secret"]
    type_("grant", "add", "c.durand", "jop-2024", "writer")
    code = type_("device", "invite", "--json").json["code"]
    profile = joined(tmp_path / "laptop", code, "Portable", "c.durand", secret, "jop-2024")
    monkeypatch.setenv("BEFFROI_PASSPHRASE", secret)
    assert admin.main(["sync", str(profile), "--once", "--account", "c.durand"]) == 0
    running.stop()
    opened = open_joined(profile, "c.durand", secret)
    node = opened.node
    for number in range(3):
        node.logbook.publish(Content(text=f"Arbre tombé {number}"), node.who)
    erased = erase_profile(profile, node.store, opened.key, "revoked", Clock())
    node.close()
    assert erased.salvage is not None
    return erased.salvage


def head(data: Path) -> int:
    async def asked() -> int:
        settings = Settings(data=data)
        database = await open_database(settings, Keys(settings.keys_folder, Clock()))
        try:
            return await Ledger(database).head()
        finally:
            await database.close()

    return asyncio.run(asked())


def test_what_was_not_sent_enters_once(type_: Type, running: HubProcess, saved: Path) -> None:
    refused = type_("salvage", str(saved), who="rssi")
    assert "n’a pas ce droit" in refused.err
    taken = type_("salvage", str(saved))
    assert (taken.code, taken.err) == (0, "")
    assert taken.out.startswith("3 opérations reprises")
    assert head(running.data) == 3
    assert type_("salvage", str(saved)).code == 0
    assert head(running.data) == 3


def test_a_file_that_was_changed_or_is_none_is_refused(
    type_: Type, running: HubProcess, saved: Path, tmp_path: Path
) -> None:
    content = saved.read_bytes()
    other = tmp_path / "other"
    for flawed in (content[:-1], b"", b"x" * 100, content.replace(content[60:64], b"abcd")):
        other.write_bytes(flawed)
        refused = type_("salvage", str(other))
        assert (refused.code, refused.err.count("\n")) == (2, 1)
    assert type_("salvage", str(tmp_path / "nothing")).code == 2
    assert head(running.data) == 0
