"""Strangers' bytes are read apart: what hangs or swells is killed, and said in one sentence."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from beffroi import text
from beffroi.errors import BeffroiError
from beffroi.plugin.limits import MEGA
from beffroi.sources import memory
from beffroi.sources.guard import Guard, Limits, read_guarded
from beffroi.sources.manifests import FILE
from beffroi.sources.recognising import warm

EVIL = """
import time

def recognise(sample):
    return 1.0 if sample.head.startswith("EVIL") else 0.0

def read(sample, options):
    match sample.head.split()[1]:
        case "sleeps":
            time.sleep(60)
        case "swells":
            hoard = []
            while True:
                hoard.append(bytearray(8_000_000))
        case "dies":
            import os
            os._exit(3)
        case "recurses":
            return read(sample, options)
    raise RuntimeError("a bug")
"""
MANIFEST = """
id = "evil"
api = 1
kind = "format"
module = "evil_plugin"
[title]
fr = "Piégé"
en = "Trapped"
[format]
kinds = ["text"]
"""


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A plugin of somebody else, installed by an entry point, that does all that it must not."""
    site = tmp_path_factory.mktemp("site")
    package = site / "evil_plugin"
    package.mkdir()
    (package / "__init__.py").write_text(EVIL, encoding="utf-8")
    (package / FILE).write_text(MANIFEST, encoding="utf-8")
    told = site / "evil-1.0.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: evil\nVersion: 1.0\n")
    (told / "entry_points.txt").write_text("[beffroi.plugins]\nevil = evil_plugin\n")
    before = os.environ.get("PYTHONPATH", "")
    os.environ["PYTHONPATH"] = f"{site}{os.pathsep}{before}"
    yield
    os.environ["PYTHONPATH"] = before


@pytest.fixture(scope="module")
def guard(evil: None) -> Iterator[Guard]:
    with Guard(2) as opened:
        yield opened


SHORT = Limits(seconds=1.0, memory=80 * MEGA)
GOOD = b"nom;lat;lon\nA;48,85;2,35\n"


@pytest.mark.parametrize(
    ("does", "words"),
    [
        ("sleeps", "trop long à lire"),
        ("swells", "trop de mémoire"),
        ("dies", "interrompue"),
        ("recurses", "abîmé|trop de mémoire"),
        ("breaks", "abîmé"),
    ],
)
def test_what_a_reader_does_wrong_is_one_sentence_and_the_next_reading_goes_well(
    guard: Guard, does: str, words: str
):
    started = time.monotonic()
    with pytest.raises(BeffroiError, match=words) as refusal:
        guard.read(data=f"EVIL {does}".encode(), limits=SHORT)
    assert str(refusal.value).count(".") == 1
    assert time.monotonic() - started < 30
    assert guard.read(data=GOOD).read == 1


def test_memory_is_bounded_while_a_reader_swells(guard: Guard):
    guard.read(data=GOOD)
    (worker,) = guard._idle[-1:]
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(guard.read, data=b"EVIL swells", limits=SHORT)
        most = 0
        while not coming.done():
            most = max(most, memory.taken(worker._process.pid))
            time.sleep(0.005)
    assert isinstance(coming.exception(), BeffroiError)
    assert most < 400 * MEGA


def test_a_process_that_somebody_killed_is_replaced(guard: Guard):
    assert guard.read(data=GOOD).read == 1
    os.kill(guard._idle[-1]._process.pid, signal.SIGKILL)
    guard._idle[-1]._process.wait()
    assert guard.read(data=GOOD).read == 1


def test_several_threads_read_at_once(guard: Guard):
    tables = [b"nom;lat;lon\n" + b"A;48,85;2,35\n" * n for n in range(1, 9)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda data: guard.read(data=data), tables))
    assert [one.read for one in found] == list(range(1, 9))


def test_a_file_is_read_from_where_it_lies(guard: Guard, tmp_path: Path):
    file = tmp_path / "sites.csv"
    file.write_bytes(GOOD)
    found = guard.read(path=file)
    assert (found.plugin, found.format, found.read, found.located) == ("csv", "csv", 1, 1)
    assert found.box == (2.35, 48.85, 2.35, 48.85)
    with pytest.raises(BeffroiError, match="rien"):
        guard.read(path=tmp_path / "rien.csv")


def test_a_reading_speaks_the_language_of_who_asks(guard: Guard, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(text, "_language", "en")
    assert guard.read(data=GOOD).format_title == "CSV (table as text)"
    monkeypatch.setattr(text, "_language", "fr")
    assert guard.read(data=GOOD).format_title == "CSV (tableau en texte)"


def test_one_reading_needs_no_guard_of_its_own(evil: None):
    assert read_guarded(GOOD, name="sites.csv").format_title == "CSV (tableau en texte)"


def test_limits_grow_with_the_sample_and_have_an_end():
    small, large, vast = (Limits.of(size) for size in (1_000, 20 * MEGA, 10_000 * MEGA))
    assert small.seconds < 5
    assert small.memory <= 160 * MEGA
    assert Limits.of(8 * MEGA).memory >= 35 * 8 * MEGA + 130 * MEGA
    assert large.seconds > 30
    assert vast.seconds <= 180
    assert vast.memory <= 2_048 * MEGA


def test_a_plugin_that_does_not_load_stops_nobody(monkeypatch: pytest.MonkeyPatch):
    from beffroi.sources import recognising

    def broken(_manifest: object) -> None:
        message = "no such module"
        raise ImportError(message)

    monkeypatch.setattr(recognising, "module_of", broken)
    warm("text")
