"""Errors meant for people.  Anything else that escapes is a bug and is reported as one."""


class BeffroiError(Exception):
    """Something the user can understand and act upon.

    Raise it with a translated sentence that says what to do; the shell shows it as it is.
    """
