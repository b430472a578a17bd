"""The attachments of a profile: what comes in, what comes out, what is shown small."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath

from beffroi.attachments import archives, photo, sniff
from beffroi.attachments.ref import AttachmentRef
from beffroi.attachments.vault import Vault
from beffroi.clock import Clock
from beffroi.errors import BeffroiError
from beffroi.journal import rights
from beffroi.journal.operation import Identity
from beffroi.store import Store
from beffroi.text import _

MAX_BYTES = 50_000_000
MAX_NAME = 200
_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f/\\:*?\"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
Recorder = Callable[[Identity, str, str, str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What is known of an attachment; `added_at` is UTC ms."""

    sha256: str
    media_type: str
    kind: str
    size: int
    added_at: int


class Attachments:
    """Takes attachments in, encrypted and checked.  `record` writes each coming and going down."""

    def __init__(
        self, folder: Path, key: bytes, store: Store, clock: Clock, record: Recorder
    ) -> None:
        self._vault = Vault(folder, key)
        self._store = store
        self._clock = clock
        self._record = record

    def add_file(self, path: Path, who: Identity) -> AttachmentRef:
        """Take in the file at `path`.

        Raises:
            BeffroiError: unreadable, or refused as by `add_bytes`.
        """
        try:
            if path.is_dir():
                raise BeffroiError(
                    _("« {name} » est un dossier : joignez les fichiers un à un.").format(
                        name=path.name
                    )
                )
            if path.exists() and not path.is_file():
                raise BeffroiError(
                    _("« {name} » n’est pas un fichier : choisissez-en un autre.").format(
                        name=safe_name(path.name)
                    )
                )
            _refuse_size(safe_name(path.name), path.stat().st_size)
            data = path.read_bytes()
        except OSError as error:
            raise BeffroiError(
                _(
                    "Le fichier {path} ne peut pas être lu : vérifiez qu’il existe et vos droits."
                ).format(path=path)
            ) from error
        return self.add_bytes(path.name, data, who)

    def add_bytes(self, name: str, data: bytes, who: Identity) -> AttachmentRef:
        """Take in `data` under the name `name`; the same content is kept once.

        Raises:
            BeffroiError: empty, too big, a program, a bomb, a file that lies about its type; or
                `who` only reads.
        """
        rights.writing(who)
        name = safe_name(name)
        with self._store.write():
            held = self.take_in(name, data)
            self._record(who, "attachment.add", held.sha256, name)
        return AttachmentRef(
            name=name, sha256=held.sha256, media_type=held.media_type, size=len(data)
        )

    def take_in(self, name: str, data: bytes) -> Described:
        """Keep what another node sent, checked as what comes in from a file is.

        Raises:
            BeffroiError: as `add_bytes`, whoever it comes from.
        """
        _refuse_size(name, len(data))
        inside = archives.looked_into(name, data) if data.startswith(b"PK\x03\x04") else ""
        kind = sniff.kind_of(name, data, inside=inside)
        small = self._small(kind, data)
        digest = self._vault.put(data)
        held = Described(
            sha256=digest, media_type=kind.media_type, kind=kind.family, size=len(data),
            added_at=self._clock.now(),
        )  # fmt: skip
        with self._store.write() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO attachment (sha256, media_type, kind, size, added_at, thumbnail) "
                "VALUES (?,?,?,?,?,?)",
                (digest, held.media_type, held.kind, held.size, held.added_at, small),
            )
        return held

    def forget(self, sha256: str) -> None:
        """Let go of a content that this node may not keep any more."""
        with self._store.write() as connection:
            connection.execute("DELETE FROM attachment WHERE sha256 = ?", (sha256,))
        self._vault.drop(sha256)

    def holds(self, sha256: str) -> bool:
        """Whether the content is here."""
        return self._vault.holds(sha256)

    def _small(self, kind: sniff.Kind, data: bytes) -> bytes | None:
        if kind.family != "image" or kind.media_type == "image/heic":
            return None
        return photo.thumbnail(data)

    def open_bytes(self, sha256: str) -> bytes:
        """The content, in memory only.

        Raises:
            BeffroiError: missing or damaged.
        """
        return self._vault.get(sha256)

    def thumbnail(self, sha256: str) -> bytes | None:
        """A small PNG of an image, None for anything else."""
        with self._store.read() as connection:
            row = connection.execute(
                "SELECT thumbnail FROM attachment WHERE sha256 = ?", (sha256,)
            ).fetchone()
        return row[0] if row else None

    def describe(self, sha256: str) -> Described:
        """What is known of an attachment.

        Raises:
            BeffroiError: there is none.
        """
        with self._store.read() as connection:
            row = connection.execute(
                "SELECT sha256, media_type, kind, size, added_at FROM attachment WHERE sha256 = ?",
                (sha256,),
            ).fetchone()
        if row is None:
            raise BeffroiError(
                _("Cette pièce jointe n’est pas dans le profil : actualisez l’entrée.")
            )
        digest, media_type, kind, size, added_at = row
        return Described(
            sha256=digest, media_type=media_type, kind=kind, size=size, added_at=added_at
        )

    def export_copy(self, sha256: str, to: Path, who: Identity) -> Path:
        """Write a copy in clear outside the profile; the trail keeps who took it.

        Raises:
            BeffroiError: missing, damaged, or the copy cannot be written; or `who` may not.
        """
        rights.exporting(who)
        data = self._vault.get(sha256)
        self._record(who, "attachment.export", sha256, safe_name(to.name))
        part = to.with_name(f".{to.name}.part")
        try:
            part.write_bytes(data)
            part.replace(to)
        except OSError as error:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise BeffroiError(
                _("La copie vers {path} a échoué : vérifiez vos droits et la place libre.").format(
                    path=to
                )
            ) from error
        return to

    def exif_position(self, content: str | bytes) -> photo.PhotoPosition | None:
        """Where a photo (its SHA-256 or its bytes) says it was taken."""
        return photo.position(self._vault.get(content) if isinstance(content, str) else content)


def safe_name(name: str) -> str:
    """`name` as it may be shown and written on any disk."""
    bare = _UNSAFE.sub("_", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(" .")
    if len(bare) > MAX_NAME:
        suffix = PurePath(bare).suffix[:10]
        bare = bare[: MAX_NAME - len(suffix)] + suffix
    return bare or _("sans nom")


def _refuse_size(name: str, size: int) -> None:
    if size == 0:
        raise BeffroiError(
            _("« {name} » est vide : vérifiez le fichier d’origine.").format(name=name)
        )
    if size > MAX_BYTES:
        raise BeffroiError(
            _("« {name} » dépasse 50\u00a0Mo : réduisez-le ou joignez un extrait.").format(
                name=name
            )
        )
