"""A refusal that says when to come back."""

from beffroi.plugin.refusals import Unreachable


class Later(Unreachable):
    """Not now; in `wait_s` seconds (`Retry-After`)."""

    def __init__(self, sentence: str, wait_s: float) -> None:
        super().__init__(sentence)
        self.wait_s = wait_s


class Gone(Unreachable):
    """It will never work as it is asked (unknown page, wrong key): somebody has to correct it."""
