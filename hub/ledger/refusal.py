"""Why an operation may not enter."""


class Refusal(Exception):
    """`why` is one of `beffroi.sync.wire.REFUSALS`; the operation goes to quarantine with it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
