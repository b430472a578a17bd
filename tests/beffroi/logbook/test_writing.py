"""The main courante keeps what was said."""

import pytest

from beffroi.errors import BeffroiError
from beffroi.journal import Identity
from beffroi.logbook.changes import EntryAdded, EntryChanged, ManyEntriesAdded
from beffroi.logbook.entry import Content, Lifecycle, Marking, Qualification
from beffroi.logbook.writing import Draft
from beffroi.node import Node


def test_an_entry_gets_the_next_number_and_a_label(node: Node, who: Identity) -> None:
    first = node.logbook.publish(Content(text="Incendie à Bobigny"), who)
    second = node.logbook.publish(Content(text="Fumée visible"), who)
    assert (first.label, second.label) == ("MC-2024-000001", "MC-2024-000002")
    assert node.logbook.entry(first.uid) == first


def test_a_refused_entry_uses_no_number(node: Node, who: Identity) -> None:
    with pytest.raises(BeffroiError, match="texte"):
        node.logbook.publish(Content(text="  \u202e "), who)
    assert node.logbook.publish(Content(text="ok"), who).number == 1


def test_the_writer_s_organisation_is_the_default(node: Node, other: Identity) -> None:
    assert node.logbook.publish(Content(text="x"), other).content.organisation == "SNCF"


def test_the_author_the_post_and_the_station_are_kept(node: Node, other: Identity) -> None:
    entry = node.logbook.publish(Content(text="x", on_behalf_of="PC Lille"), other)
    assert (entry.author, entry.post, entry.station) == ("m.leroy", "OL-SNCF", "poste-2")


def test_completing_makes_a_child_and_the_parent_counts_it(
    node: Node, who: Identity, other: Identity
) -> None:
    parent = node.logbook.publish(Content(text="Incendie"), who)
    child = node.logbook.complete(parent.uid, Content(text="maîtrisé"), other)
    assert child.content.parent == parent.uid
    assert node.logbook.entry(parent.uid).children == 1
    assert node.logbook.thread(parent.uid).children == (child,)
    assert node.logbook.thread(child.uid).parent == node.logbook.entry(parent.uid)


def test_a_correction_keeps_the_number_and_the_struck_version(node: Node, who: Identity) -> None:
    entry = node.logbook.publish(Content(text="12 blessés"), who)
    corrected = node.logbook.correct(entry.uid, Content(text="2 blessés"), "faute de frappe", who)
    assert (corrected.number, corrected.version, corrected.lifecycle) == (1, 2, Lifecycle.CORRECTED)
    old, new = node.logbook.history(entry.uid)
    assert (old.content.text, new.content.text) == ("12 blessés", "2 blessés")
    assert new.reason == "faute de frappe"


def test_a_correction_that_changes_nothing_is_refused(node: Node, who: Identity) -> None:
    entry = node.logbook.publish(Content(text="12 blessés"), who)
    with pytest.raises(BeffroiError, match="Rien n’a changé"):
        node.logbook.correct(entry.uid, entry.content, "pour rien", who)
    assert node.logbook.entry(entry.uid).version == 1


def test_a_published_attachment_cannot_be_taken_away(node: Node, who: Identity) -> None:
    ref = node.attachments.add_bytes("a.txt", b"bonjour", who)
    entry = node.logbook.publish(Content(text="x", attachments=(ref,)), who)
    with pytest.raises(BeffroiError, match="annulez"):
        node.logbook.correct(entry.uid, Content(text="y"), "r", who)
    with pytest.raises(BeffroiError, match="annulez"):
        node.logbook.qualify(entry.uid, {"attachments": []}, who)


def test_a_correction_without_a_reason_is_refused(node: Node, who: Identity) -> None:
    entry = node.logbook.publish(Content(text="x"), who)
    with pytest.raises(BeffroiError, match="motif"):
        node.logbook.correct(entry.uid, Content(text="y"), "  ", who)
    with pytest.raises(BeffroiError, match="motif"):
        node.logbook.void(entry.uid, "", who)


def test_a_void_entry_stays_and_can_only_be_completed(node: Node, who: Identity) -> None:
    entry = node.logbook.publish(Content(text="x"), who)
    node.logbook.void(entry.uid, "saisie en double", who)
    assert node.logbook.entry(entry.uid).lifecycle == Lifecycle.VOID
    assert node.logbook.history(entry.uid)[-1].reason == "saisie en double"
    for act in (
        lambda: node.logbook.void(entry.uid, "encore", who),
        lambda: node.logbook.correct(entry.uid, Content(text="y"), "r", who),
        lambda: node.logbook.qualify(entry.uid, {"gravity": 1}, who),
    ):
        with pytest.raises(BeffroiError, match="annulée"):
            act()
    node.logbook.complete(entry.uid, Content(text="pourquoi"), who)


def test_qualifying_assesses_without_touching_the_words(node: Node, who: Identity) -> None:
    entry = node.logbook.publish(Content(text="x"), who)
    done = node.logbook.qualify(
        entry.uid,
        {"gravity": 3, "tags": ["TRA.FERRE"], "source_grade": "B", "impacts": {"human": 2}},
        who,
        qualification=Qualification.QUALIFIED,
    )
    assert (done.content.gravity, done.content.tags) == (3, ("TRA.FERRE",))
    assert (done.qualification, done.version) == (Qualification.QUALIFIED, 1)
    assert done.qualified_time == node.clock.now()
    for forbidden in ({"text": "y"}, {"parent": "z"}):
        with pytest.raises(BeffroiError, match="Corriger"):
            node.logbook.qualify(entry.uid, forbidden, who)


def test_a_marking_and_a_given_time_change_only_by_correction(node: Node, who: Identity) -> None:
    entry = node.logbook.publish(Content(text="x", event_time=1, marking=Marking.DR_SF), who)
    for change in ({"marking": "NP"}, {"event_time": 2}, {"event_time": None}):
        with pytest.raises(BeffroiError, match="Corriger"):
            node.logbook.qualify(entry.uid, change, who)


def test_qualifying_with_nothing_new_writes_nothing(node: Node, who: Identity) -> None:
    entry = node.logbook.publish(Content(text="x", gravity=2), who)
    before = node.journal.waiting()
    assert node.logbook.qualify(entry.uid, {"gravity": 2}, who) == entry
    assert node.journal.waiting() == before


def test_nonsense_is_refused_with_a_remedy(node: Node, who: Identity) -> None:
    entry = node.logbook.publish(Content(text="x"), who)
    for changes in ({"gravity": "beaucoup"}, {"tags": 3}, {"lon": 1.0}, {"impacts": {"x": 1}}):
        with pytest.raises(BeffroiError):
            node.logbook.qualify(entry.uid, changes, who)
    with pytest.raises(BeffroiError, match="actualisez"):
        node.logbook.complete("nowhere", Content(text="x"), who)
    with pytest.raises(BeffroiError, match="pièce jointe"):
        node.logbook.publish(Content(text="x" * 10_000_000), who)


def test_credibility_one_needs_an_independent_source(
    node: Node, who: Identity, other: Identity
) -> None:
    lb = node.logbook
    entry = lb.publish(Content(text="Sabotage signalé", origin="M. Durand"), other)
    echo = lb.publish(Content(text="Sabotage !", origin="m. durand"), other)
    seen = lb.publish(Content(text="Flammes vues", organisation="DGGN"), who)
    with pytest.raises(BeffroiError, match="indépendante"):
        lb.qualify(entry.uid, {"credibility": 1}, who)
    for wrong, why in ((entry.uid, "introuvable"), ("?", "introuvable"), (echo.uid, "même source")):
        with pytest.raises(BeffroiError, match=why):
            lb.qualify(entry.uid, {"credibility": 1, "corroborated_by": wrong}, who)
    done = lb.qualify(entry.uid, {"credibility": 1, "corroborated_by": seen.uid}, who)
    assert done.content.credibility == 1
    with pytest.raises(BeffroiError, match="même source"):
        lb.qualify(entry.uid, {"organisation": "DGGN", "origin": ""}, who)
    lb.void(seen.uid, "erreur", who)
    with pytest.raises(BeffroiError, match="annulée"):
        lb.qualify(echo.uid, {"credibility": 1, "corroborated_by": seen.uid}, who)


def test_listeners_hear_what_was_stored(node: Node, who: Identity, other: Identity) -> None:
    heard: list[object] = []
    listen = heard.append

    def on_added(change: EntryAdded) -> None:
        listen(("added", change.entry.label))

    def on_changed(change: EntryChanged) -> None:
        listen(("changed", change.entry.label))

    node.feed.subscribe(EntryAdded, on_added)
    node.feed.subscribe(EntryChanged, on_changed)
    entry = node.logbook.publish(Content(text="x"), who)
    node.logbook.complete(entry.uid, Content(text="y"), other)
    with node.store.write():
        node.logbook.qualify(entry.uid, {"gravity": 1}, who)
        assert len(heard) == 3, "an outer transaction announces only when it is committed"
    assert heard == [
        ("added", "MC-2024-000001"),
        ("added", "MC-2024-000002"),
        ("changed", "MC-2024-000001"),
        ("changed", "MC-2024-000001"),
    ]


def test_many_entries_arrive_in_order_with_their_times(
    node: Node, who: Identity, other: Identity
) -> None:
    told: list[int] = []

    def on_many(change: ManyEntriesAdded) -> None:
        told.append(change.count)

    node.feed.subscribe(ManyEntriesAdded, on_many)
    start = node.clock.now() - 10_000_000
    drafts = [
        Draft(content=Content(text=f"ligne {n}"), who=other, entered_time=start + n // 7)
        for n in range(1201)
    ]
    assert node.logbook.publish_many(drafts, who) == 1201
    assert told == [1201]
    with node.store.read() as connection:
        rows = connection.execute(
            "SELECT number, author, entered_time FROM entry ORDER BY rid"
        ).fetchall()
    assert [row[0] for row in rows] == list(range(1, 1202))
    assert {row[1] for row in rows} == {"m.leroy"}
    assert rows[700][2] == start + 100
    assert node.journal.verify() is None


def test_imported_entries_may_refer_to_one_another(node: Node, who: Identity) -> None:
    drafts = [
        Draft(content=Content(text="un", organisation="SNCF"), who=who, uid="a"),
        Draft(content=Content(text="deux", parent="a"), who=who, uid="b"),
        Draft(content=Content(text="trois", credibility=1, corroborated_by="a"), who=who, uid="c"),
    ]
    assert node.logbook.publish_many(drafts) == 3
    assert node.logbook.thread("a").children[0].uid == "b"
    with pytest.raises(BeffroiError, match="actualisez"):
        node.logbook.publish_many([Draft(content=Content(text="x", parent="?"), who=who)])


def test_the_same_entry_is_never_published_twice(node: Node, who: Identity) -> None:
    node.logbook.publish(Content(text="x"), who, uid="a")
    with pytest.raises(BeffroiError, match="déjà publiée"):
        node.logbook.publish(Content(text="x"), who, uid="a")
    assert node.logbook.publish(Content(text="y"), who).number == 2


def test_an_act_that_fails_inside_a_batch_leaves_no_trace(node: Node, who: Identity) -> None:
    with node.store.write():
        node.logbook.publish(Content(text="un"), who)
        with pytest.raises(BeffroiError):
            node.logbook.publish(Content(text=""), who)
        node.logbook.publish(Content(text="deux"), who)
    assert node.logbook.total() == 2
    assert node.journal.verify() is None


def test_an_entry_is_found_by_the_number_people_say(node: Node, who: Identity) -> None:
    entry = node.logbook.publish(Content(text="x"), who)
    for said in ("1", "n° 1", "N°1", "000001", "MC-2024-1", "mc-2024-000001", " MC-2024-000001 "):
        assert node.logbook.by_number(said) == entry, said
    for said in ("2", "", "abc", "MC-2023-000001", "9" * 40):
        assert node.logbook.by_number(said) is None, said


def test_entries_come_in_the_order_asked(node: Node, who: Identity) -> None:
    made = [node.logbook.publish(Content(text=str(n)), who) for n in range(5)]
    rids = [made[n].rid for n in (3, 0, 4)]
    assert [e.content.text for e in node.logbook.entries([*rids, -1])] == ["3", "0", "4"]
    assert node.logbook.entry_at(made[2].rid) == made[2]
    with pytest.raises(BeffroiError, match="actualisez"):
        node.logbook.entry_at(12)
    assert [e.rid for e in made] == sorted(e.rid for e in made)


def test_names_written_once_are_offered_again(node: Node, who: Identity, other: Identity) -> None:
    node.logbook.publish(Content(text="x", for_action=("COD 13",)), who)
    node.logbook.publish(Content(text="x"), who)
    entry = node.logbook.publish(Content(text="x"), other)
    assert node.logbook.posts() == ["Chef de salle", "COD 13", "OL-SNCF"]
    assert node.logbook.organisations() == ["CNCS", "SNCF"]
    node.logbook.qualify(entry.uid, {"for_info": ["COD 13", "SDIS 93"]}, who)
    node.logbook.qualify(entry.uid, {"gravity": 2}, who)
    assert node.logbook.posts() == ["COD 13", "Chef de salle", "OL-SNCF", "SDIS 93"]
