"""What `beffroi-hub` and `beffroi-admin hub` may be told, by option or by environment (containers)."""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

import platformdirs

from beffroi.admin.parser import count
from beffroi.errors import BeffroiError
from beffroi.plugin.allowed import Allowed
from beffroi.text import _
from hub.settings import PORT, Oidc, Settings

_PREFIX = "BEFFROI_HUB_"
MAX_SECRET = 10_000
MIN_PROXY_SECRET = 16


def place_options(parser: argparse.ArgumentParser) -> None:
    """Where a hub keeps its things."""
    parser.add_argument("--data", metavar=_("DOSSIER"), type=Path, default=_data(),
                        help=_("dossier du hub (BEFFROI_HUB_DATA\u202f; {folder} sinon)").format(folder=_data()))  # fmt: skip
    parser.add_argument("--database", metavar="URL", default=_told("DATABASE"),
                        help=_("adresse postgresql:// (BEFFROI_HUB_DATABASE\u202f; un fichier du dossier sinon\u202f; "
                               "le mot de passe va dans PGPASSWORD ou ~/.pgpass)"))  # fmt: skip
    parser.add_argument("--keys", metavar=_("DOSSIER"), type=Path, default=_folder("KEYS"),
                        help=_("dossier des clés (BEFFROI_HUB_KEYS\u202f; «\u202fkeys\u202f» du dossier sinon)"))  # fmt: skip
    parser.add_argument("--blobs", metavar=_("LIEU"), default=_told("BLOBS"),
                        help=_("pièces jointes\u00a0: dossier ou s3:// (BEFFROI_HUB_BLOBS)"))  # fmt: skip
    address_options(parser)


def address_options(parser: argparse.ArgumentParser) -> None:
    """How stations call the hub."""
    parser.add_argument("--listen", metavar=_("HÔTE:PORT"), default=_told("LISTEN", f"0.0.0.0:{PORT}"),
                        help=_("adresse d’écoute (BEFFROI_HUB_LISTEN\u202f; 0.0.0.0:{port} sinon)").format(port=PORT))  # fmt: skip
    parser.add_argument("--name", metavar=_("NOM"), action="append", default=_list("NAMES"),
                        help=_("nom ou adresse du hub pour les postes, répétable (BEFFROI_HUB_NAMES)"))  # fmt: skip
    parser.add_argument("--url", metavar="URL", default=_told("URL"),
                        help=_("adresse donnée aux postes, si elle diffère (BEFFROI_HUB_URL)"))  # fmt: skip


def serving_options(parser: argparse.ArgumentParser) -> None:
    """How a hub serves."""
    parser.add_argument("--behind-proxy", action="store_true", default=bool(_told("BEHIND_PROXY")),
                        help=_("TLS finit à un mandataire, qui montre le secret de --proxy-secret-file "
                               "(ou BEFFROI_HUB_PROXY_SECRET) dans l’en-tête Beffroi-Proxy et le "
                               "certificat du poste dans Beffroi-Peer"))  # fmt: skip
    parser.add_argument("--proxy-secret-file", metavar=_("FICHIER"), type=Path, default=None,
                        help=_("fichier du secret du mandataire, 16 caractères au moins"))  # fmt: skip
    parser.add_argument("--keep-days", metavar="N", type=count, default=_number("KEEP_DAYS", 30),
                        help=_("jours sans contact avant l’effacement du cache d’un poste (30)"))  # fmt: skip
    parser.add_argument("--rate", metavar="N", type=int, default=_number("RATE", 200),
                        help=_("demandes par seconde et par poste (200\u202f; 0\u00a0: sans limite)"))  # fmt: skip
    parser.add_argument("--monitor", metavar=_("HÔTE:PORT"), default=_told("MONITOR"),
                        help=_("où répondre en clair à /metrics, /healthz et /readyz (BEFFROI_HUB_MONITOR\u202f; "
                               "nulle part sinon)\u00a0: à n’ouvrir qu’à la supervision"))  # fmt: skip
    parser.add_argument("--sources-allow", metavar=_("MACHINE"), action="append",
                        default=_list("SOURCES_ALLOW"),
                        help=_("machine, .domaine ou réseau privé que les sources partagées peuvent joindre, "
                               "répétable (BEFFROI_HUB_SOURCES_ALLOW)"))  # fmt: skip
    parser.add_argument("--sources-proxy", metavar="URL", default=_told("SOURCES_PROXY"),
                        help=_("mandataire (proxy) par lequel les sources web sont lues (BEFFROI_HUB_SOURCES_PROXY)"))  # fmt: skip
    parser.add_argument("--oidc-issuer", metavar="URL", default=_told("OIDC_ISSUER"),
                        help=_("fournisseur d’identité OpenID Connect (BEFFROI_HUB_OIDC_ISSUER)"))  # fmt: skip
    parser.add_argument("--oidc-client", metavar="ID", default=_told("OIDC_CLIENT"),
                        help=_("identifiant du hub chez lui\u202f; son secret vient de --oidc-secret-file "
                               "ou de BEFFROI_HUB_OIDC_SECRET"))  # fmt: skip
    parser.add_argument("--oidc-secret-file", metavar=_("FICHIER"), type=Path, default=None,
                        help=_("fichier du secret du hub chez ce fournisseur"))  # fmt: skip
    parser.add_argument("--oidc-claim", metavar=_("CHAMP"), default=_told("OIDC_CLAIM", "sub"),
                        help=_("champ qui dit qui est la personne (sub)"))  # fmt: skip


def settings_of(called: argparse.Namespace) -> Settings:
    """What the call asks for.

    Raises:
        BeffroiError: an address is none, or a secret is missing.
    """
    host, port = _listening(called.listen)
    return Settings(
        data=called.data.absolute(),
        database=_database(called.database),
        host=host,
        port=port,
        names=tuple(called.name),
        url=called.url.rstrip("/"),
        proxy_secret=_proxy_secret(called),
        keys=called.keys.absolute() if called.keys else None,
        blobs=called.blobs,
        keep_days=getattr(called, "keep_days", 30),
        rate=max(0, getattr(called, "rate", 200)),
        monitor=_monitored(getattr(called, "monitor", "")),
        oidc=_oidc(called),
        sources_proxy=getattr(called, "sources_proxy", ""),
        sources_allow=_allowed(getattr(called, "sources_allow", ())),
    )


def _database(url: str) -> str:
    if url and not url.startswith(("postgresql://", "postgres://")):
        raise BeffroiError(
            _("La base se donne par une adresse postgresql://hôte/base\u00a0: corrigez --database.")
        )
    return url


def _listening(text: str) -> tuple[str, int]:
    return _address(
        text, _("L’adresse d’écoute est hôte:port, comme 0.0.0.0:8843\u00a0: corrigez --listen.")
    )


def _monitored(text: str) -> tuple[str, int] | None:
    if not text:
        return None
    return _address(
        text, _("L’adresse de supervision est hôte:port, comme 127.0.0.1:9464\u00a0: corrigez --monitor.")
    )  # fmt: skip


def _address(text: str, complaint: str) -> tuple[str, int]:
    host, _colon, port = text.rpartition(":")
    if not port.isdecimal() or not 0 <= int(port) <= 65_535:
        raise BeffroiError(complaint)
    return host.strip("[]") or "0.0.0.0", int(port)  # noqa: S104 - what leaving it out means


def _proxy_secret(called: argparse.Namespace) -> str:
    if not getattr(called, "behind_proxy", False):
        return ""
    secret = _secret(called.proxy_secret_file, "PROXY_SECRET")
    if len(secret) < MIN_PROXY_SECRET:
        raise BeffroiError(
            _(
                "Derrière un mandataire, donnez un secret d’au moins 16 caractères\u00a0: "
                "--proxy-secret-file ou BEFFROI_HUB_PROXY_SECRET."
            )
        )
    return secret


def _oidc(called: argparse.Namespace) -> Oidc | None:
    if not getattr(called, "oidc_issuer", ""):
        return None
    secret = _secret(called.oidc_secret_file, "OIDC_SECRET")
    if not called.oidc_client or not secret:
        raise BeffroiError(
            _(
                "Le fournisseur d’identité demande --oidc-client et un secret\u00a0: "
                "--oidc-secret-file ou BEFFROI_HUB_OIDC_SECRET."
            )
        )
    return Oidc(
        issuer=called.oidc_issuer.rstrip("/"),
        client_id=called.oidc_client,
        client_secret=secret,
        claim=called.oidc_claim,
    )


def _secret(path: Path | None, name: str) -> str:
    if path is None:
        return _told(name)
    try:
        with path.open(encoding="utf-8") as file:
            return file.readline(MAX_SECRET).strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BeffroiError(
            _("Le fichier de secret {path} ne peut pas être lu\u00a0: vérifiez ses droits.").format(
                path=path
            )
        ) from error


def _told(name: str, otherwise: str = "") -> str:
    return os.environ.get(_PREFIX + name, "") or otherwise


def _list(name: str) -> list[str]:
    return [part.strip() for part in _told(name).split(",") if part.strip()]


def _folder(name: str) -> Path | None:
    told = _told(name)
    return Path(told) if told else None


def _number(name: str, otherwise: int) -> int:
    told = _told(name)
    return int(told) if told.isdecimal() else otherwise


def _data() -> Path:
    return _folder("DATA") or Path(platformdirs.user_data_dir("beffroi-hub", appauthor=False))


def _allowed(entries: Sequence[str]) -> tuple[str, ...]:
    """Checked now rather than when the first source is asked."""
    Allowed(entries)
    return tuple(entries)
