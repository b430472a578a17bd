"""Whatever is brought is read, or refused in one sentence, within 5 seconds and 300 MB.

The corpus is `tests/data/hostile` (see its README); the bombs are made here, by `hostile/bombs.py`.
"""

import io
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from beffroi.errors import BeffroiError
from beffroi.sources.guard import Guard, Limits
from beffroi.sources.understood import Understood
from tests.plugins.conftest import DATA, FEEDS
from tests.plugins.hostile import archives
from tests.plugins.hostile.bombs import SECRET, bombs

CORPUS = DATA / "hostile"
LIMITS = Limits(seconds=5.0, memory=300 * 1024 * 1024)
SAMPLES = sorted(f.relative_to(CORPUS).as_posix() for f in CORPUS.glob("*/*") if f.is_file())
BOMBS = [name for name, _made in bombs(Path("/nowhere"))]


@pytest.fixture(scope="module")
def guard() -> Iterator[Guard]:
    with Guard(1) as guard:
        yield guard


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("machine") / "secret.txt"
    file.write_text(SECRET, encoding="utf-8")
    return file


def outcome(guard: Guard, data: bytes, name: str, **options: int) -> Understood | str:
    """What was understood, or the sentence of the refusal."""
    begun = time.monotonic()
    try:
        found: Understood | str = guard.read(data=data, name=name, limits=LIMITS, options=options)
    except BeffroiError as refusal:
        found = str(refusal)
        assert found.endswith((".", "»", "!")), found
        assert "\n" not in found
        assert len(found) < 500
    # a reader that was killed is replaced: loading it again is not reading
    assert time.monotonic() - begun < LIMITS.seconds + 20
    return found


@pytest.mark.parametrize("name", SAMPLES)
def test_a_broken_sample_is_read_or_refused_in_one_sentence(guard: Guard, name: str):
    outcome(guard, (CORPUS / name).read_bytes(), Path(name).name)


def test_what_is_no_json_is_never_taken_for_data(guard: Guard):
    with zipfile.ZipFile(CORPUS / "jsontestsuite.zip") as suite:
        for name in suite.namelist():
            found = outcome(guard, suite.read(name), name)
            assert isinstance(found, str) or not name.startswith("n_"), name


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_read_or_refused_in_one_sentence(guard: Guard, secret: Path, name: str):
    made = dict(bombs(secret))[name]
    found = outcome(guard, made(), name)
    assert SECRET not in (found if isinstance(found, str) else repr(found))


@pytest.mark.parametrize(
    "name",
    [
        "laughs.xml", "quadratic.xml", "cyclic.xml", "parameter.xml", "file-entity.xml",
        "http-entity.xml", "utf16.xml", "deep.json", "deep-objects.json", "deep.xml",
        "bomb.json.gz", "blanks.zip", "declared-10-gigas.zip", "many.zip", "absurd.pmtiles",
        "overlapping.zip", "workbook.xlsx",
    ],
)  # fmt: skip
def test_what_can_only_be_meant_to_harm_is_refused(guard: Guard, secret: Path, name: str):
    assert isinstance(outcome(guard, dict(bombs(secret))[name](), name), str)


def test_no_name_in_an_archive_leads_out_of_it(guard: Guard, secret: Path):
    made = dict(bombs(secret))
    for name in [f"path-{n}.zip" for n in range(len(archives.PATHS))]:
        found = outcome(guard, made[name](), name)
        assert isinstance(found, str)
        assert "chemin interdit" in found
    assert "root:" not in repr(outcome(guard, made["link.zip"](), "link.zip"))


def test_a_link_of_kml_is_never_followed(guard: Guard, secret: Path):
    for kind in ("file", "http"):
        found = outcome(guard, dict(bombs(secret))[f"{kind}-link.kml"](), "a.kml")
        assert isinstance(found, Understood)
        assert found.located == 1, "the placemark beside the link is read"


def test_a_repeat_that_never_ends_is_told_once(guard: Guard):
    text = (
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:16010101T000000\r\n"
        "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    found = outcome(guard, text.encode(), "a.ics", repeat_days=366)
    assert isinstance(found, Understood)
    assert found.read <= 1


def test_the_reader_is_as_good_as_new_after_all_that(guard: Guard):
    found = outcome(guard, b'{"type":"Point","coordinates":[2.3,48.9]}', "a.geojson")
    assert isinstance(found, Understood)
    assert found.located == 1


def test_archives_that_only_look_strange_are_read(guard: Guard):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("données/été.geojson", '{"type":"Point","coordinates":[2.3,48.9]}')
    found = outcome(guard, held.getvalue(), "été.zip")
    assert isinstance(found, Understood)


@pytest.mark.skipif(not FEEDS.exists(), reason="the feeds are not on this machine")
def test_the_samples_that_may_not_be_kept_here_are_tried_too(guard: Guard):
    kept = {Path(name).name for name in SAMPLES}
    for file in sorted((FEEDS / "hostile").rglob("*")):
        if file.is_file() and file.parent.name != "json" and file.name not in kept:
            outcome(guard, file.read_bytes(), file.name)
