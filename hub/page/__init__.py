"""The hub's web page: how it is, for its technical administrators; written by the server, in French."""

from hub.page.routes import router

__all__ = ["router"]
