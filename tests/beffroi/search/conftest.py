"""A main courante of a hundred varied entries, shared by the tests that only read it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from beffroi.access import Account
from beffroi.clock import Clock, Millis
from beffroi.logbook.entry import AttachmentRef, Content, Entry, Nature, Qualification
from beffroi.logbook.personal import Personal
from beffroi.logbook.search import Search
from beffroi.node import Node, open_node
from beffroi.profile import ProfileInfo, create_profile
from tests.conftest import CHEAP

NOW = 1_722_024_000_000
HOUR = 3_600_000
SECRET = "mot-de-passe-de-test"
TEXTS = (
    "Incendie place de l’Étoile, fumées visibles depuis Saint-Denis",
    "Œuvre dégradée à l'Hôtel de Ville ; cœur de réseau touché",
    "Panne d’alimentation RER B gare du Nord (A86 saturée)",
    'Colis suspect NEAR AND OR "x" * ^ gare de l\'Est',
    "Inondation St-Denis rue Ste-Anne, 12 évacués",
    "Rassemblement Площадь 東京 naïve ﬁlet km² ½",
    "RAS",
)
PLACES = (
    (None, None), (2.3601, 48.9245), (2.2950, 48.8738), (-149.2667, -17.8667), (179.9, -17.0),
    (-179.9, -17.1), (5.36, 43.26),
)  # fmt: skip
TAGS = ((), ("TRA.FERRE",), ("TRA.ROUTE", "SEC.FEU"), ("SEC",), ("MET.CRUE", "TRA.FERRE"))


@dataclass(slots=True)
class Held(Clock):
    at: int = NOW

    def now(self) -> Millis:
        return Millis(self.at)


@dataclass(frozen=True, slots=True, repr=False)
class Library:
    """The node, its search, and every entry in it."""

    node: Node
    search: Search
    personal: Personal
    clock: Held
    entries: list[Entry]


def content(i: int) -> Content:
    lon, lat = PLACES[i % len(PLACES)]
    return Content(
        text=f"{TEXTS[i * 5 % len(TEXTS)]} {i}",
        nature=tuple(Nature)[i % 9],
        event_time=NOW - (i * 37 % 100) * HOUR - i if i % 6 else None,
        organisation=("", "SNCF", "Préfecture de police")[i % 3],
        tags=TAGS[i % len(TAGS)],
        gravity=i % 5,
        place=("", "Stade de France", "Saint-Étienne")[i % 3],
        lon=lon,
        lat=lat,
        key_event=i % 11 == 0,
        attachments=(AttachmentRef(name="Plan d’évacuation.pdf", url="https://example.org"),)
        if i % 13 == 0
        else (),
    )


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("bibliotheque") / "profil"
    clock = Held()
    claire = Account(name="c.marchand", display="Claire", organisation="", posts=("Chef de salle",))
    marc = Account(name="m.leroy", display="Marc", organisation="SNCF", posts=("OL-SNCF",))
    info = ProfileInfo(title="JOP", workspace="jop")
    cost = CHEAP
    create_profile(folder, info, [(claire, SECRET), (marc, SECRET)], clock, cost=cost)
    node = open_node(folder, "c.marchand", SECRET, clock=clock)
    _fill(node, clock)
    personal = Personal(node.store, "c.marchand", clock)
    search = Search(node.store, personal, clock)
    with node.store.read() as connection:
        rids = [row[0] for row in connection.execute("SELECT rid FROM entry ORDER BY rid DESC")]
    yield Library(node, search, personal, clock, node.logbook.entries(rids))
    node.close()


def _fill(node: Node, clock: Held) -> None:
    marc = node.accounts.identity("m.leroy", "OL-SNCF", "poste-2")
    made = []
    for i in range(105):
        clock.at = NOW - (105 - i) * 60_000
        made.append(node.logbook.publish(content(i), marc if i % 4 else node.who).uid)
    clock.at = NOW
    for i in range(0, 105, 9):
        level = tuple(Qualification)[i // 9 % 6]
        node.logbook.qualify(made[i], {"gravity": 4}, node.who, qualification=level)
    node.logbook.void(made[5], "erreur", node.who)
    node.logbook.correct(made[7], content(50), "précision", node.who)
    node.logbook.open_dossier("Crue de la Seine", made[10:20], 3, node.who)
    node.logbook.open_followup(made[3], "OL-SNCF", NOW - HOUR, "Rappeler", node.who)
    late = node.logbook.open_followup(made[8], "OL-SNCF", NOW + HOUR, "Vérifier", node.who)
    node.logbook.open_followup(made[4], "OL-SNCF", None, "Suivre", node.who)
    node.logbook.update_followup(late.uid, "done", node.who)
