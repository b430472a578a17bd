"""Reads the call, runs the command, says the outcome: exit 0 done, 1 the answer is no, 2 bad call."""

import contextlib
import errno
import logging
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from importlib.metadata import entry_points
from pathlib import Path
from typing import TextIO

from beffroi import resources, text
from beffroi.admin import audit, basemap, demo, exchange, joining, source
from beffroi.admin.parser import Parser
from beffroi.admin.session import shown
from beffroi.errors import BeffroiError
from beffroi.text import _

DONE, WRONG_CALL, INTERRUPTED = 0, 2, 130
OTHERS = "beffroi.commands"
"""The entry points by which other programs of Beffroi (the hub) add their commands."""


def run(arguments: Sequence[str] | None = None, parser: Callable[[], Parser] | None = None) -> int:
    """Carry out the call and return its exit code; people only ever see sentences.

    Other programs of Beffroi bring their own `parser`; each command's `run` does the work.
    """
    _speak()
    logging.lastResort = None
    try:
        code = _outcome(arguments, parser or _parser)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (`head`) has seen enough; Python must not complain when it closes the pipe.
        _let_go_of_stdout()
        return DONE
    except OSError:
        _let_go_of_stdout()
        _complain(_("La réponse n’a pas pu être écrite : vérifiez la place là où elle va."))
        return WRONG_CALL
    return code


def _outcome(arguments: Sequence[str] | None, parser: Callable[[], Parser]) -> int:
    try:
        called = parser().parse_args(arguments)
        return int(called.run(called))
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else WRONG_CALL
    except BeffroiError as error:
        _complain(str(error))
        return WRONG_CALL
    except KeyboardInterrupt:
        _complain(_("Interrompu : ce qui était enregistré le reste."))
        return INTERRUPTED
    except OSError as error:
        if error.filename is None and error.errno in (errno.EPIPE, errno.ENOSPC, errno.EBADF):
            raise
        _complain(_unforeseen(error))
        return WRONG_CALL
    except Exception as error:  # noqa: BLE001 - the last door: a bug becomes a sentence and a file
        _complain(_unforeseen(error))
        return WRONG_CALL


def _complain(sentence: str) -> None:
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(f"{shown(sentence)}\n")
        sys.stderr.flush()


def _let_go_of_stdout() -> None:
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _speak() -> None:
    """Speak the language of the environment: English when it says so, French otherwise."""
    said = next((os.environ[n] for n in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(n)), "")
    text.use("en" if said.lower().startswith("en") else "fr", resources.root() / "locale")
    # A caller may have closed them (`>&-`): Python then has none at all.
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def _parser() -> Parser:
    parser = Parser(
        prog="beffroi-admin", description=_("Ce que Beffroi sait faire sans fenêtre."),
        epilog=_("Codes de retour : 0 fait, 1 la réponse est non, 2 l’appel était incorrect."),
    )  # fmt: skip
    commands = parser.add_subparsers(
        title=_("commandes"), metavar=_("COMMANDE"), required=True, dest="command"
    )
    for capability in (demo, source, basemap, exchange, joining, audit):
        capability.declare(commands)
    for other in sorted(entry_points(group=OTHERS), key=lambda found: found.name):
        other.load()(commands)
    return parser


def _unforeseen(error: Exception) -> str:
    """The sentence for a bug, whose details are kept in a file."""
    kind = type(error).__name__
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", prefix="beffroi-admin-", suffix=".log", delete=False
        ) as file:
            traceback.print_exception(error, file=file)
    except OSError:
        return _(
            "Erreur imprévue ({kind}) : libérez de la place, recommencez et signalez-la."
        ).format(kind=kind)
    return _("Erreur imprévue ({kind}) : transmettez le fichier {path} à l’assistance.").format(
        kind=kind, path=Path(file.name)
    )
