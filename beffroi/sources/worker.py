"""The process that reads strangers' bytes: `python -m beffroi.sources.worker`, asked over its stdin.

It dies alone when they kill it, and it holds nothing worth stealing: no key, no profile.
"""

import gc
import logging
import os
import sys
import traceback
from pathlib import Path
from typing import BinaryIO

from beffroi import resources, text
from beffroi.errors import BeffroiError
from beffroi.plugin import Sample
from beffroi.sources import frames, memory
from beffroi.sources.reading import read
from beffroi.sources.recognising import warm
from beffroi.sources.registry import module_of, reader_of
from beffroi.sources.understood import understood
from beffroi.text import _


def main() -> int:
    """Answer until nobody asks any more."""
    asked, told = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not run into the answers
    logging.disable(logging.WARNING)
    gc.disable()  # a large document is a million objects, none of them garbage
    while (ask := frames.next_ask(asked)) is not None:
        frames.send(told, _answer(ask, told))
        gc.collect()
    return 0


def _answer(ask: frames.Ask, told: BinaryIO) -> frames.Answer:
    text.use(ask.language, resources.root() / "locale")
    try:
        sample = _sample(ask)
        _prepare(ask, sample)
        frames.send(told, frames.Begun())
        memory.limit_addresses(ask.memory)
        return frames.Done(understood=understood(read(sample, ask.format, ask.options)))
    except BeffroiError as error:
        return frames.Refusal(sentence=str(error))
    except (MemoryError, RecursionError):
        return frames.Refusal(sentence=too_much())
    except Exception:  # noqa: BLE001 - a bug must not end the process: the other end logs it
        return frames.Refusal(sentence=broken_off(), detail=traceback.format_exc())
    finally:
        memory.limit_addresses(0)


def _sample(ask: frames.Ask) -> Sample:
    path = Path(ask.path) if ask.path else None
    try:
        data = path.read_bytes() if path and not ask.data else ask.data
    except OSError as error:
        raise BeffroiError(
            _(
                "Le fichier «\u202f{name}\u202f» ne peut pas être lu\u00a0: vérifiez son emplacement."
            ).format(name=Path(ask.path).name)
        ) from error
    return Sample(
        data=data, name=ask.name, media_type=ask.media_type, path=path, received=ask.received,
        zone=ask.zone,
    )  # fmt: skip


def _prepare(ask: frames.Ask, sample: Sample) -> None:
    """Load the code before memory is counted."""
    if ask.format:
        module_of(reader_of(ask.format))
    else:
        warm(sample.kind)


def too_much() -> str:
    """The sentence for what takes more memory than it may."""
    return _(
        "Ce contenu demande trop de mémoire\u00a0: découpez-le, ou vérifiez qu’il n’est pas piégé."
    )


def broken_off() -> str:
    """The sentence for a reading that ended by itself."""
    return _("La lecture de ce contenu s’est interrompue\u00a0: vérifiez qu’il n’est pas abîmé.")


if __name__ == "__main__":
    sys.exit(main())
