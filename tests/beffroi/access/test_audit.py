"""The trail keeps who looked at what, and shows any tampering."""

import pytest

from beffroi.access.audit import NOTED_AT_MOST
from beffroi.journal import Identity
from beffroi.node import Node, open_node
from tests.conftest import SECRET, HeldClock


def actions(node: Node) -> list[str]:
    return [line.action for line in node.audit.lines()][::-1]


def test_logins_posts_and_logouts_are_kept(profile_dir, clock: HeldClock) -> None:
    node = open_node(profile_dir, "c.marchand", SECRET, post="Chef de salle", clock=clock)
    node.take_post("Rédacteur main courante")
    assert node.who.post == "Rédacteur main courante"
    node.close()
    node.close()
    node = open_node(profile_dir, "c.marchand", SECRET, clock=clock)
    assert actions(node) == ["login", "post.taken", "logout", "login"]
    assert [line.actor for line in node.audit.lines(action="login")] == ["c.marchand"] * 2
    node.close()


def test_an_export_is_in_the_trail_on_return(node: Node, who: Identity) -> None:
    node.audit.record(who, "export", "MC-2024", rows=12)
    last = next(iter(node.audit.lines()))
    assert (last.action, last.object, last.detail) == ("export", "MC-2024", '{"rows":12}')
    assert node.audit.verify() is None


def test_frequent_reads_are_written_together_within_a_minute(
    node: Node, who: Identity, clock: HeldClock
) -> None:
    for n in range(3):
        node.audit.note(who, "read", f"entry-{n}")
    assert "read" not in actions(node)
    clock.forward(61)
    node.audit.note(who, "read", "entry-3")
    assert actions(node).count("read") == 4
    for n in range(NOTED_AT_MOST):
        node.audit.note(who, "read", f"entry-{n}")
    assert actions(node).count("read") == 4 + NOTED_AT_MOST


def test_leaving_writes_what_was_noted(profile_dir, clock: HeldClock) -> None:
    node = open_node(profile_dir, "c.marchand", SECRET, clock=clock)
    node.audit.note(node.who, "search", "incendie")
    node.close()
    node = open_node(profile_dir, "c.marchand", SECRET, clock=clock)
    assert actions(node) == ["login", "search", "logout", "login"]
    node.close()


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE audit SET actor = 'm.leroy' WHERE seq = 2",
        "UPDATE audit SET at = at + 1 WHERE seq = 1",
        "DELETE FROM audit WHERE seq = 2",
        "DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)",
        "DELETE FROM audit",
        "UPDATE audit SET seq = CASE seq WHEN 2 THEN 30 WHEN 3 THEN 2 ELSE seq END",
    ],
)
def test_any_tampering_shows(node: Node, who: Identity, tampering: str) -> None:
    for n in range(3):
        node.audit.record(who, "read", str(n))
    assert node.audit.verify() is None
    with node.store.write() as connection:
        connection.execute(tampering)
    assert node.audit.verify() is not None


def test_words_that_are_no_text_are_kept_as_far_as_they_are(node: Node, who: Identity) -> None:
    odd = b"caf\xe9.pdf".decode(errors="surrogateescape")
    node.audit.record(who, "export", odd, query=odd)
    last = next(iter(node.audit.lines()))
    assert (last.object, last.detail) == ("caf?.pdf", '{"query":"caf?.pdf"}')
    assert node.audit.verify() is None
