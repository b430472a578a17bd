"""Contents are kept sealed, whole, and readable in part."""

import os
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.attachments.blobs import Blobs, open_blobs
from hub.attachments.sealing import CHUNK, HEAD, TAG, Damaged, Sealer, plain_size

KEY = bytes(range(32))
SIZES = (1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 5 * CHUNK + 7)


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return open_blobs(str(tmp_path / "blobs"), KEY)


def put(blobs: Blobs, data: bytes, pieces: int = 3) -> str:
    digest = sha256(data).hexdigest()
    step = max(1, len(data) // pieces)
    for start in range(0, len(data), step):
        blobs.put_part("up", start, data[start : start + step])
    assert blobs.finish("up", digest)
    return digest


@pytest.mark.parametrize("size", SIZES)
def test_what_is_put_is_read_again(blobs: Blobs, size: int) -> None:
    data = os.urandom(size)
    digest = put(blobs, data)
    assert blobs.size(digest) == size
    assert b"".join(blobs.read(digest, 0, size)) == data
    assert blobs.parts("up") == []


@pytest.mark.parametrize("size", SIZES)
def test_any_part_is_read_by_itself(blobs: Blobs, size: int) -> None:
    data = os.urandom(size)
    digest = put(blobs, data)
    for start in {0, size // 3, max(0, size - 1), min(CHUNK, size - 1)}:
        for end in {start + 1, size, min(size, start + CHUNK)}:
            assert b"".join(blobs.read(digest, start, end)) == data[start:end]


def test_nothing_on_the_disk_tells_what_it_is(blobs: Blobs, tmp_path: Path) -> None:
    data = b"Compte rendu confidentiel " * 10_000
    digest = put(blobs, data)
    for path in tmp_path.rglob("*"):
        assert digest not in path.name
        if path.is_file():
            assert b"confidentiel" not in path.read_bytes()


def test_what_was_changed_on_the_disk_is_not_given(blobs: Blobs, tmp_path: Path) -> None:
    digest = put(blobs, os.urandom(3 * CHUNK))
    path = next(p for p in (tmp_path / "blobs/blobs").rglob("*") if p.is_file())
    good = path.read_bytes()
    step = CHUNK + TAG
    swapped = good[:HEAD] + good[HEAD + step : HEAD + 2 * step] + good[HEAD : HEAD + step]
    for bad in (
        good[:100] + bytes([good[100] ^ 1]) + good[101:],
        good[: HEAD + 2 * step],
        swapped + good[HEAD + 2 * step :],
        b"XXXX" + good[4:],
    ):
        path.write_bytes(bad)
        with pytest.raises(Damaged):
            b"".join(blobs.read(digest, 0, blobs.size(digest) or 0))


def test_an_upload_goes_on_after_a_hole_was_left(blobs: Blobs) -> None:
    blobs.put_part("up", 0, b"abc")
    blobs.put_part("up", 7, b"xyz")
    assert [(part.offset, part.size) for part in blobs.parts("up")] == [(0, 3)]


def test_an_upload_that_is_not_what_it_says_is_dropped(blobs: Blobs) -> None:
    blobs.put_part("up", 0, b"abc")
    assert not blobs.finish("up", sha256(b"abd").hexdigest())
    assert blobs.parts("up") == []


def test_forgotten_uploads_go(blobs: Blobs) -> None:
    blobs.put_part("up", 0, b"abc")
    assert blobs.drop_older(timedelta(days=1)) == 0
    assert blobs.drop_older(timedelta(seconds=-1)) == 1


@given(st.lists(st.binary(max_size=CHUNK // 2), max_size=6))
def test_a_sealed_content_has_the_size_that_its_length_says(pieces: list[bytes]) -> None:
    sealed = b"".join(Sealer(KEY).seal("label", pieces))
    assert plain_size(len(sealed)) == sum(map(len, pieces))
