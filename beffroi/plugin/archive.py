"""Opens ZIP files that anybody may have made: bounded members, sizes and names."""

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from beffroi.plugin.limits import MAX_BYTES, MAX_MEMBERS, MAX_RATIO, MEGA, RATIO_FREE
from beffroi.plugin.refusals import Unreadable
from beffroi.text import _

_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError)


class Archive:
    """The members of a ZIP file, each read within what is left of one budget."""

    def __init__(self, data: bytes) -> None:
        """Look at the index; nothing is unpacked.

        Raises:
            Unreadable: damaged, too many members, a bomb, or names that leave their folder.
        """
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            found = self._zip.infolist()
        except (*_DAMAGED, UnicodeDecodeError) as error:
            raise _damaged() from error
        if len(found) > MAX_MEMBERS:
            raise Unreadable(
                _("Cette archive a plus de {n} fichiers\u00a0: gardez ceux qui servent.").format(
                    n=MAX_MEMBERS
                )
            )
        self._members = {
            info.filename: info for info in found if info.filename and not info.is_dir()
        }
        self._left = MAX_BYTES
        for info in found:
            _honest(info)
        declared = sum(info.file_size for info in found)
        if declared > max(RATIO_FREE, len(data) * MAX_RATIO):
            raise _bomb()

    @property
    def names(self) -> list[str]:
        """The names of the files, in the order of the archive."""
        return list(self._members)

    def ending(self, *suffixes: str) -> list[str]:
        """The names that end with one of these, whatever their case; what Macs add is left out."""
        return [
            name for name in self._members
            if name.lower().endswith(suffixes) and not name.startswith("__MACOSX/")
        ]  # fmt: skip

    def find(self, name: str) -> str | None:
        """The member that bears this base name, in any folder and case; the shallowest first."""
        found = [m for m in self._members if PurePosixPath(m).name.lower() == name.lower()]
        return min(found, key=lambda member: member.count("/"), default=None)

    def size(self, name: str) -> int:
        """How large the member says it is."""
        return self._members[name].file_size

    def read(self, name: str) -> bytes:
        """The content of a member.

        Raises:
            Unreadable: it is not there, damaged, encrypted, or larger than what may be read.
        """
        info = self._members.get(name)
        if info is None:
            raise Unreadable(
                _(
                    "L’archive ne contient pas «\u202f{name}\u202f»\u00a0: vérifiez son export."
                ).format(name=name)
            )
        if info.flag_bits & 1:
            raise Unreadable(
                _("Cette archive est protégée par un mot de passe\u00a0: fournissez-la ouverte.")
            )
        try:
            with self._zip.open(info) as member:
                data = member.read(self._left + 1)
        except (*_DAMAGED, RuntimeError) as error:
            raise _damaged() from error
        if len(data) > self._left:
            raise _bomb()
        self._left -= len(data)
        return data


def _honest(info: zipfile.ZipInfo) -> None:
    path = PurePosixPath(info.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in info.filename[:3]:
        raise Unreadable(
            _(
                "Cette archive contient un chemin interdit («\u202f{name}\u202f»)\u00a0: elle est refusée."
            ).format(name=info.filename[:80])
        )
    if info.file_size > max(RATIO_FREE, info.compress_size * MAX_RATIO):
        raise _bomb()


def _bomb() -> Unreadable:
    return Unreadable(
        _(
            "Cette archive se déploie au-delà de {limit}\u00a0Mo ou de façon suspecte\u00a0: elle est refusée."
        ).format(limit=MAX_BYTES // MEGA)
    )


def _damaged() -> Unreadable:
    return Unreadable(_("Cette archive est abîmée\u00a0: demandez-la de nouveau à son expéditeur."))
