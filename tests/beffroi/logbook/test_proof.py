"""What lists show is what the journal says, and a row altered behind its back is named."""

import pytest

from beffroi.journal import Identity
from beffroi.logbook.entry import Content, LinkKind, Qualification
from beffroi.logbook.proof import first_unfaithful
from beffroi.node import Node


@pytest.fixture
def busy(node: Node, who: Identity, other: Identity) -> Node:
    """A journal in which everything happened once."""
    book = node.logbook
    first = book.publish(Content(text="Incendie"), who, entered_time=0)
    second = book.publish(Content(text="Fumée"), other, qualification=Qualification.QUALIFIED)
    child = book.complete(first.uid, Content(text="Éteint"), who)
    book.correct(first.uid, Content(text="Incendie maîtrisé"), "précision", who)
    book.qualify(second.uid, {"gravity": 3, "impacts": {"human": 2}}, who)
    book.link(second.uid, LinkKind.DUPLICATES, first.uid, who)
    book.open_followup(first.uid, "OL-SNCF", None, "rappeler", who)
    book.open_dossier("Affaire", [first.uid], 2, who)
    book.void(child.uid, "erreur", who)
    return node


def test_everything_that_happens_stays_true_to_the_journal(busy: Node) -> None:
    assert first_unfaithful(busy.store) is None


@pytest.mark.parametrize(
    ("tampering", "label"),
    [
        ("UPDATE entry SET content = replace(content, 'maîtrisé', 'volontaire')", "000001"),
        ("UPDATE entry SET author = 'm.leroy' WHERE number = 1", "000001"),
        ("UPDATE entry SET lifecycle = 'published' WHERE number = 3", "000003"),
        ("UPDATE entry SET qualification = 'confirmed' WHERE number = 2", "000002"),
        ("UPDATE operation SET payload = '{' WHERE kind = 'entry.publish' AND seq = 2", "000002"),
        ("DELETE FROM operation WHERE kind = 'entry.publish' AND seq = 1", "000001"),
    ],
)
def test_what_was_altered_behind_the_journal_is_named(
    busy: Node, tampering: str, label: str
) -> None:
    with busy.store.write() as connection:
        connection.execute(tampering)
    found = first_unfaithful(busy.store)
    assert found == f"MC-2024-{label}"


def test_an_entry_taken_out_of_the_lists_is_missed(busy: Node) -> None:
    with busy.store.write() as connection:
        (uid,) = connection.execute("SELECT uid FROM entry WHERE number = 2").fetchone()
        connection.execute("DELETE FROM entry WHERE number = 2")
    assert first_unfaithful(busy.store) == uid
