"""Answers `beffroi://app/…`: the page's own files, the map layers, and the data of the open profile.

Nothing else can be reached from the page: no other scheme, no path outside the two folders.
"""

import os
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import QBuffer, QByteArray, QFile, QIODevice, QUrl, QUrlQuery
from PySide6.QtWebEngineCore import (
    QWebEngineUrlRequestJob,
    QWebEngineUrlScheme,
    QWebEngineUrlSchemeHandler,
)
from typing_extensions import override

from beffroi import resources
from desktop.kit.canvas import Route

SCHEME = b"beffroi"
HOME = QUrl("beffroi://app/map.html")
CSP = (
    b"default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    b"img-src 'self' data: blob:; connect-src 'self'; worker-src 'self' blob:; font-src 'self'; "
    b"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
MEDIA_TYPES = {
    ".html": b"text/html",
    ".css": b"text/css",
    ".js": b"text/javascript",
    ".svg": b"image/svg+xml",
    ".json": b"application/json",
    ".gz": b"application/gzip",
}
# PySide takes the values as lists; its type stubs do not know it.
_HEADERS: Any = {
    QByteArray(b"Content-Security-Policy"): [QByteArray(CSP)],
    QByteArray(b"Cache-Control"): [QByteArray(b"no-store")],
}


def register_scheme() -> None:
    """Make `beffroi:` a secure scheme of its own; call it before QApplication exists.

    It also bounds the page's memory: left alone, the engine keeps some 400 MB of garbage before
    it tidies up; bounded, it keeps a third of that at the same speed (measured).
    """
    os.environ.setdefault("QTWEBENGINE_CHROMIUM_FLAGS", "--js-flags=--max-old-space-size=192")
    if QWebEngineUrlScheme.schemeByName(SCHEME).name() == SCHEME:
        return
    scheme = QWebEngineUrlScheme(SCHEME)
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    scheme.setFlags(
        QWebEngineUrlScheme.Flag.SecureScheme
        | QWebEngineUrlScheme.Flag.CorsEnabled
        | QWebEngineUrlScheme.Flag.FetchApiAllowed
    )
    QWebEngineUrlScheme.registerScheme(scheme)


class Handler(QWebEngineUrlSchemeHandler):
    """Serves the page: files from `folders`, and computed answers from `routes`."""

    def __init__(self, routes: dict[str, Route]) -> None:
        super().__init__()
        self._routes = routes
        self._folders = {
            "": resources.root() / "web",
            "layers": resources.root() / "layers",
            "icons": resources.root() / "icons",
        }

    @override
    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        url = job.requestUrl()
        if url.host() != "app" or job.requestMethod() != QByteArray(b"GET"):
            job.fail(QWebEngineUrlRequestJob.Error.RequestDenied)
            return
        job.setAdditionalResponseHeaders(_HEADERS)
        path = url.path().lstrip("/")
        if route := self._routes.get(path):
            arguments = dict(QUrlQuery(url).queryItems(QUrl.ComponentFormattingOption.FullyDecoded))
            route(arguments, lambda data: _reply(job, data))
        elif path == "qwebchannel.js":
            _send(job, ":/qtwebchannel/qwebchannel.js", MEDIA_TYPES[".js"])
        elif file := self.find(path):
            _send(job, str(file), MEDIA_TYPES.get(file.suffix, b"application/octet-stream"))
        else:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)

    def find(self, path: str) -> Path | None:
        """The file served under `path`, or None when it is missing or outside our folders."""
        head, _slash, rest = path.partition("/")
        folder = self._folders[head] if head in self._folders and rest else self._folders[""]
        base = folder.resolve()
        file = (base / (rest if folder is not self._folders[""] else path)).resolve()
        return file if file.is_relative_to(base) and file.is_file() else None


def _send(job: QWebEngineUrlRequestJob, path: str, media_type: bytes) -> None:
    file = QFile(path, job)  # the job owns it: it lives exactly as long as the request
    if file.open(QIODevice.OpenModeFlag.ReadOnly):
        job.reply(QByteArray(media_type), file)
    else:
        job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)


def _reply(job: QWebEngineUrlRequestJob, data: bytes) -> None:
    if not shiboken6.isValid(job):  # the page was reloaded before the answer was ready
        return
    buffer = QBuffer(job)
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    kind = b"application/json" if data[:1] in (b"{", b"[") else b"application/octet-stream"
    job.reply(QByteArray(kind), buffer)
