"""All keys of a hub, in one folder: made at the first start, read at the others."""

import base64
import os
import ssl
from collections.abc import Sequence
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from nacl.public import PrivateKey

from beffroi.clock import Clock
from beffroi.errors import BeffroiError
from beffroi.text import _
from hub.keys import authority as certificates
from hub.keys.authority import Authority
from hub.keys.folder import KeyFolder, damaged
from hub.keys.seal import Seal

AUTHORITY, TRUSTED, SERVER = "authority.pem", "trusted.pem", "server.pem"
SEAL, MASTER, SALVAGE, STORE = "seal.json", "master.key", "salvage.key", "store.key"
EVERY = (AUTHORITY, TRUSTED, SEAL, MASTER, SALVAGE, STORE)
"""What a backup must hold; the server's own certificate is made again when it is missing."""
KEY_BYTES = 32
_RENEW_DAYS = 30


class Keys:
    """The hub's keys.  Nothing here is ever printed or logged.

    Several hubs may share `folder`, and need only read it: each keeps the certificate of its own
    end of TLS in its folder `own` then.
    """

    def __init__(self, folder: Path, clock: Clock, own: Path | None = None) -> None:
        self.folder = KeyFolder(folder)
        self._own = KeyFolder(own) if own else self.folder
        self._clock = clock
        self.authority = self._read_authority()
        self.seal = Seal.read(self.folder, SEAL)
        self._master = self.folder.raw(MASTER)
        self._salvage = PrivateKey(self.folder.raw(SALVAGE))

    @staticmethod
    def there(folder: Path) -> bool:
        """Whether a hub has keys in `folder`, even if some are missing."""
        return any(KeyFolder(folder).has(name) for name in EVERY)

    @classmethod
    def made(cls, folder: Path, clock: Clock, own: Path | None = None) -> "Keys":
        """The keys of a new hub.

        Raises:
            BeffroiError: there are some already, or the folder cannot be written.
        """
        if cls.there(folder):
            raise BeffroiError(
                _(
                    "Ce hub a déjà ses clés\u00a0: relancez-le, ou changez-les par «\u202frotate\u202f»."
                )
            )
        put = KeyFolder(folder)
        made = Authority.made(clock)
        put.write(AUTHORITY, _whole(made.key, made.certificate))
        put.write(TRUSTED, certificates.pem(made.certificate))
        Seal.made().keep(put, SEAL)
        put.write_raw(SALVAGE, bytes(PrivateKey.generate()))
        for name in (MASTER, STORE):
            put.write_raw(name, os.urandom(KEY_BYTES))
        return cls(folder, clock, own)

    def _read_authority(self) -> Authority:
        try:
            content = self.folder.read(AUTHORITY)
            key = certificates.read_key(content)
            certificate = x509.load_pem_x509_certificate(content)
        except ValueError as error:
            raise damaged(AUTHORITY) from error
        return Authority(key, certificate, self._clock)

    @property
    def store_key(self) -> bytes:
        """The raw key of the embedded database."""
        return self.folder.raw(STORE)

    @property
    def blob_key(self) -> bytes:
        """The key that encrypts attachments."""
        return self.derived("attachments")

    @property
    def salvage_public(self) -> str:
        """The public key (base64 X25519) that seals what an erased cache had not sent."""
        return base64.b64encode(bytes(self._salvage.public_key)).decode()

    @property
    def salvage_private(self) -> bytes:
        """The private half of it (32 bytes)."""
        return bytes(self._salvage)

    @property
    def authority_pem(self) -> str:
        """The certificate that stations must trust."""
        return certificates.pem(self.authority.certificate).decode()

    @property
    def authority_print(self) -> str:
        """Its SHA-256, by which an enrolment code names it."""
        return certificates.fingerprint(self.authority.certificate)

    def seal_publics(self) -> Sequence[bytes]:
        """All keys that ever signed the trail, so that old seals verify after a rotation."""
        return self.seal.publics

    def derived(self, purpose: str, salt: str = "") -> bytes:
        """A key of its own for a purpose; the same one at each call."""
        kdf = HKDF(hashes.SHA256(), KEY_BYTES, salt.encode(), f"beffroi {purpose}".encode())
        return kdf.derive(self._master)

    def tls(self, names: Sequence[str]) -> ssl.SSLContext:
        """TLS 1.3 as `names`, asking stations for their certificates.

        The server's certificate is made again when it is about to end or names others.
        """
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.verify_mode = ssl.CERT_OPTIONAL
        self.refresh(context, names)
        return context

    def refresh(self, context: ssl.SSLContext, names: Sequence[str]) -> None:
        """Let `context` use the keys as they lie in the folder now; handshakes to come show them."""
        self.authority = self._read_authority()
        if not self._serves(names):
            self.renew_server(names)
        context.load_cert_chain(self._own.path / SERVER)
        context.load_verify_locations(self.folder.path / TRUSTED)

    def renew_server(self, names: Sequence[str]) -> None:
        """A new key and certificate for the hub's own end of TLS."""
        key = certificates.new_key()
        own = self.authority.server(names, key)
        chain = [own, *self._vouching()]
        self._own.write(SERVER, _whole(key, *chain))

    def _vouching(self) -> list[x509.Certificate]:
        """What each authority says of the next one, for stations that trust an earlier one."""
        return [each for each in self._trusted() if each.issuer != each.subject]

    def _trusted(self) -> list[x509.Certificate]:
        try:
            return x509.load_pem_x509_certificates(self.folder.read(TRUSTED))
        except ValueError as error:
            raise damaged(TRUSTED) from error

    def _serves(self, names: Sequence[str]) -> bool:
        if not self._own.has(SERVER):
            return False
        try:
            own = x509.load_pem_x509_certificates(self._own.read(SERVER))[0]
        except ValueError:
            return False
        return (
            certificates.names_of(own) == set(names)
            and own.issuer == self.authority.certificate.subject
            and not certificates.ends_within(own, _RENEW_DAYS, self._clock)
        )

    def rotate_seal(self) -> None:
        """Sign the trail with a new key from now on."""
        self.seal = self.seal.rotated()
        self.seal.keep(self.folder, SEAL)

    def rotate_authority(self, *, forget: bool = False) -> None:
        """A new authority.  The old one vouches for it, unless it must be forgotten.

        With `forget` (its key was stolen), every station must enrol again.
        """
        old, new = self.authority, Authority.made(self._clock)
        kept = [] if forget else [*self._trusted(), old.certified(new)]
        self.folder.write(TRUSTED, certificates.pem(new.certificate, *kept))
        self.folder.write(AUTHORITY, _whole(new.key, new.certificate))
        self.authority = new
        (self._own.path / SERVER).unlink(missing_ok=True)


def _whole(key: certificates.Key, *certified: x509.Certificate) -> bytes:
    """A key and its certificates in one file: no crash can part them."""
    return certificates.key_pem(key) + certificates.pem(*certified)
