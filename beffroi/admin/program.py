"""Reads the call, runs the command, says the outcome: exit 0 done, 1 the answer is no, 2 bad call."""

import contextlib
import logging
import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path

from beffroi import resources, text
from beffroi.admin import audit, demo, exchange
from beffroi.admin.parser import Parser
from beffroi.errors import BeffroiError
from beffroi.text import _

DONE, NO, WRONG_CALL, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `beffroi-admin` and return its exit code; people only ever see sentences."""
    _speak()
    logging.lastResort = None
    try:
        called = _parser().parse_args(arguments)
        return int(called.run(called))
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else WRONG_CALL
    except BeffroiError as error:
        sys.stderr.write(f"{error}\n")
        return WRONG_CALL
    except KeyboardInterrupt:
        sys.stderr.write(_("Interrompu : ce qui était enregistré le reste.") + "\n")
        return INTERRUPTED
    except BrokenPipeError:
        # The reader (`head`) has seen enough; Python must not complain when it closes the pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:  # noqa: BLE001 - the last door: a bug becomes a sentence and a file
        sys.stderr.write(_unforeseen(error))
        return WRONG_CALL


def _speak() -> None:
    """Speak the language of the environment: English when it says so, French otherwise."""
    said = next((os.environ[n] for n in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(n)), "")
    text.use("en" if said.lower().startswith("en") else "fr", resources.root() / "locale")
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]


def _parser() -> Parser:
    parser = Parser(
        prog="beffroi-admin", description=_("Ce que Beffroi sait faire sans fenêtre."),
        epilog=_("Codes de retour : 0 fait, 1 la réponse est non, 2 l’appel était incorrect."),
    )  # fmt: skip
    commands = parser.add_subparsers(
        title=_("commandes"), metavar=_("COMMANDE"), required=True, dest="command"
    )
    for capability in (demo, exchange, audit):
        capability.declare(commands)
    return parser


def _unforeseen(error: Exception) -> str:
    """The sentence for a bug, whose details are kept in a file."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix="beffroi-admin-", suffix=".log", delete=False
    ) as file:
        traceback.print_exception(error, file=file)
    return (
        _("Erreur imprévue ({kind}) : transmettez le fichier {path} à l’assistance.").format(
            kind=type(error).__name__, path=Path(file.name)
        )
        + "\n"
    )
