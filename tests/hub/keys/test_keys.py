"""The hub's keys: made once, kept whole, replaced without locking anyone out."""

import base64
import socket
import ssl
import stat
import threading
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.signing import VerifyKey

from beffroi.clock import Clock
from beffroi.errors import BeffroiError
from hub.keys import Keys
from hub.keys.authority import key_pem, new_key, pem

CLOCK = Clock()
NAMES = ("localhost", "127.0.0.1")


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return Keys.made(tmp_path / "keys", CLOCK)


def request_of(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> str:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Poste 4")])
    made = x509.CertificateSigningRequestBuilder().subject_name(name).sign(key, hashes.SHA256())
    return made.public_bytes(serialization_pem()).decode()


def serialization_pem():  # type: ignore[no-untyped-def]
    from cryptography.hazmat.primitives.serialization import Encoding

    return Encoding.PEM


def station(folder: Path, keys: Keys) -> Path:
    """A station's key and certificate in one file."""
    key = new_key()
    own = keys.authority.station(request_of(key), "device-4")
    path = folder / "station.pem"
    path.write_bytes(key_pem(key) + pem(own))
    return path


def handshake(context: ssl.SSLContext, trusted: str, own: Path | None) -> bytes | None:
    """What the hub sees of the station's certificate; raises when either does not trust."""
    client = ssl.create_default_context(cadata=trusted)
    if own is not None:
        client.load_cert_chain(own)
    here, there = socket.socketpair()
    seen: list[bytes | None] = []

    def serve() -> None:
        try:
            with context.wrap_socket(there, server_side=True) as served:
                seen.append(served.getpeercert(binary_form=True))
                served.sendall(b"ok")
        except OSError:
            there.close()

    server = threading.Thread(target=serve)
    server.start()
    try:
        with client.wrap_socket(here, server_hostname="localhost") as called:
            if called.recv(2) != b"ok":
                raise ssl.SSLError("refused")
            assert called.version() == "TLSv1.3"
    finally:
        here.close()
        server.join(5)
    return seen[0]


def test_nobody_but_its_owner_reads_the_keys(keys: Keys) -> None:
    keys.tls(NAMES)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in keys.folder.path.iterdir()}
    assert modes == {0o600}
    assert stat.S_IMODE(keys.folder.path.stat().st_mode) == 0o700


def test_keys_read_again_are_the_same(keys: Keys) -> None:
    again = Keys(keys.folder.path, CLOCK)
    assert again.authority_print == keys.authority_print
    assert (again.store_key, again.blob_key) == (keys.store_key, keys.blob_key)
    assert again.salvage_public == keys.salvage_public
    assert again.derived("cache", "a") != again.derived("cache", "b") != again.blob_key


def test_a_hub_never_makes_new_keys_over_its_old_ones(keys: Keys) -> None:
    with pytest.raises(BeffroiError, match="a déjà ses clés"):
        Keys.made(keys.folder.path, CLOCK)


@pytest.mark.parametrize("name", ["authority.pem", "seal.json", "master.key", "salvage.key"])
@pytest.mark.parametrize("content", [None, b"", b"\x00" * 40, b"[]", b"zz", b"\xff\xfe"])
def test_a_key_gone_or_damaged_is_one_sentence_with_the_remedy(
    keys: Keys, name: str, content: bytes | None
) -> None:
    path = keys.folder.path / name
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    with pytest.raises(BeffroiError, match="restaurez la dernière sauvegarde"):
        Keys(keys.folder.path, CLOCK)


def test_a_station_and_the_hub_know_each_other_by_tls(keys: Keys, tmp_path: Path) -> None:
    own = station(tmp_path, keys)
    seen = handshake(keys.tls(NAMES), keys.authority_pem, own)
    assert seen == x509.load_pem_x509_certificate(own.read_bytes()).public_bytes(der())


def der():  # type: ignore[no-untyped-def]
    from cryptography.hazmat.primitives.serialization import Encoding

    return Encoding.DER


def test_a_certificate_of_another_authority_does_not_come_in(keys: Keys, tmp_path: Path) -> None:
    stranger = station(tmp_path, Keys.made(tmp_path / "other", CLOCK))
    with pytest.raises((ssl.SSLError, OSError)):
        handshake(keys.tls(NAMES), keys.authority_pem, stranger)


def test_a_browser_without_certificate_still_reaches_the_page(keys: Keys) -> None:
    assert handshake(keys.tls(NAMES), keys.authority_pem, None) is None


def test_older_tls_is_refused(keys: Keys) -> None:
    assert keys.tls(NAMES).minimum_version is ssl.TLSVersion.TLSv1_3


def test_the_server_certificate_follows_the_names_of_the_hub(keys: Keys) -> None:
    keys.tls(NAMES)
    first = (keys.folder.path / "server.pem").read_bytes()
    keys.tls(NAMES)
    assert (keys.folder.path / "server.pem").read_bytes() == first
    keys.tls((*NAMES, "beffroi.pref17.fr"))
    assert (keys.folder.path / "server.pem").read_bytes() != first


def test_the_server_certificate_is_renewed_before_it_ends(keys: Keys) -> None:
    keys.tls(NAMES)
    first = (keys.folder.path / "server.pem").read_bytes()
    later = Keys(keys.folder.path, Clock(lambda: CLOCK.now() + 380 * 86_400_000))
    later.tls(NAMES)
    assert (keys.folder.path / "server.pem").read_bytes() != first


def test_after_a_change_of_authority_old_and_new_stations_come_in(
    keys: Keys, tmp_path: Path
) -> None:
    old_trust, old_station = keys.authority_pem, station(tmp_path, keys)
    keys.rotate_authority()
    again = Keys(keys.folder.path, CLOCK)
    assert again.authority_pem != old_trust
    (tmp_path / "new").mkdir()
    new_station = station(tmp_path / "new", again)
    for trust in (old_trust, again.authority_pem):
        for own in (old_station, new_station):
            assert handshake(again.tls(NAMES), trust, own) is not None


def test_two_changes_of_authority_lock_nobody_out(keys: Keys, tmp_path: Path) -> None:
    old_trust, old_station = keys.authority_pem, station(tmp_path, keys)
    keys.rotate_authority()
    keys.rotate_authority()
    assert handshake(keys.tls(NAMES), old_trust, old_station) is not None


def test_a_stolen_authority_is_forgotten(keys: Keys, tmp_path: Path) -> None:
    old_trust, old_station = keys.authority_pem, station(tmp_path, keys)
    keys.rotate_authority(forget=True)
    with pytest.raises((ssl.SSLError, OSError)):
        handshake(keys.tls(NAMES), keys.authority_pem, old_station)
    with pytest.raises((ssl.SSLError, OSError)):
        handshake(keys.tls(NAMES), old_trust, None)


@pytest.mark.parametrize(
    "request_text",
    ["", "x" * 30_000, "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n",
     request_of(ec.generate_private_key(ec.SECP384R1())), request_of(rsa.generate_private_key(65537, 1024 * 2))],
)  # fmt: skip
def test_a_request_that_is_none_is_refused(keys: Keys, request_text: str) -> None:
    with pytest.raises(BeffroiError, match="demande de certificat"):
        keys.authority.station(request_text, "device-4")


def test_seals_of_before_verify_after_a_change(keys: Keys) -> None:
    signature = keys.seal.sign(b"day 1")
    keys.rotate_seal()
    again = Keys(keys.folder.path, CLOCK)
    assert len(again.seal_publics()) == 2
    assert VerifyKey(again.seal_publics()[1]).verify(b"day 1", signature) == b"day 1"
    assert VerifyKey(again.seal.public).verify(b"day 2", again.seal.sign(b"day 2"))


def test_what_a_lost_cache_seals_only_this_hub_opens(keys: Keys, tmp_path: Path) -> None:
    sealed = SealedBox(PublicKey(base64.b64decode(keys.salvage_public))).encrypt(b"ops")
    assert SealedBox(PrivateKey(keys.salvage_private)).decrypt(sealed) == b"ops"
    other = Keys.made(tmp_path / "other", CLOCK)
    with pytest.raises(CryptoError):
        SealedBox(PrivateKey(other.salvage_private)).decrypt(sealed)
