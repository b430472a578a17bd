"""One Beffroi per profile: two windows writing the same journal would surprise everyone."""

from pathlib import Path

from PySide6.QtCore import QLockFile

from beffroi.errors import BeffroiError
from beffroi.text import _


class Occupied(BeffroiError):
    """Another Beffroi has this profile open."""


class Occupancy:
    """Holds a profile for this process; the system lets go when the process dies."""

    def __init__(self, folder: Path) -> None:
        self._lock = QLockFile(str(folder / "desk.lock"))
        self._lock.setStaleLockTime(0)

    def take(self) -> None:
        """Hold the profile.

        Raises:
            Occupied: it is open already; the sentence says by which process.
            BeffroiError: the folder cannot be written.
        """
        if self._lock.tryLock(50):
            return
        if self._lock.error() == QLockFile.LockError.PermissionError:
            raise BeffroiError(
                _("Le dossier du profil ne peut pas être écrit : vérifiez vos droits.")
            )
        process, host, _program = self._lock.getLockInfo()
        raise Occupied(
            _(
                "Ce profil est déjà ouvert sur {host} (processus {process}) : "
                "revenez à cette fenêtre, ou fermez-la."
            ).format(host=host or _("ce poste"), process=process)
        )

    def release(self) -> None:
        """Let others open the profile."""
        self._lock.unlock()
