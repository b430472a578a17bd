"""Makes this station known to a hub, once, with the code that an administrator gave.

The code names the hub and its authority (`https://host:port#CODE.sha256`): the hub is believed only
if it shows the certificate with that SHA-256, and the code itself is said to no one else.
"""

import re
import ssl
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from beffroi.errors import BeffroiError
from beffroi.sync import wire
from beffroi.sync.client import checked
from beffroi.sync.routes import MAX_HELLO, VERSION, Hello, Hub
from beffroi.sync.station import (
    AUTHORITY_FILE,
    CERTIFICATE_FILE,
    KEY_FILE,
    Known,
    Station,
    trusting,
    write_station,
)
from beffroi.sync.trouble import garbled
from beffroi.text import _

_CODE = re.compile(r"(?P<code>[A-Za-z0-9_-]{4,64})\.(?P<digest>[0-9a-fA-F]{32,64})")
MAX_NAME = 64


@dataclass(frozen=True, slots=True)
class Invitation:
    """What an enrolment code says: where, the one-time code, the SHA-256 of the authority."""

    url: str
    code: str
    digest: str


def read_code(text: str) -> Invitation:
    """Understand an enrolment code as it was pasted.

    Raises:
        BeffroiError: it is none.
    """
    url, _hash, rest = "".join(text.split()).partition("#")
    match = _CODE.fullmatch(rest)
    if match is None:
        raise BeffroiError(
            _(
                "Ce code d’enrôlement est incomplet\u00a0: "
                "copiez-le en entier, depuis «\u202fhttps\u202f» jusqu’au dernier caractère."
            )
        )
    return Invitation(checked(url), match["code"], match["digest"].lower())


async def enrol(folder: Path, code: str, name: str) -> Station:
    """Enrol this machine, called `name`, and keep what it needs in `folder`.

    Raises:
        BeffroiError: the code is wrong or used, the hub is not the one it names, or no answer.
    """
    invitation = read_code(code)
    authority = await _authority(invitation)
    key = ec.generate_private_key(ec.SECP256R1())
    request = wire.Enrol(
        code=invitation.code, station=name[:MAX_NAME], request=_request(key, name), version=VERSION
    )
    async with Hub(invitation.url, trusting(authority)) as hub:
        enrolled = await hub.enrol(request)
    known = Known(
        url=invitation.url, device=enrolled.device, code=enrolled.station_code, name=name[:MAX_NAME]
    )
    station = write_station(
        folder,
        known,
        {
            KEY_FILE: key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            ),
            CERTIFICATE_FILE: enrolled.certificate.encode(),
            AUTHORITY_FILE: authority.encode(),
        },
    )
    station.context()
    return station


def _request(key: ec.EllipticCurvePrivateKey, name: str) -> str:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:MAX_NAME] or "beffroi")])
    request = (
        x509.CertificateSigningRequestBuilder().subject_name(subject).sign(key, hashes.SHA256())
    )
    return request.public_bytes(serialization.Encoding.PEM).decode()


async def _authority(invitation: Invitation) -> str:
    """The certificate (PEM) that the invitation names; nothing secret is said to get it."""
    async with Hub(invitation.url, _anyone()) as hub:
        body = await hub.fetch("GET", "/hello", limit=MAX_HELLO)
    try:
        hello: Hello = wire.decoder(Hello).decode(body)
        certificate = x509.load_pem_x509_certificate(hello.authority.encode())
    except ValueError as error:
        raise garbled() from error
    der = certificate.public_bytes(serialization.Encoding.DER)
    if not sha256(der).hexdigest().startswith(invitation.digest):
        raise BeffroiError(
            _(
                "Ce hub n’est pas celui que le code désigne\u00a0: ne continuez pas, "
                "et prévenez l’administrateur."
            )
        )
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def _anyone() -> ssl.SSLContext:
    """Speaks with anyone: only to be told a certificate, that is then compared."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
