"""The security officer finds what happened at this station, and takes it away as it was."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.access.cef import cef_document, cef_line, json_document
from beffroi.access.station_trail import StationTrail
from beffroi.access.trace import AUDIT, JOURNAL, Trace
from beffroi.access.trail_search import TrailFilter
from beffroi.logbook.content import Content
from beffroi.logbook.labels import label
from beffroi.node import Node


@pytest.fixture
def publish(node: Node):
    return lambda text: node.logbook.publish(Content(text=text), node.who)


@pytest.fixture
def trail(node: Node) -> StationTrail:
    return StationTrail(node.store, label)


def acts(trail: StationTrail, wanted: TrailFilter, obj: str = "") -> list[str]:
    return [trace.action for trace in trail.page(wanted, obj=obj).traces]


def test_accesses_and_changes_are_read_together_newest_first(
    node: Node, clock, publish, trail: StationTrail
) -> None:
    clock.forward(1)
    entry = publish("Train arrêté")
    clock.forward(1)
    node.audit.record(node.who, "read", entry.uid)
    newest, change, *_rest, login = trail.page(TrailFilter()).traces
    assert (newest.action, newest.chain, newest.label) == ("read", AUDIT, entry.label)
    assert (change.action, change.chain, change.object) == ("entry.publish", JOURNAL, entry.uid)
    assert login.action == "login"
    assert "Train" not in "".join(map(str, (newest, change)))


def test_who_read_an_entry_before_a_time_and_who_took_it_away(
    node: Node, clock, publish, trail: StationTrail
) -> None:
    entry = publish("Train arrêté")
    node.audit.record(node.who, "read", entry.uid)
    clock.forward(600)
    limit = clock.now()
    node.audit.record(node.who, "read", entry.uid)
    node.audit.record(node.who, "export", "journal.csv")
    reads = TrailFilter(actions=("read",), until=limit)
    assert [t.at < limit for t in trail.page(reads, obj=entry.label).traces] == [True]
    assert trail.page(reads, obj=entry.uid) == trail.page(reads, obj=entry.label)
    assert acts(trail, TrailFilter(actions=("exp*", "print"))) == ["export"]
    assert acts(trail, TrailFilter(since=limit)) == ["export", "read"]


def test_each_filter_keeps_what_it_names(node: Node, publish, trail: StationTrail) -> None:
    node.audit.record(node.who, "search", "100%_de \\ Ne pas")
    here = node.who
    for wanted in (
        TrailFilter(account=here.account, actions=("search",)),
        TrailFilter(post=here.post[2:].upper(), actions=("search",)),
        TrailFilter(station=here.station[1:], actions=("search",)),
        TrailFilter(text="100%_DE \\"),
    ):
        assert acts(trail, wanted) == ["search"], wanted
    for wanted in (
        TrailFilter(account="autre"),
        TrailFilter(post="Préfet"),
        TrailFilter(station="ailleurs"),
        TrailFilter(text="100%%"),
        TrailFilter(text="100__de"),
        TrailFilter(actions=("searc",)),
        TrailFilter(objects=("rien",)),
    ):
        assert acts(trail, wanted) == [], wanted
    publish("a")
    assert {t.chain for t in trail.page(TrailFilter(chain=JOURNAL)).traces} == {JOURNAL}
    assert {t.chain for t in trail.page(TrailFilter(chain=AUDIT)).traces} == {AUDIT}


def test_pages_follow_one_another_without_hole_or_double(
    node: Node, clock, publish, trail: StationTrail
) -> None:
    for number in range(25):
        node.audit.record(node.who, "read", str(number))
        publish(str(number))
        clock.forward(0.001 * (number % 2))
    whole = trail.page(TrailFilter(), limit=1000).traces
    paged, after = [], None
    while True:
        page = trail.page(TrailFilter(), after=after, limit=7)
        paged += page.traces
        if not page.more:
            break
        after = page.traces[-1].place
    assert paged == whole
    assert list(trail.all(TrailFilter(), limit=7)) == whole[::-1]


def trace(**told) -> Trace:
    return Trace(**{"at": 1_721_995_200_123, "chain": AUDIT, "seq": 7, "account": "c.marchand",
                    "action": "export", **told})  # fmt: skip


def test_a_trace_is_one_line_of_cef() -> None:
    line = cef_line(
        trace(object="a=b\\c\nd|e", post="Chef | salle", detail='{"count":2}', hash="ab"),
        host="hub-1",
    )
    assert line.startswith("CEF:0|Beffroi|Beffroi|")
    assert line.split("|", 4)[4] == (
        "export|Export d’entrées|5|rt=1721995200123 externalId=audit:7 dvchost=hub-1 "
        "suser=c.marchand act=export outcome=success cs1Label=object "
        "cs1=a\\=b\\\\c\\nd|e cs2Label=post cs2=Chef | salle "
        'cs3Label=detail cs3={"count":2} cs4Label=hash cs4=ab'
    )


def test_the_header_of_cef_escapes_its_own_signs() -> None:
    line = cef_line(trace(action="a|b\\c\nd"))
    assert "|a\\|b\\\\c d|" in line


def test_a_refusal_and_a_broken_chain_stand_out_in_cef() -> None:
    assert "|6|" in cef_line(trace(action="login.refused"))
    assert "outcome=failure" in cef_line(trace(action="login.refused"))
    assert "|9|" in cef_line(trace(action="read", flaw="altered"))
    assert "|1|" in cef_line(trace(action="read"))


@given(obj=st.text(), account=st.text(), action=st.text(min_size=1))
def test_whatever_people_typed_a_trace_never_breaks_its_line(obj, account, action) -> None:
    (line,) = cef_document([trace(object=obj, account=account, action=action)], "hub")
    told = line.decode()
    assert told.endswith("\n")
    assert len(told.splitlines()) == 1
    unescaped = told.replace("\\\\", "").replace("\\|", "")
    assert unescaped.startswith("CEF:0|Beffroi|Beffroi|")


def test_json_is_one_document_with_who_made_it() -> None:
    document = b"".join(json_document([trace(seq=1), trace(seq=2)], "hub", 5, "r.ssi"))
    told = json.loads(document)
    assert (told["format"], told["host"], told["made_at"], told["made_by"]) == (
        "beffroi-traces-1", "hub", 5, "r.ssi",
    )  # fmt: skip
    assert [one["seq"] for one in told["traces"]] == [1, 2]
    assert json.loads(b"".join(json_document([], "hub", 5, "r.ssi")))["traces"] == []
