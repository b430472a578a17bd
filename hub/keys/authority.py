"""The hub's own certificate authority: it signs the hub's certificate and those of its stations.

Keys are on the P-256 curve.  After a change of authority the old one certifies the new one, so that
stations enrolled before go on trusting the hub.
"""

import ipaddress
import os
from collections.abc import Sequence
from datetime import timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from beffroi.clock import Clock, to_datetime
from beffroi.errors import BeffroiError
from beffroi.text import _

AUTHORITY_DAYS = 7300
STATION_DAYS = 3650
SERVER_DAYS = 398
MAX_REQUEST = 20_000
_EARLIER = timedelta(days=2)
"""A station whose clock is hours behind must believe a certificate that was made just now."""
Key = ec.EllipticCurvePrivateKey
Certificate = x509.Certificate


class Authority:
    """Signs certificates with its own."""

    def __init__(self, key: Key, certificate: Certificate, clock: Clock) -> None:
        self.key = key
        self.certificate = certificate
        self._clock = clock

    @classmethod
    def made(cls, clock: Clock) -> "Authority":
        """A new authority, its name unlike any other's."""
        key = new_key()
        name = _name(f"Beffroi {os.urandom(6).hex()}")
        builder = _builder(name, name, key.public_key(), AUTHORITY_DAYS, clock)
        return cls(key, _for_authority(builder, key, key), clock)

    def certified(self, other: "Authority") -> Certificate:
        """The certificate by which this authority vouches for `other`."""
        subject = other.certificate.subject
        builder = _builder(
            subject, self.certificate.subject, other.key.public_key(), AUTHORITY_DAYS, self._clock
        )
        return _for_authority(builder, other.key, self.key)

    def server(self, names: Sequence[str], key: Key) -> Certificate:
        """The hub's certificate, for the host names and addresses by which it is called."""
        builder = _builder(
            _name(names[0]), self.certificate.subject, key.public_key(), SERVER_DAYS, self._clock
        )
        builder = builder.add_extension(
            x509.SubjectAlternativeName([_alternative(name) for name in names]), critical=False
        )
        return self._signed(builder, key.public_key(), ExtendedKeyUsageOID.SERVER_AUTH)

    def station(self, request: str, device: str) -> Certificate:
        """The certificate of a station that sent this request (PEM); only its key is taken from it.

        Raises:
            BeffroiError: it is no request, or its key is not on P-256.
        """
        public = _requested_key(request)
        builder = _builder(
            _name(device), self.certificate.subject, public, STATION_DAYS, self._clock
        )
        return self._signed(builder, public, ExtendedKeyUsageOID.CLIENT_AUTH)

    def _signed(
        self,
        builder: x509.CertificateBuilder,
        public: ec.EllipticCurvePublicKey,
        use: x509.ObjectIdentifier,
    ) -> Certificate:
        return (
            builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.ExtendedKeyUsage([use]), critical=True)
            .add_extension(_usage(signs=False), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .add_extension(self._identifier(), critical=False)
            .sign(self.key, hashes.SHA256())
        )

    def _identifier(self) -> x509.AuthorityKeyIdentifier:
        return x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())


def new_key() -> Key:
    """A fresh key on P-256."""
    return ec.generate_private_key(ec.SECP256R1())


def fingerprint(certificate: Certificate) -> str:
    """The SHA-256 of a certificate, in hexadecimal."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def pem(*certificates: Certificate) -> bytes:
    """Certificates as PEM text."""
    return b"".join(each.public_bytes(serialization.Encoding.PEM) for each in certificates)


def key_pem(key: Key) -> bytes:
    """A private key as PEM text, in clear: it goes into the key folder and nowhere else."""
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def read_key(content: bytes) -> Key:
    """The private key of a PEM text.

    Raises:
        ValueError: it holds none on an elliptic curve.
    """
    key = serialization.load_pem_private_key(content, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        message = "not a key on an elliptic curve"
        raise ValueError(message)  # noqa: TRY004 - the content is wrong, not the program
    return key


def names_of(certificate: Certificate) -> set[str]:
    """The host names and addresses that a server's certificate answers for."""
    found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return {str(name.value) for name in found}


def ends_within(certificate: Certificate, days: int, clock: Clock) -> bool:
    """Whether a certificate is about to end, or has."""
    return certificate.not_valid_after_utc < to_datetime(clock.now()) + timedelta(days=days)


def _requested_key(request: str) -> ec.EllipticCurvePublicKey:
    refusal = BeffroiError(
        _("La demande de certificat du poste est illisible\u00a0: mettez ce poste à jour.")
    )
    if len(request) > MAX_REQUEST:
        raise refusal
    try:
        read = x509.load_pem_x509_csr(request.encode())
        public = read.public_key()
        sound = read.is_signature_valid
    except (ValueError, TypeError, UnsupportedAlgorithm, InvalidSignature) as error:
        raise refusal from error
    if not sound or not isinstance(public, ec.EllipticCurvePublicKey):
        raise refusal
    if not isinstance(public.curve, ec.SECP256R1):
        raise refusal
    return public


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    public: ec.EllipticCurvePublicKey,
    days: int,
    clock: Clock,
) -> x509.CertificateBuilder:
    now = to_datetime(clock.now()).replace(microsecond=0)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _EARLIER)
        .not_valid_after(now + timedelta(days=days))
    )


def _for_authority(builder: x509.CertificateBuilder, of: Key, by: Key) -> Certificate:
    return (
        builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(of.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False
        )
        .sign(by, hashes.SHA256())
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=signs,
        encipher_only=False,
        decipher_only=False,
    )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common[:64])])


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)
