"""How a plugin says that it cannot: sentences for people, and one reason per shape."""

from beffroi.errors import BeffroiError


class Unreadable(BeffroiError):
    """Nothing can be read of these bytes; one French sentence with its remedy."""


class Unreachable(BeffroiError):
    """Nothing could be had from there; one French sentence with its remedy."""


class Refused(Exception):
    """One shape, one record that cannot be kept; `why` in words, for the book of problems."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
