"""Strings of protobuf: what is no UTF-8 comes as bytes, and must not stop a feed."""


def words(value: object) -> str:
    """The words of a field, their wrong bytes marked."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
