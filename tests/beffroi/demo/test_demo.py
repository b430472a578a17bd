"""The demo profile: plausible, complete, and the same each time."""

from collections import Counter
from hashlib import sha256
from pathlib import Path
from random import Random

import msgspec
import pytest

from beffroi.demo import DEMO_ACCOUNT, DEMO_PASSPHRASE, make_demo, script
from beffroi.demo.cast import ACCOUNTS, POSTS, WITH_SECRET
from beffroi.demo.days import END, local
from beffroi.demo.desks import VIEWS
from beffroi.demo.pictures import Picture
from beffroi.demo.steps import Line, Step
from beffroi.logbook.entry import Entry, LinkKind, Nature
from beffroi.logbook.query import EVERYTHING, parse
from beffroi.node import Node, open_node
from beffroi.taxonomy import Taxonomy
from tests.conftest import CHEAP


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    """The last four days: the opening day and the three that follow."""
    folder = tmp_path_factory.mktemp("demo") / "profil"
    make_demo(folder, days=4, cost=CHEAP)
    node = open_node(folder, DEMO_ACCOUNT, DEMO_PASSPHRASE)
    yield node
    node.close()


@pytest.fixture(scope="module")
def entries(demo: Node) -> list[Entry]:
    return demo.logbook.entries(demo.search.rids(EVERYTHING).tolist())


def dossier(demo: Node, words: str):  # type: ignore[no-untyped-def]
    return next(d for d in demo.logbook.dossiers() if words in d.title)


def test_each_day_has_more_than_a_thousand_entries(entries: list[Entry]) -> None:
    days = Counter(local(entry.entered_time).date() for entry in entries)
    assert len(days) == 4
    assert min(days.values()) > 1000


def test_nights_are_calm_and_rush_hours_are_not(entries: list[Entry]) -> None:
    hours = Counter(local(entry.entered_time).hour for entry in entries)
    assert hours[18] > 4 * hours[3]
    assert hours[9] > 2 * hours[1]


def test_numbers_have_no_gap_and_follow_the_clock(entries: list[Entry]) -> None:
    in_order = sorted(entries, key=lambda entry: entry.number)
    assert [entry.number for entry in in_order] == list(range(1, len(entries) + 1))
    times = [entry.entered_time for entry in in_order]
    assert times == sorted(times)
    assert in_order[0].label == "MC-2024-000001"


def test_grave_entries_are_few_and_most_have_a_place(entries: list[Entry]) -> None:
    gravities = Counter(entry.content.gravity for entry in entries)
    assert gravities[0] + gravities[1] > 0.85 * len(entries)
    assert gravities[4] >= 1
    assert 5 < gravities[3] < 0.02 * len(entries)
    nowhere = sum(entry.content.lon is None for entry in entries)
    assert 0.04 < nowhere / len(entries) < 0.13


def test_every_tag_is_in_the_taxonomy(entries: list[Entry]) -> None:
    known = Taxonomy()
    assert all(known.get(tag) for entry in entries for tag in entry.content.tags)


def test_texts_are_whole_sentences(entries: list[Entry]) -> None:
    for entry in entries:
        text = entry.content.text
        assert not set("{}|").intersection(text), text
        assert "(s)" not in text, text
        assert " :" not in text.replace("\u00a0:", ""), text


def test_texts_vary(entries: list[Entry]) -> None:
    alike = Counter(entry.content.text for entry in entries)
    assert alike.most_common(1)[0][1] < 30
    assert len(alike) > 0.8 * len(entries)


def test_the_sabotages_are_told_as_they_happened(demo: Node) -> None:
    found = dossier(demo, "Sabotages réseau LGV")
    assert found.gravity == 3
    said = {i.name: i for i in demo.logbook.figures(found.uid)}
    assert {figure.value for figure in said["sites touchés"].figures} == {"3", "4", "5"}
    assert said["sites touchés"].arbitration is not None
    assert said["sites touchés"].arbitration.kept == "4 sites dégradés + 1 tentative déjouée"
    texts = [demo.logbook.entry(uid).content.text for uid in found.entries]
    assert texts[0] == "Alarme signalisation LGV Atlantique, trafic suspendu secteur Courtalain."


def test_the_place_of_vandieres_was_corrected_with_its_reason(demo: Node) -> None:
    query = parse("feu installation Vandières", now=END)
    entry = min(demo.search.first(query), key=lambda e: e.number)
    versions = [v for v in demo.logbook.history(entry.uid) if v.kind != "entry.qualify"]
    assert [v.content.place for v in versions] == [
        "entre Vandières et Pagny-sur-Moselle",
        "Vandières",
    ]
    assert versions[1].reason == "précision"


def test_the_decision_of_that_morning_has_two_follow_ups(demo: Node) -> None:
    found = dossier(demo, "Sabotages réseau LGV")
    decision = next(
        e for e in map(demo.logbook.entry, found.entries) if e.content.nature is Nature.DECISION
    )
    asked = demo.logbook.followups(open_only=False, entry=decision.uid)
    assert sorted(f.owner_post for f in asked) == ["OL-DGGN", "OL-DGPN"]


def test_every_kind_of_act_is_there(demo: Node, entries: list[Entry]) -> None:
    assert {entry.lifecycle for entry in entries} == {"published", "corrected", "void"}
    assert len({entry.qualification for entry in entries}) == 6
    assert sum(bool(entry.content.attachments) for entry in entries) > 20
    assert sum(bool(entry.content.parent) for entry in entries) > 200
    with demo.store.read() as connection:
        kinds = {row[0] for row in connection.execute("SELECT DISTINCT kind FROM entry_link")}
    assert {LinkKind.CONFIRMS, LinkKind.CONTRADICTS, LinkKind.FOLLOWS, LinkKind.DUPLICATES} <= kinds
    assert any(f.late(END) for f in demo.logbook.followups())


def test_recent_entries_are_raw_and_old_ones_are_not(entries: list[Entry]) -> None:
    fresh = [e for e in entries if e.entered_time > END - 2 * 3_600_000]
    old = [e for e in entries if e.entered_time < END - 24 * 3_600_000]
    assert _raw(fresh) > 0.1 > 0.03 > _raw(old)


def _raw(entries: list[Entry]) -> float:
    return sum(entry.qualification == "raw" for entry in entries) / len(entries)


def test_tahiti_speaks_in_its_own_time(entries: list[Entry]) -> None:
    far = [e for e in entries if e.content.lon is not None and e.content.lon < -140]
    assert len(far) > 10
    assert any("(Tahiti)" in entry.content.text for entry in far)


def test_a_photo_knows_where_it_was_taken(demo: Node, entries: list[Entry]) -> None:
    photos = [
        (entry, attachment)
        for entry in entries
        for attachment in entry.content.attachments
        if attachment.media_type == "image/jpeg" and entry.content.lon is not None
    ]
    entry, photo = photos[0]
    taken = demo.attachments.exif_position(photo.sha256)
    assert taken is not None
    assert taken.lon == pytest.approx(entry.content.lon, abs=1e-3)


def test_someone_who_opens_the_demo_has_a_few_entries_to_read(demo: Node) -> None:
    assert 5 < demo.personal.unread_count() < 100


def test_every_saved_view_is_understood_and_finds_something(demo: Node) -> None:
    def located(name: str) -> tuple[float, float] | None:
        place = demo.places.locate(name)
        return (place.lon, place.lat) if place else None

    assert len(demo.personal.views()) >= 5
    for name, text in VIEWS:
        query = parse(text, now=demo.clock.now(), locate=located)
        assert query.problems == (), name
        assert demo.search.count(query), name


def test_the_chains_hold(demo: Node) -> None:
    assert demo.journal.verify() is None
    assert demo.audit.verify() is None


def test_the_level_and_the_accounts_are_set(demo: Node) -> None:
    assert demo.settings.get("armement/level") == 5
    assert {account.name for account in demo.accounts.all()} == {a.name for a in ACCOUNTS}


def told(steps: list[Step]) -> str:
    """A hash of everything that the script writes."""
    lines = [step for step in steps if isinstance(step, Line)]
    parts = [msgspec.json.encode((s.at, s.uid, s.post, s.content), order="sorted") for s in lines]
    parts += [picture.data() for step in lines for picture in step.pictures]
    return sha256(b"".join(parts)).hexdigest()


def test_the_same_seed_tells_the_same_story_and_another_seed_another() -> None:
    first, again, other = (told(script.write(1, Random(seed))) for seed in (5, 5, 6))
    assert first == again
    assert first != other


@pytest.mark.parametrize("kind", ["plan", "curve", "bulletin", "note", "crowd", "rails"])
def test_a_picture_is_always_drawn_alike(kind) -> None:  # type: ignore[no-untyped-def]
    picture = Picture(
        name="x", kind=kind, title="Échelle – l’été", at=END, seed=4, lon=2.3, lat=48.8
    )
    assert picture.data() == picture.data()


def test_those_who_can_open_the_profile_have_a_post() -> None:
    named = {account.name: account for account in ACCOUNTS}
    assert all(named[name].posts for name in WITH_SECRET)
    assert len(set(POSTS)) == len(POSTS)


def test_an_existing_profile_is_never_overwritten(tmp_path: Path) -> None:
    from beffroi.errors import BeffroiError

    (tmp_path / "profile.toml").write_text("title='x'")
    with pytest.raises(BeffroiError, match="n’est pas vide"):
        make_demo(tmp_path, days=1)
    assert [path.name for path in tmp_path.iterdir()] == ["profile.toml"]


def test_an_interrupted_demo_leaves_nothing_behind(tmp_path: Path) -> None:
    def interrupt(_share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_demo(tmp_path / "d", days=1, progress=interrupt, cost=CHEAP)
    assert list(tmp_path.iterdir()) == []


def test_the_clock_of_the_demo_goes_on_where_its_story_stopped(demo: Node) -> None:
    (newest,) = demo.logbook.entries(demo.search.rids(EVERYTHING, 1).tolist())
    assert demo.clock.replayed
    assert 0 <= demo.clock.now() - newest.entered_time < 20 * 60_000
    followups = demo.logbook.followups()
    assert 0 < sum(f.late(demo.clock.now()) for f in followups) < len(followups)
