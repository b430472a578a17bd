"""Links, dossiers, figures and follow-ups hang from entries."""

import pytest

from beffroi.errors import BeffroiError
from beffroi.journal import Identity
from beffroi.logbook.dossiers import DossierStatus
from beffroi.logbook.entry import Content, Entry, LinkKind, Marking, Qualification
from beffroi.logbook.followups import FollowUpStatus
from beffroi.node import Node


@pytest.fixture
def two(node: Node, who: Identity) -> tuple[Entry, Entry]:
    return (
        node.logbook.publish(Content(text="Incendie"), who),
        node.logbook.publish(Content(text="Fumée"), who),
    )


def test_a_link_shows_at_both_ends(node: Node, who: Identity, two: tuple[Entry, Entry]) -> None:
    fire, smoke = two
    node.logbook.link(smoke.uid, LinkKind.CONFIRMS, fire.uid, who)
    outward = node.logbook.thread(smoke.uid).links_out
    inward = node.logbook.thread(fire.uid).links_in
    assert [(kind, e.uid) for kind, e in outward] == [(LinkKind.CONFIRMS, fire.uid)]
    assert [(kind, e.uid) for kind, e in inward] == [(LinkKind.CONFIRMS, smoke.uid)]
    assert node.logbook.entry(fire.uid).links == node.logbook.entry(smoke.uid).links == 1
    node.logbook.unlink(smoke.uid, LinkKind.CONFIRMS, fire.uid, who)
    assert node.logbook.entry(fire.uid).links == 0
    assert node.logbook.thread(smoke.uid).links_out == ()


def test_a_link_is_made_once_and_between_two(
    node: Node, who: Identity, two: tuple[Entry, Entry]
) -> None:
    fire, smoke = two
    node.logbook.link(smoke.uid, LinkKind.CAUSES, fire.uid, who)
    with pytest.raises(BeffroiError, match="existe déjà"):
        node.logbook.link(smoke.uid, LinkKind.CAUSES, fire.uid, who)
    with pytest.raises(BeffroiError, match="elle-même"):
        node.logbook.link(fire.uid, LinkKind.CAUSES, fire.uid, who)
    with pytest.raises(BeffroiError, match="n’existe plus"):
        node.logbook.unlink(smoke.uid, LinkKind.FOLLOWS, fire.uid, who)


def test_a_duplicate_is_marked_as_one(node: Node, who: Identity, two: tuple[Entry, Entry]) -> None:
    fire, smoke = two
    node.logbook.link(smoke.uid, LinkKind.DUPLICATES, fire.uid, who)
    assert node.logbook.entry(smoke.uid).qualification == Qualification.DUPLICATE
    assert node.logbook.entry(fire.uid).qualification == Qualification.RAW


def test_a_dossier_gathers_entries_in_time_order(
    node: Node, who: Identity, two: tuple[Entry, Entry]
) -> None:
    fire, smoke = two
    dossier = node.logbook.open_dossier("Sabotage LGV", [smoke.uid, fire.uid], 3, who)
    assert (dossier.number, dossier.status) == (1, DossierStatus.OPEN)
    assert dossier.entries == (fire.uid, smoke.uid)
    assert node.logbook.entry(fire.uid).dossiers == (dossier.uid,)
    edited = node.logbook.edit_dossier(
        dossier.uid, who, remove=[fire.uid], title="Sabotages", gravity=4, status="monitored"
    )
    assert (edited.title, edited.gravity, edited.status) == ("Sabotages", 4, "monitored")
    assert edited.entries == (smoke.uid,)
    assert node.logbook.entry(fire.uid).dossiers == ()
    assert node.logbook.dossiers() == [edited]
    assert node.logbook.thread(smoke.uid).dossiers == (edited,)


def test_a_dossier_refuses_nonsense(node: Node, who: Identity) -> None:
    with pytest.raises(BeffroiError, match="titre"):
        node.logbook.open_dossier("  ", [], 0, who)
    with pytest.raises(BeffroiError, match="gravité"):
        node.logbook.open_dossier("x", [], 9, who)
    with pytest.raises(BeffroiError, match="entrée"):
        node.logbook.open_dossier("x", ["nowhere"], 0, who)
    dossier = node.logbook.open_dossier("x", [], 0, who)
    with pytest.raises(BeffroiError, match="clos"):
        node.logbook.edit_dossier(dossier.uid, who, status="finished")
    with pytest.raises(BeffroiError, match="dossier"):
        node.logbook.dossier("nowhere")


def test_contradictory_figures_stay_until_someone_arbitrates(node: Node, who: Identity) -> None:
    lb = node.logbook
    dossier = lb.open_dossier("Malaise voyageurs", [], 2, who).uid
    at = node.clock.now()
    sncf = lb.record_figure(dossier, "Trains supprimés", "12", "", "SNCF", at, who)
    assert not lb.figures(dossier)[0].conflict
    prefet = lb.record_figure(dossier, "trains supprimés", "15", "", "Préfecture", at + 1, who)
    (indicator,) = lb.figures(dossier)
    assert indicator.conflict
    assert [f.value for f in indicator.figures] == ["15", "12"]
    lb.arbitrate(dossier, "Trains supprimés", "12 à 15", "périmètres", (sncf.uid, prefet.uid), who)
    (indicator,) = lb.figures(dossier)
    assert indicator.arbitration is not None
    assert (indicator.arbitration.kept, indicator.conflict) == ("12 à 15", False)
    lb.record_figure(dossier, "Trains supprimés", "20", "", "SNCF", at + 2, who)
    assert lb.figures(dossier)[0].conflict, "a new value reopens the question"


def test_the_same_source_corrects_itself_without_conflict(node: Node, who: Identity) -> None:
    lb = node.logbook
    dossier = lb.open_dossier("Bilan", [], 2, who).uid
    for hour, value in enumerate(("1", "3", "4")):
        lb.record_figure(dossier, "UA", value, "personnes", "SAMU", hour, who, provisional=True)
    (indicator,) = lb.figures(dossier)
    assert not indicator.conflict
    assert indicator.figures[0].value == "4"
    assert indicator.figures[0].provisional


def test_figures_refuse_nonsense(node: Node, who: Identity) -> None:
    lb = node.logbook
    dossier = lb.open_dossier("Bilan", [], 2, who).uid
    with pytest.raises(BeffroiError, match="source"):
        lb.record_figure(dossier, "UA", "3", "", "", 0, who)
    with pytest.raises(BeffroiError, match="dossier"):
        lb.record_figure("nowhere", "UA", "3", "", "SAMU", 0, who)
    with pytest.raises(BeffroiError, match="pesés"):
        lb.arbitrate(dossier, "UA", "3", "parce que", (), who)


def test_a_followup_goes_from_open_to_done(
    node: Node, who: Identity, two: tuple[Entry, Entry]
) -> None:
    entry, _smoke = two
    due = node.clock.now() + 3_600_000
    followup = node.logbook.open_followup(entry.uid, "OL-SNCF", due, "Rappeler le CNO", who)
    assert followup.status == FollowUpStatus.OPEN
    assert not followup.late(node.clock.now())
    assert followup.late(due + 1)
    assert node.logbook.entry(entry.uid).followup == "open"
    taken = node.logbook.update_followup(followup.uid, "acknowledged", who)
    assert node.logbook.entry(entry.uid).followup == "acknowledged"
    assert node.logbook.followups() == [taken]
    done = node.logbook.update_followup(followup.uid, "done", who, note="fait à 10 h")
    assert not done.late(due + 1)
    assert node.logbook.entry(entry.uid).followup == "done"
    assert node.logbook.followups() == []
    assert node.logbook.followups(open_only=False) == [done]
    assert node.logbook.update_followup(followup.uid, "open", who).note == "fait à 10 h"


def test_the_most_pressing_followup_shows_on_the_entry(
    node: Node, who: Identity, two: tuple[Entry, Entry]
) -> None:
    entry, _smoke = two
    late = node.logbook.open_followup(entry.uid, "OL-SNCF", 1, "a", who)
    whenever = node.logbook.open_followup(entry.uid, "OL-SNCF", None, "b", who)
    assert [f.uid for f in node.logbook.followups(entry=entry.uid)] == [late.uid, whenever.uid]
    node.logbook.update_followup(late.uid, "done", who)
    assert node.logbook.entry(entry.uid).followup == "open"


def test_followups_refuse_nonsense(node: Node, who: Identity, two: tuple[Entry, Entry]) -> None:
    entry, _smoke = two
    with pytest.raises(BeffroiError, match="poste"):
        node.logbook.open_followup(entry.uid, " ", None, "x", who)
    with pytest.raises(BeffroiError, match="texte"):
        node.logbook.open_followup(entry.uid, "P", None, " ", who)
    followup = node.logbook.open_followup(entry.uid, "P", None, "x", who)
    with pytest.raises(BeffroiError, match="close"):
        node.logbook.update_followup(followup.uid, "later", who)
    with pytest.raises(BeffroiError, match="500 caractères"):
        node.logbook.update_followup(followup.uid, "done", who, note="x" * 501)
    with pytest.raises(BeffroiError, match="500 caractères"):
        node.logbook.open_dossier("x" * 501, [], 0, who)
    with pytest.raises(BeffroiError, match="pourquoi"):
        node.logbook.update_followup(followup.uid, "dropped", who)
    with pytest.raises(BeffroiError, match="suite"):
        node.logbook.followup("nowhere")


def test_what_hangs_from_a_sensitive_entry_is_as_sensitive(node: Node, who: Identity) -> None:
    plain = node.logbook.publish(Content(text="Ordinaire"), who)
    secret = node.logbook.publish(Content(text="Sensible", marking=Marking.DR_SF), who)
    low = node.logbook.publish(Content(text="Public", marking=Marking.NP), who)
    before = len(list(node.journal.replay()))
    book = node.logbook
    book.link(plain.uid, LinkKind.FOLLOWS, secret.uid, who)
    book.unlink(plain.uid, LinkKind.FOLLOWS, secret.uid, who)
    followup = book.open_followup(secret.uid, "OL-SNCF", None, "rappeler", who)
    book.update_followup(followup.uid, FollowUpStatus.DONE, who)
    dossier = book.open_dossier("Affaire", [plain.uid], 2, who)
    book.edit_dossier(dossier.uid, who, add=[secret.uid])
    book.edit_dossier(dossier.uid, who, title="Affaire sensible")
    figure = book.record_figure(dossier.uid, "blessés", "3", "", "SAMU", 1, who)
    book.arbitrate(dossier.uid, "blessés", "3", "une seule source", [figure.uid], who)
    book.link(low.uid, LinkKind.FOLLOWS, plain.uid, who)
    markings = [operation.marking for operation in node.journal.replay()][before:]
    high = ["DR_SF"] * 4
    assert markings == [*high, "DR", "DR_SF", "DR_SF", "DR_SF", "DR_SF", "DR"]
