"""How much of anything is read: what is beyond is refused, or left out and said."""

MEGA = 1024 * 1024
MAX_BYTES = 200 * MEGA
"""Of one sample, once opened (gzip)."""
MAX_RATIO = 200
"""How many times larger than its archive a content may be: beyond, it is a bomb."""
RATIO_FREE = 4 * MEGA
"""Below this size, ratios mean nothing: a page of zeros is no attack."""
MAX_MEMBERS = 2_000
MAX_DEPTH = 100
"""Of a JSON document."""
MAX_XML_DEPTH = 200
MAX_RECORDS = 500_000
MAX_FIELDS = 100
MAX_WORDS = 2_000
MAX_POSITIONS = 500_000
"""Of one geometry."""
