"""Whatever people wrote, every kind of file gives it back."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from beffroi.exchange.columns import COLUMNS
from beffroi.exchange.readers import read
from beffroi.exchange.watermark import Watermark
from beffroi.exchange.writers import writer_of
from beffroi.logbook.content import clean
from beffroi.logbook.entry import Content, Entry, Lifecycle, Qualification

MARK = Watermark(
    title="JOP", workspace="jop", mode="exercise", marking="DR", exported_by="Claire & « co »",
    exported_at=1_721_980_800_000, query="=1", zone="Europe/Paris",
)  # fmt: skip
WORDS = st.text(max_size=60).map(clean).filter(bool)


def entry(text: str, place: str) -> Entry:
    return Entry(
        rid=1, uid="0190ee44-0000-7000-8000-000000000000", journal="MC-2024", number=1,
        label="MC-2024-000001", version=1, entered_time=MARK.exported_at, qualified_time=None,
        author="c.marchand", post="MC", station="s", lifecycle=Lifecycle.PUBLISHED,
        qualification=Qualification.RAW, content=Content(text=text, place=place),
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["csv", "xlsx", "geojson", "gpkg"])
@example([("a\uffffb", "_x0041_"), ("\ufffe", "\x85 \u2028")])
@example([("l'été", "'=1"), ("=1+1", "'"), ("-5 °C", "@ici"), ('a\nb;"c"', ",")])
@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=8))
def test_any_words_survive_any_kind_of_file(kind: str, said: list[tuple[str, str]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"mots.{kind}"
        table = ([(c, c.get(entry(*one))) for c in COLUMNS] for one in said)
        writer_of(path)(path, MARK, table)
        raw = read(path, 100)
    text, place = (
        next(i for i, h in enumerate(raw.headers) if h.lower() in names)
        for names in (("texte", "text"), ("lieu", "place"))
    )
    back = [(cells[text], cells[place]) for _number, cells in raw.rows]
    assert back == [tuple(forbidden(kind, word) for word in one) for one in said]


def forbidden(kind: str, word: str) -> str | None:
    """`word` as that kind of file can hold it: XML knows neither U+FFFE nor U+FFFF."""
    if kind != "xlsx":
        return word
    return word.replace("\ufffe", "").replace("\uffff", "") or None
