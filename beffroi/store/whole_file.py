"""A file that is written whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from beffroi.errors import BeffroiError
from beffroi.text import _


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A place beside `path` to write to: at the end it takes that name; a failure leaves nothing.

    Raises:
        BeffroiError: there is no room, or no right to write there.
    """
    unfinished = path.with_name(f".{path.name}.part")
    try:
        yield unfinished
        unfinished.replace(path)
    except OSError as error:
        raise BeffroiError(
            _(
                "Le fichier {path} ne peut pas être écrit\u00a0: vérifiez le dossier et la place."
            ).format(path=path)
        ) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
