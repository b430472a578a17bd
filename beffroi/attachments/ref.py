"""How an entry names an attachment."""

import msgspec


class AttachmentRef(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An attachment as its entry names it: the content is found by `sha256`; a link has a `url`."""

    name: str
    sha256: str = ""
    media_type: str = ""
    size: int = 0
    url: str = ""
