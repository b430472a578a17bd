"""What is shared goes with all it needs; no path, no folder, no key of this machine goes with it."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from beffroi.errors import BeffroiError
from beffroi.node import Node
from beffroi.node.collecting import collecting
from beffroi.node.sharing import share, still_for_all
from beffroi.plugin import Record
from beffroi.sources.definition import source_of
from beffroi.sources.housing import House
from beffroi.sources.orders import Moved, Notice, Told
from beffroi.sources.settings import put_secret, secret_of

KEY = "s3cr3t-de-l-opérateur"


def own(node: Node, **fields: object) -> str:
    return node.sheets.put("source", {"title": "Sites", **fields}, node.who).uid


def test_a_file_shared_later_leaves_its_path_behind(node: Node, tmp_path: Path) -> None:
    file = tmp_path / "sites.csv"
    file.write_text("nom;lat;lon\nJapy;48,8;2,3\n")
    uid = own(node, transport="file", address=str(file), options={"decimal": ","})
    sheet = share(node, uid, marking="NP")
    assert (sheet.shared, sheet.marking) == (True, "NP")
    source = source_of(uid, sheet.fields)
    assert (source.transport, source.address) == ("attachment", "")
    assert source.options == {"decimal": ",", "name": "sites.csv"}
    assert node.attachments.open_bytes(source.attachment) == file.read_bytes()
    assert str(tmp_path) not in written(node)


def test_a_shapefile_goes_with_its_companions(node: Node, tmp_path: Path) -> None:
    for ending in (".shp", ".shx", ".dbf", ".prj"):
        (tmp_path / f"zone{ending}").write_bytes(ending.encode() * 9)
    source = source_of("", share(node, own(node, transport="file", address=str(tmp_path / "zone.shp")), marking="DR").fields)  # fmt: skip
    with zipfile.ZipFile(BytesIO(node.attachments.open_bytes(source.attachment))) as kept:
        assert sorted(kept.namelist()) == ["zone.dbf", "zone.prj", "zone.shp", "zone.shx"]
    assert source.options["name"] == "zone.zip"


@pytest.mark.parametrize(
    ("transport", "address", "shown", "where"),
    [
        ("http", f"https://api.example/v1?apikey={KEY}&zone=75", "https://api.example/v1?zone=75", "query:apikey"),
        ("http", f"https://claire:{KEY}@api.example/v1", "https://api.example/v1", "basic:claire"),
        ("imap", f"imaps://ops:{KEY}@mail.example/INBOX", "imaps://ops@mail.example/INBOX", None),
    ],
)  # fmt: skip
def test_a_key_in_the_address_is_sealed_here_and_not_shared(node: Node, transport: str, address: str, shown: str, where: str | None) -> None:  # fmt: skip
    uid = own(node, transport=transport, address=address)
    source = source_of(uid, share(node, uid, marking="DR").fields)
    assert (source.address, source.options.get("secret_in")) == (shown, where)
    assert secret_of(node.settings, source) == KEY
    assert shown in written(node)
    assert KEY not in written(node)


@pytest.mark.parametrize(
    ("transport", "address"),
    [("websocket", f"wss://flux.example/?token={KEY}"), ("http", f"https://a.example/?key=1&token={KEY}"),
     ("http", f"https://a:b@a.example/?key={KEY}")],
)  # fmt: skip
def test_a_key_that_cannot_be_moved_is_not_shared(node: Node, transport: str, address: str) -> None:
    uid = own(node, transport=transport, address=address)
    with pytest.raises(BeffroiError, match="contient une clé"):
        share(node, uid, marking="DR")
    assert not node.sheets.one(uid).shared
    assert KEY not in written(node)


def test_a_folder_is_not_shared(node: Node, tmp_path: Path) -> None:
    uid = own(node, transport="folder", address=str(tmp_path))
    with pytest.raises(BeffroiError, match="ne se partage pas"):
        share(node, uid, marking="DR")
    assert not node.sheets.one(uid).shared


def written(node: Node) -> str:
    """All that the journal holds of sheets: what others are sent."""
    with node.store.read() as connection:
        rows = connection.execute("SELECT * FROM operation").fetchall()
    return repr(rows)


def followed(node: Node) -> tuple[list[str], list[Told]]:
    told = list[Told]()
    house = House(collecting(node), told.append)
    try:
        titles = [source.title for source in house.sources()]
        assert [source.title for source in house.sources()] == titles
    finally:
        house.close()
    return titles, told


def test_nobody_chooses_a_file_of_another_machine(node: Node) -> None:
    """Others may change a shared sheet, its author's included: /etc/shadow would be read there."""
    own(node, title="Mon fichier", transport="file", address="/etc/hostname")
    for title, transport, address in (
        ("Piège", "file", "/etc/shadow"),
        ("Dossier", "folder", "/etc"),
    ):
        node.sheets.put("source", {"title": title, "transport": transport, "address": address}, node.who, shared=True)  # fmt: skip
    node.sheets.put("source", {"title": "Web", "address": "https://a.example/"}, node.who, shared=True)  # fmt: skip
    titles, _told = followed(node)
    assert sorted(titles) == ["Mon fichier", "Web"]
    trap = next(s for s in node.sheets.all("source") if s.fields["title"] == "Piège")
    with pytest.raises(BeffroiError, match="autre poste"):
        still_for_all(node, trap.uid, trap.fields)


def test_a_source_whose_key_is_elsewhere_is_left_alone_and_said_once(node: Node) -> None:
    uid = own(node, title="À clé", address="https://a.example/")
    node.sheets.put("source", {"secret": f"sources/secret/{uid}"}, node.who, uid=uid)
    titles, told = followed(node)
    assert titles == []
    (notice,) = told
    assert isinstance(notice, Notice)
    assert "demande une clé" in notice.sentence
    put_secret(node.settings, uid, KEY, "https://a.example/")
    assert followed(node) == (["À clé"], [])
    node.sheets.put("source", {"address": "https://evil.example/"}, node.who, uid=uid)
    assert followed(node)[0] == []


def test_the_process_lives_at_the_hour_of_the_profile(node: Node) -> None:
    """A demonstration lives in another year: what it is told now is dated then."""
    house = House(collecting(node), [].append)
    try:
        assert abs(house.means.clock.now() - node.clock.now()) < 60_000
    finally:
        house.close()


def test_what_left_while_nobody_followed_is_forgotten_by_the_next_process(node: Node) -> None:
    kept = own(node, title="Web", address="https://a.example/")
    rows = [Record(id="a", properties={"nom": "a"})]
    for uid in (kept, "parti"):
        node.observations.put(uid, rows, snapshot=True, now=1)
    told = list[Told]()
    house = House(collecting(node), told.append)
    try:
        house.forget_others()
    finally:
        house.close()
    assert {uid: n for uid, n in node.observations.counts().items() if n} == {kept: 1}
    assert told == [Moved(source="parti", seq=0)]


def test_a_calque_whose_tiles_take_a_key_is_not_shared(node: Node) -> None:
    fields = {"title": "Orthos", "kind": "tiles", "options": {"address": f"https://t.example/{{z}}/{{x}}/{{y}}?key={KEY}"}}  # fmt: skip
    uid = node.sheets.put("layer", fields, node.who).uid
    with pytest.raises(BeffroiError, match="gardez ce calque"):
        share(node, uid, marking="DR")
    assert not node.sheets.one(uid).shared
    node.sheets.put("layer", {"options": {"address": "https://t.example/{z}/{x}/{y}"}}, node.who, uid=uid)  # fmt: skip
    assert share(node, uid, marking="DR").shared
