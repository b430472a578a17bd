"""Desks and `beffroi-hub` as they are installed: two programs, TLS, an encrypted store on each side."""

import asyncio
import contextlib
import io
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

import pytest

from beffroi.admin import program
from beffroi.errors import BeffroiError
from beffroi.ids import uuid7
from beffroi.logbook.entry import LinkKind
from beffroi.logbook.writing import Draft
from beffroi.profile import STORE_FILE, Erased
from beffroi.sync.enrolment import enrol
from beffroi.sync.joining import join, workspaces
from beffroi.sync.opening import open_joined
from beffroi.sync.status import HaveSeen, Looking, Present, SeenBy
from beffroi.sync.status import Notice as Said
from hub.starting.first import SECRETS_FILE
from tests.beffroi.sync.kit import Desk, content
from tests.conftest import CHEAP
from tests.faults.world import HubProcess
from tests.loopback import web_server
from tests.means import until

BIN = Path(sys.executable).parent


class RealHub(HubProcess):
    """A hub process and its administrator."""

    secrets: dict[str, str]

    def admin(self, *words: str, by: str = "admin") -> dict[str, str]:
        """What `beffroi-admin hub` answers, run in this process."""
        out, errors = io.StringIO(), io.StringIO()
        with (
            mock.patch.dict(
                os.environ, BEFFROI_HUB_DATA=str(self.data), BEFFROI_PASSPHRASE=self.secrets[by]
            ),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(errors),
        ):
            code = program.run(["hub", *words[:2], "--as", by, "--json", *words[2:]])
        assert code == 0, errors.getvalue()
        told: dict[str, str] = json.loads(out.getvalue())
        return told

    def person(self, account: str, role: str, marking: str = "DR", *caveats: str) -> None:
        told = self.admin(
            "account", "add", account, "--post", "Permanence", "--display", account.title()
        )
        self.secrets[account] = told["secret"]
        more = [word for caveat in caveats for word in ("--caveat", caveat)]
        self.admin("grant", "add", account, "jop-2024", role, "--marking", marking, *more)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealHub]:
    hub = RealHub(tmp_path_factory.mktemp("hub") / "data")
    hub.start("--sources-allow", "127.0.0.0/8")
    try:
        first = (hub.data / SECRETS_FILE).read_text("utf-8")
        hub.secrets = dict(re.findall(r"^  (admin|rssi) +(\S+)$", first, re.MULTILINE))
        hub.admin("workspace", "add", "jop-2024", "--title", "Paris 2024", "--prefix", "MC-2024")
        hub.admin("post", "add", "Permanence")
        hub.person("claire", "room_chief", "DR_SF")
        hub.person("marc", "qualifier")
        yield hub
    finally:
        hub.stop()


RealDesk = Callable[[str], Desk]


@pytest.fixture
def desk_of(real: RealHub, tmp_path: Path) -> Iterator[RealDesk]:
    desks: list[Desk] = []

    def make(account: str) -> Desk:
        place = tmp_path / f"{account}-{len(desks)}"
        code = real.admin("device", "invite")["code"]
        station = asyncio.run(enrol(place / "poste", code, f"Poste {place.name}"))
        secret = real.secrets[account]
        offer = workspaces(station, account, secret)
        join(place / "profil", station, offer, "jop-2024", secret, cost=CHEAP)
        desks.append(Desk(place / "profil", account, secret))
        return desks[-1]

    yield make
    for desk in desks:
        desk.close()


def both_online(*desks: Desk) -> None:
    until(lambda: all(desk.status.state == "online" for desk in desks), 15.0)


def test_two_desks_work_together_in_real_time(desk_of: RealDesk) -> None:
    claire, marc = desk_of("claire"), desk_of("marc")
    with claire.running(), marc.running():
        both_online(claire, marc)
        entry = marc.publish("Panne de signalisation")
        assert re.fullmatch(r"MC-2024-\d{6}~S\d+", entry.label)
        until(lambda: "Panne de signalisation" in claire.texts(), 5.0, "not at once")
        until(lambda: "~" not in marc.node.logbook.entry(entry.uid).label)
        claire.ask(Looking(entity=entry.uid, doing="reading"))
        claire.ask(HaveSeen(entities=[entry.uid]))
        until(lambda: any(p.entity == entry.uid for m in marc.heard(Present) for p in m.people))
        until(lambda: any(s.account == "claire" for m in marc.heard(SeenBy) for s in m.seen))
        claire.node.logbook.correct(
            entry.uid, content("Panne réparée"), "levée de doute", claire.who
        )
        claire.poke()
        until(lambda: "Panne réparée" in marc.texts(), 5.0, "not at once")
    assert claire.node.journal.refused() == marc.node.journal.refused() == []


def test_the_last_right_withdrawn_empties_the_desk_within_seconds(
    real: RealHub, desk_of: RealDesk
) -> None:
    real.person("paul", "qualifier")
    paul, claire = desk_of("paul"), desk_of("claire")
    claire.publish("Rien que pour ceux qui en ont le droit")
    claire.once()
    with paul.running():
        both_online(paul)
        until(lambda: "Rien que pour ceux qui en ont le droit" in paul.texts(), 10.0)
        held = [g["id"] for g in real.admin("grant", "list") if g["grant"]["account"] == "paul"]
        for one in held:
            real.admin("grant", "withdraw", one)
        until(lambda: paul.texts() == [], 30.0, "what may not be seen is still there")
        until(lambda: "accès" in paul.status.sentence)


def test_a_hub_killed_under_work_loses_nothing(real: RealHub, desk_of: RealDesk) -> None:
    claire, marc = desk_of("claire"), desk_of("marc")
    with claire.running(), marc.running():
        both_online(claire, marc)
        for n in range(3):
            for m in range(10):
                claire.publish(f"Avant l’arrêt {n}.{m}")
            real.kill()
            marc.publish(f"Pendant l’arrêt {n}")
            until(lambda: claire.status.state == marc.status.state == "offline", 20.0)
            real.start()
            claire.poke()
            marc.poke()
            both_online(claire, marc)
        until(lambda: claire.status.waiting == marc.status.waiting == 0)
        until(lambda: claire.tables() == marc.tables(), 5.0)
    texts = claire.texts()
    assert (
        len([t for t in texts if "l’arrêt" in t]) == len({t for t in texts if "l’arrêt" in t}) == 33
    )


def test_what_one_may_not_see_never_comes_and_what_moves_away_leaves(desk_of: RealDesk) -> None:
    claire, marc = desk_of("claire"), desk_of("marc")
    with claire.running(), marc.running():
        both_online(claire, marc)
        secret = claire.publish("Spécial France", marking="DR_SF")
        moved = claire.publish("Bientôt restreint")
        until(lambda: "Bientôt restreint" in marc.texts())
        claire.node.logbook.correct(
            moved.uid, content("Bientôt restreint", marking="DR_SF"), "mention relevée", claire.who
        )
        claire.poke()
        until(lambda: "Bientôt restreint" not in marc.texts(), 5.0)
    assert "Spécial France" not in marc.texts()
    assert claire.node.logbook.entry(secret.uid).label.startswith("MC-2024-")


def test_what_the_hub_refuses_is_shown_and_blocks_nothing(real: RealHub, desk_of: RealDesk) -> None:
    if "reader" not in real.secrets:
        real.person("reader", "authority")
    desk = desk_of("reader")
    with desk.node.store.write() as connection:
        connection.execute("UPDATE account SET role = 'qualifier'")
    desk.node.take_post("")
    desk.publish("Sans en avoir le droit")
    desk.once()
    (refused,) = desk.node.journal.refused()
    assert refused.why == "rights"
    assert [m.code for m in desk.heard(Said)] == ["quarantine"]


def test_what_both_wrote_while_apart_is_caught_up_whole(desk_of: RealDesk) -> None:
    """How long 5,000 on each side take is measured by `benchmarks.catch_up`."""
    claire, marc = desk_of("claire"), desk_of("marc")
    claire.publish("Avant la coupure")
    claire.once()
    marc.once()
    for desk in (claire, marc):
        desk.node.logbook.publish_many(
            [Draft(content=content(f"{desk.account} {n}"), who=desk.who) for n in range(1000)]
        )
    claire.once()
    marc.once()
    claire.once()
    hers, his = set(claire.tables()["entries"]), set(marc.tables()["entries"])
    assert his <= hers
    assert len({row for row in his if re.search("(claire|marc) [0-9]+", str(row[5]))}) == 2_000
    assert not [row for row in his if "~" in str(row[1])]


def test_a_new_station_is_filled_by_one_file_and_follows_from_there(
    desk_of: RealDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    marc = desk_of("marc")
    marc.publish("Avant le cliché")
    marc.once()
    monkeypatch.setattr("beffroi.sync.filling.WORTH_FROM", 1)
    newcomer = desk_of("marc")
    assert "Avant le cliché" in newcomer.texts(), "the profile was not filled at joining"
    marc.publish("Après le cliché")
    marc.once()
    newcomer.publish("Du nouveau poste")
    newcomer.once()
    marc.once()
    assert newcomer.tables() == marc.tables()
    assert newcomer.node.journal.verify() is None


def test_a_lost_station_is_erased_at_its_next_contact(real: RealHub, desk_of: RealDesk) -> None:
    desk = desk_of("marc")
    desk.publish("Jamais envoyé")
    device = desk.node.hub.device if desk.node.hub else ""
    real.admin("device", "revoke", device)
    desk.close()
    with pytest.raises(Erased) as caught:
        open_joined(desk.folder, "marc", real.secrets["marc"])
    assert not (desk.folder / STORE_FILE).exists()
    assert caught.value.salvage is not None


@pytest.mark.parametrize("looking_on", [True, False])
def test_what_hangs_from_a_thing_follows_it_into_another_bucket(
    real: RealHub, desk_of: RealDesk, looking_on: bool
) -> None:
    """It comes with the positions that it always had: others have seen later ones."""
    account = f"sara-{looking_on}".lower()
    real.person(account, "qualifier", "DR_SF")
    claire, sara = desk_of("claire"), desk_of(account)
    claire.publish("Déjà restreint", marking="DR_SF")
    bridge, closure = claire.publish("Pont"), claire.publish("Coupure")
    claire.node.logbook.link(bridge.uid, LinkKind.PART_OF, closure.uid, claire.who)
    claire.once()
    sara.once()
    with contextlib.ExitStack() as live:
        if looking_on:
            live.enter_context(sara.running())
            both_online(sara)
        claire.publish("Entre-temps")
        claire.node.logbook.qualify(closure.uid, {"marking": "DR_SF"}, claire.who)
        claire.once()
        if looking_on:
            until(lambda: sara.node.logbook.entry(closure.uid).content.marking == "DR_SF", 15.0)
        else:
            sara.once()
    assert (bridge.uid, "part_of", closure.uid) in sara.tables()["links"]
    assert sara.tables() == claire.tables()


def test_a_shared_source_is_asked_once_for_all(
    real: RealHub, desk_of: RealDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hub asks it; both desks, who never did, have what it told and how it is."""
    monkeypatch.setattr("beffroi.sync.observing.LEAST_S", 0.2)
    point = (
        b'{"type": "Feature", "id": "a", "properties": {"nom": "Pont"},'
        b' "geometry": {"type": "Point", "coordinates": [2.3, 48.8]}}'
    )
    claire, marc = desk_of("claire"), desk_of("marc")
    with web_server() as web, claire.running(), marc.running():
        web.routes["/points"] = lambda request: request.say(point)
        both_online(claire, marc)
        fields = {"title": "Ponts", "transport": "http", "address": web.at("/points"), "refresh_s": 3600}  # fmt: skip
        uid = claire.node.sheets.put("source", fields, claire.who, shared=True).uid
        claire.poke()
        seen = [desk.node.observations for desk in (claire, marc)]
        until(lambda: all(one.counts().get(uid) == 1 for one in seen), 40.0)
        until(
            lambda: all(one.state(uid).health == "ok" and one.state(uid).last_ok for one in seen),
            20.0,
        )
        assert len(web.asked) == 1
    assert all(one.fed() == {uid} for one in seen)
    assert [one.features(uid)[0].properties for one in seen] == [{"nom": "Pont"}] * 2


def test_sheets_live_for_those_who_may_see_them(real: RealHub, desk_of: RealDesk, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    """A drawing is shared, seen, changed by both, marked higher, and gone; who only reads draws nothing."""
    monkeypatch.setattr("beffroi.sync.observing.LEAST_S", 0.2)
    monkeypatch.setattr("beffroi.sync.observing.EVERY_S", 1.0)
    real.person("odile", "cartographer")
    real.person("lise", "authority")
    claire, odile, lise, marc = (desk_of(name) for name in ("claire", "odile", "lise", "marc"))
    with web_server() as web, claire.running(), odile.running(), lise.running(), marc.running():
        web.routes["/p"] = lambda request: request.say(
            b'{"type": "Feature", "id": "a", "properties": {}, "geometry": {"type": "Point", "coordinates": [2, 48]}}'
        )
        both_online(claire, odile, lise, marc)
        made = claire.node.sheets.put_all(
            "shape", {uuid7(n): {"title": title} for n, title in enumerate(("Zone", "Ligne"))},
            claire.who, shared=True,
        )  # fmt: skip
        hidden = claire.node.sheets.put("zone", {"title": "SF"}, claire.who, shared=True, marking="DR_SF")  # fmt: skip
        fields = {"title": "Flux", "transport": "http", "address": web.at("/p"), "refresh_s": 3600}
        source = claire.node.sheets.put("source", fields, claire.who, shared=True).uid
        claire.poke()
        for desk in (odile, lise):
            until(lambda d=desk: len(d.node.sheets.all("shape")) == 2, 5.0, "not at once")
        zone = made[0].uid
        for desk in (claire, odile):
            until(lambda d=desk: d.node.observations.counts().get(source) == 1, 40.0)

        odile.node.sheets.put("shape", {"colour": "rouge"}, odile.who, uid=zone)
        claire.node.sheets.put("shape", {"title": "Zone Sud"}, claire.who, uid=zone)
        for desk in (odile, claire):
            desk.poke()
        both = {"title": "Zone Sud", "colour": "rouge"}
        for desk in (claire, odile, lise):
            until(lambda d=desk: d.node.sheets.one(zone).fields == both, 10.0)

        assert not lise.who.may_write
        with pytest.raises(BeffroiError):
            lise.node.sheets.put("shape", {"title": "Gribouillis"}, lise.who, uid=zone)

        marc.node.sheets.put("shape", {"title": "Zone à moi"}, marc.who, uid=zone)
        marc.poke()
        until(marc.node.journal.refused, 10.0)
        (refused,) = marc.node.journal.refused()
        assert (refused.operation.kind, refused.why) == ("shape.put", "rights")
        assert any("rien n’est perdu" in said.sentence for said in marc.heard(Said))
        assert claire.node.sheets.one(zone).fields == both

        for kind, uid in (("shape", zone), ("source", source)):
            claire.node.sheets.put(kind, {}, claire.who, uid=uid, marking="DR_SF")
        claire.poke()
        until(lambda: odile.node.sheets.find(zone) is None, 10.0)
        until(lambda: odile.node.sheets.find(source) is None, 10.0)
        until(lambda: odile.node.observations.counts().get(source, 0) == 0, 15.0)
        assert claire.node.observations.counts()[source] == 1
    assert odile.node.sheets.find(hidden.uid) is None
    assert claire.node.sheets.one(zone).marking == "DR_SF"
