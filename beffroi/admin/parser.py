"""argparse that speaks the language of Beffroi, and complains in one sentence."""

import argparse
import re
import sys
from collections.abc import Iterable
from typing import Any, NoReturn

from typing_extensions import override

from beffroi.text import N_, _

Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse names this type nowhere else
_COMPLAINTS = (
    (r"the following arguments are required: (.*)", N_("il manque {what}")),
    (r"unrecognized arguments: (.*)", N_("arguments inconnus : {what}")),
    (
        r"argument (?:COMMANDE|COMMAND): invalid choice: ('[^']*').*",
        N_("{what} n’est pas une commande"),
    ),
    (r"argument \S+: invalid choice: ('[^']*').*", N_("{what} n’est pas un choix possible")),
    (r"argument (\S+): expected one argument", N_("{what} attend une valeur")),
    (r"argument (\S+): invalid \w+ value.*", N_("{what} attend un nombre entier")),
)
_MOST = 1_000_000_000


def count(text: str) -> int:
    """How many, from one up.

    Raises:
        ValueError: it is no such number.
    """
    number = int(text)
    if not 1 <= number <= _MOST:
        raise ValueError(text)
    return number


class _Help(argparse.HelpFormatter):
    """Help whose own words are ours."""

    @override
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """How the command is called."""
        super().add_usage(usage, actions, groups, _("usage\u00a0: ") if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """Errors are one sentence with the remedy, on stderr, and exit code 2."""

    def __init__(self, **told: Any) -> None:
        super().__init__(**{"formatter_class": _Help, "add_help": False, **told})
        # argparse gives these titles no door; without them its help would be half in English.
        self._positionals.title = _("arguments")
        self._optionals.title = _("options")
        self.add_argument("-h", "--help", action="help", help=_("montre cette aide"))

    @override
    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the call."""
        for pattern, said in _COMPLAINTS:
            if match := re.fullmatch(pattern, message):
                message = _(said).format(what=match[1])
                break
        sentence = _("Appel incorrect ({message}) : voyez « {program} --help ».")
        sys.stderr.write(sentence.format(message=message, program=self.prog) + "\n")
        raise SystemExit(2)
