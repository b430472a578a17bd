"""Two people at the same entry: what one of them is correcting stays true to what the other changed."""

import msgspec

from beffroi.logbook.entry import Content


def rebased(mine: Content, base: Content, newer: Content) -> Content:
    """`newer`, with what `mine` changed since `base` put on top."""
    changed = {
        name: getattr(mine, name)
        for name in Content.__struct_fields__
        if getattr(mine, name) != getattr(base, name)
    }
    return msgspec.structs.replace(newer, **changed)
