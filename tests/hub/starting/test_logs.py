"""What a hub logs of a failure says where and of which kind, never with what."""

import io
import logging
import sqlite3

from hub.starting.logs import FORMAT, Discreet


def logged(error: BaseException) -> str:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(Discreet(FORMAT))
    logger = logging.getLogger("tests.discreet")
    logger.propagate = False
    logger.addHandler(handler)
    try:
        raise error
    except BaseException:
        logger.exception("it failed")
    finally:
        logger.removeHandler(handler)
    return out.getvalue()


def test_the_words_of_an_error_stay_out_of_the_log_and_its_place_is_in_it() -> None:
    cause = sqlite3.IntegrityError("DETAIL: Failing row contains (victime: Jean Dupont)")
    error = RuntimeError("Jean Dupont, DR")
    error.__cause__ = cause
    text = logged(error)
    assert "Dupont" not in text
    for part in ("it failed", "sqlite3.IntegrityError", "builtins.RuntimeError", "in logged"):
        assert part in text


def test_groups_and_circles_of_errors_end() -> None:
    first, second = ValueError("secret"), KeyError("secret")
    first.__context__, second.__context__ = second, first
    text = logged(ExceptionGroup("secret", [first, second]))
    assert "secret" not in text
    assert text.count("builtins.ValueError") == 1
