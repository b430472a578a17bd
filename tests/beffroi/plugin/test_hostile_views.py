"""Views of a sample: whatever the bytes, they answer within limits or refuse in one sentence."""

import gzip
import io
import json
import struct
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.plugin import Book, Sample, Unreadable, archive, flat, kinds
from beffroi.plugin import json as json_view
from beffroi.plugin.encodings import decoded

LAUGHS = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><a>&b;</a>'
OUTSIDE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


def zipped(**files: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in files.items():
            target.writestr(name, data)
    return held.getvalue()


@pytest.mark.parametrize("data", [LAUGHS, OUTSIDE, LAUGHS.decode().encode("utf-16")])
def test_xml_that_defines_entities_is_refused(data: bytes):
    with pytest.raises(Unreadable, match="entités"):
        _ = Sample(data=data).xml


def test_a_doctype_without_entities_is_read_and_nothing_is_loaded():
    data = b'<?xml version="1.0"?><!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd" [<!ELEMENT a ANY>]><a>b</a>'
    assert Sample(data=data).xml.text == "b"


@pytest.mark.parametrize(
    "mark", [b"", b"\xef\xbb\xbf", b"\xef\xbb\xbf\xef\xbb\xbf", b"\n\n ", b"\xff\xfe"]
)
def test_marks_and_blank_lines_before_a_document_mean_nothing(mark: bytes):
    sample = Sample(data=mark + b'<?xml version="1.0" encoding="iso-8859-15"?><a>\xa4</a>')
    assert sample.kind == "xml"
    assert sample.xml.text == "€"
    assert sample.root.local == "a"


def test_the_encoding_is_the_one_that_the_document_declares():
    sample = Sample(data=b'<?xml version="1.0" encoding="iso-8859-15"?><a>\xa4</a>')
    assert sample.encoding == "iso8859-15"
    assert "€" in sample.text


def test_xml_in_another_encoding_than_it_says_is_read_all_the_same():
    sample = Sample(data="<?xml version='1.0' encoding='utf-8'?><a>é</a>".encode("cp1252"))
    assert sample.xml.text == "é"


def test_xml_deeper_than_any_honest_one_is_refused():
    with pytest.raises(Unreadable, match="niveaux"):
        _ = Sample(data=b"<a>" * 220 + b"</a>" * 220).xml


def test_badly_formed_xml_is_refused_and_can_be_recovered_on_demand():
    sample = Sample(data=b"<a><b>1</b><c></a>")
    with pytest.raises(Unreadable, match="ligne 1"):
        _ = sample.xml
    assert sample.xml_recovered.find("b").text == "1"


def test_json_nested_without_end_is_refused_before_anything_recurses():
    with pytest.raises(Unreadable, match="niveaux"):
        _ = Sample(data=b"[" * 100_000).json
    deep = json.dumps({"a": "[" * 500}).encode()
    assert Sample(data=deep).json == {"a": "[" * 500}


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_json_is_read_in_any_encoding(encoding: str):
    document = {"nom": "Élysée – 55", "n": [1, 2, 3]}
    sample = Sample(data=json.dumps(document, ensure_ascii=False).encode(encoding))
    assert sample.kind == "json"
    assert sample.json == document


def test_numbers_that_are_no_json_become_nothing():
    assert Sample(data=b'{"a": NaN, "b": -Infinity}').json == {"a": None, "b": None}


def test_a_gzip_bomb_is_refused_and_an_honest_one_opened():
    assert Sample(data=gzip.compress(b'{"a": 1}')).json == {"a": 1}
    with pytest.raises(Unreadable, match="dépasse"):
        _ = Sample(data=gzip.compress(bytes(60_000_000))).content
    with pytest.raises(Unreadable, match="abîmée"):
        _ = Sample(data=gzip.compress(b"abc" * 1_000)[:40]).content


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a/../../b", "C:\\x", "..\\x"])
def test_an_archive_whose_names_leave_their_folder_is_refused(name: str):
    with pytest.raises(Unreadable, match="interdit"):
        _ = Sample(data=zipped(**{name: b"x"})).archive


def test_a_zip_bomb_is_refused_from_its_index_alone():
    with pytest.raises(Unreadable, match="déploie"):
        _ = Sample(data=zipped(a=bytes(30_000_000))).archive


def test_an_archive_that_lies_about_sizes_is_stopped_while_it_unpacks(monkeypatch):
    data = bytearray(zipped(a=bytes(range(256)) * 4_000))
    monkeypatch.setattr(archive, "MAX_BYTES", 1_000)
    with pytest.raises(Unreadable, match="déploie"):
        Sample(data=bytes(data)).archive.read("a")


def test_too_many_members_are_refused(monkeypatch):
    monkeypatch.setattr(archive, "MAX_MEMBERS", 3)
    with pytest.raises(Unreadable, match="plus de 3 fichiers"):
        _ = Sample(data=zipped(**{str(n): b"" for n in range(4)})).archive


def test_archives_in_archives_are_opened_once_and_no_more():
    inner = zipped(a=b"x")
    middle = Sample(data=zipped(**{"m.zip": zipped(**{"i.zip": inner})}))
    deepest = middle.member("m.zip").member("i.zip")
    with pytest.raises(Unreadable, match="sortez le fichier"):
        deepest.member("a")


@given(st.binary(max_size=300))
def test_no_bytes_ever_break_a_look_at_them(data: bytes):
    sample = Sample(data=data, name="x.gz")
    try:
        kind = sample.kind
    except Unreadable:
        return
    assert kind
    assert isinstance(sample.text, str)
    assert isinstance(sample.head, str)
    assert isinstance(sample.root.local, str)
    assert isinstance(sample.lines, list)


@given(st.binary(max_size=200))
def test_no_archive_ever_breaks_more_than_a_sentence(tail: bytes):
    header = (
        b"PK\x03\x04"
        + tail
        + b"PK\x05\x06"
        + struct.pack(
            "<8x",
        )
        + tail[:14]
    )
    with suppress(Unreadable):
        members = Sample(data=header).archive
        for name in members.names:
            members.read(name)


nested = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=15,
)


@given(st.dictionaries(st.text(max_size=5), nested, max_size=5))
def test_fields_are_always_flat_short_and_plain(told: dict):
    for name, value in flat(told).items():
        assert isinstance(name, str)
        assert value is not None
        assert not isinstance(value, dict | list)
        assert not isinstance(value, float) or value - value == 0
        json.dumps(value).encode("utf-8")


def test_nested_fields_have_paths():
    told = {"a": {"b": 1, "c": [1, 2], "d": [{"x": "é"}]}, "e": None, "f": "x\u202ey\x00z\tw"}
    assert flat(told) == {"a.b": 1, "a.c": "1, 2", "a.d.1.x": "é", "f": "xyz w"}


def test_a_book_says_each_reason_once():
    book = Book()
    for n in range(5):
        book.note(f"ligne {n}", "illisible")
    book.note("ligne 9", "bizarre", lost=False)
    assert [(p.where, p.why, p.count, p.lost) for p in book] == [
        ("ligne 0", "illisible", 5, True), ("ligne 9", "bizarre", 1, False),
    ]  # fmt: skip
    assert book.lost == 5


def test_bad_lines_of_json_are_counted():
    book = Book()
    assert [value for _n, value in json_view.lines('{"a":1}\n{\n[2]\n', book)] == [{"a": 1}, [2]]
    assert book.lost == 1


@given(st.text(max_size=40), st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]))
def test_words_survive_their_encoding(words: str, encoding: str):
    data = words.encode(encoding, "surrogatepass")
    assert isinstance(decoded(data)[0], str)


def test_kinds_are_told_from_the_bytes_whatever_the_name():
    assert kinds.kind_of(b"PK\x03\x04...") == "zip"
    assert kinds.kind_of(b"SQLite format 3\x00") == "sqlite"
    assert kinds.kind_of(b"<!DOCTYPE html><html>") == "html"
    assert kinds.kind_of(b'{"a":1}\n{"a":2}') == "jsonl"
    assert kinds.kind_of(b"a;b\n1;2") == "text"
    assert kinds.kind_of(bytes(range(256))) == "binary"
    assert kinds.kind_of(b" \n") == "empty"
