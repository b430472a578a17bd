"""Every plugin that reads a format keeps the contract that an integrator would read."""

from typing import cast

import pytest

from beffroi.errors import BeffroiError
from beffroi.plugin import Format, Reading, Record, Sample
from beffroi.sources.manifests import BadManifest, Manifest, read_manifest
from beffroi.sources.recognising import candidates
from beffroi.sources.registry import formats, module_of, reader_of, transports
from tests.plugins.conftest import DATA, sample_of

KINDS = {"xml", "html", "json", "jsonl", "zip", "sqlite", "text", "image", "pdf", "ole", "binary"}
STRANGE = {
    "nothing": b"",
    "blank": b" \r\n\t ",
    "words": "Le pont est fermé.\n".encode(),
    "xml": b"<a><b c='d'>e</b></a>",
    "broken xml": b"<a><b>",
    "page": b"<!DOCTYPE html><html><body>404</body></html>",
    "object": b'{"a": {"b": [1, 2, null]}, "type": 3, "features": "none"}',
    "list": b'[1, "two", null, [], {}]',
    "broken json": b'{"type": "FeatureCollection", "features": [',
    "lines": b'{"a": 1}\n{"a": 2}\nnot json\n',
    "zip": b"PK\x05\x06" + bytes(18),
    "broken zip": b"PK\x03\x04" + bytes(40),
    "sqlite": b"SQLite format 3\x00" + bytes(100),
    "binary": bytes(range(256)) * 4,
    "protobuf": b"\x0a\x0d\x0a\x03\x32\x2e\x30\x10\x00\x18\xff\xff\xff\xff\xff\x01",
    "table": b"a;b;c\n1;2;3\n",
    "nul": b"\x00" * 300,
    "utf16": "<a/>".encode("utf-16"),
}

each_format = pytest.mark.parametrize("manifest", formats(), ids=lambda manifest: manifest.id)


@each_format
def test_a_plugin_says_what_it_is(manifest: Manifest):
    assert manifest.title_fr.strip()
    assert manifest.title_en.strip()
    assert manifest.words
    assert manifest.kinds
    assert manifest.kinds <= KINDS
    assert all(name.startswith(".") for name in manifest.extensions)
    assert reader_of(manifest.id) is manifest


@each_format
def test_a_plugin_looks_at_anything_without_failing_and_takes_no_stranger(manifest: Manifest):
    plugin = cast(Format, module_of(manifest))
    for name, data in STRANGE.items():
        sample = Sample(data=data, name=f"{name}.bin")
        if sample.kind in manifest.kinds:
            try:
                certainty = plugin.recognise(sample)
            except BeffroiError:
                continue  # bytes that no view can be made of
            assert 0 <= certainty <= 1, name


@each_format
def test_a_plugin_reads_anything_or_refuses_in_one_sentence(manifest: Manifest):
    plugin = cast(Format, module_of(manifest))
    for name, data in STRANGE.items():
        try:
            reading = plugin.read(Sample(data=data, name=name), {})
            assert isinstance(reading, Reading), name
            assert all(isinstance(record, Record) for record in reading.records)
        except BeffroiError as refusal:
            words = str(refusal)
            assert words.endswith((".", "»")), (name, words)
            assert "\n" not in words


@each_format
def test_a_plugin_recognises_its_own_samples_before_all_others(manifest: Manifest):
    for file in sorted((DATA / manifest.id).glob("*")):
        if file.is_file() and file.suffix not in {".md", ".cpg", ".dbf", ".prj", ".shx"}:
            found = candidates(sample_of(file))
            assert found, file.name
            assert found[0].manifest.id == manifest.id, file.name


@pytest.mark.parametrize("manifest", transports(), ids=lambda manifest: manifest.id)
def test_a_transport_says_what_it_is_and_how_it_delivers(manifest: Manifest):
    module = module_of(manifest)
    assert manifest.title_fr.strip()
    assert manifest.title_en.strip()
    assert not manifest.words
    assert callable(module.deliveries)
    assert isinstance(module.STREAM, bool)


@pytest.mark.parametrize(
    "words",
    [
        'id = "x"',
        'id = "Trop beau" \napi = 1\nkind = "format"\nmodule = "a"\n[title]\nfr = "a"\nen = "a"',
        'id = "xy"\napi = 2\nkind = "format"\nmodule = "a"\n[title]\nfr = "a"\nen = "a"',
        'id = "xy"\napi = 1\nkind = "virus"\nmodule = "a"\n[title]\nfr = "a"\nen = "a"',
        'id = "xy"\napi = 1\nkind = "format"\nmodule = "os; rm"\n[title]\nfr = "a"\nen = "a"',
        "not toml at all",
    ],
)
def test_a_badly_declared_plugin_is_told_to_who_writes_it(tmp_path, words: str):
    file = tmp_path / "plugin.toml"
    file.write_text(words, encoding="utf-8")
    with pytest.raises(BadManifest):
        read_manifest(file)
