"""The main courante, read over HTTP by programs: only what lies in the caller's buckets exists."""

from hub.logbook.routes import router

__all__ = ["router"]
