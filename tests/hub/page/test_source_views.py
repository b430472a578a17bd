"""The page tells which sources are not well, and who follows them; never what they are called."""

from beffroi.observations import SourceState
from hub.db import Database
from hub.health.sources import source_facts
from hub.page.source_views import section
from hub.sources.shelf import Lease, Shelf

WS = "jop-2024"


async def test_an_administrator_sees_which_sources_are_not_well(database: Database) -> None:
    assert "Aucune source partagée" in section(await source_facts(database, 5), 5)
    shelf = Shelf(database)
    await shelf.follow(dict.fromkeys(("a", "b", "c"), (WS, f"{WS}/DR_SF")))
    await shelf.put_states({
        "a": SourceState(health="ok"),
        "b": SourceState(health="down", sentence="sig.example ne répond pas : <réessayez>."),
    })  # fmt: skip
    text = section(await source_facts(database, 5), 5)
    for part in (
        "3 sources suivies, 1 à jour", "aucune réplique ne les relit", "en panne",
        "jop-2024/DR_SF", "sig.example ne répond pas : &lt;réessayez&gt;.", "en retard",
    ):  # fmt: skip
        assert part in text, part
    assert text.index("en panne") < text.index("en retard")


async def test_it_says_whether_a_replica_follows_them(database: Database) -> None:
    await Shelf(database).follow({"a": (WS, f"{WS}/NP")})
    assert await Lease(database, "sources", "moi", 30_000).take(1_000)
    assert "une réplique les relit" in section(await source_facts(database, 31_000), 31_000)
    assert "aucune réplique" in section(await source_facts(database, 31_001), 31_001)


async def test_when_all_is_well_one_sentence_says_so(database: Database) -> None:
    shelf = Shelf(database)
    await shelf.follow({"a": (WS, f"{WS}/NP")})
    await shelf.put_states({"a": SourceState(health="ok")})
    text = section(await source_facts(database, 5), 5)
    assert "<table" not in text
    assert "1 source suivie, 1 à jour" in text
