"""The locked-down browser page that draws the map: it can reach nothing but `beffroi:`."""

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QColor
from PySide6.QtWebEngineCore import (
    QWebEnginePage,
    QWebEnginePermission,
    QWebEngineProfile,
    QWebEngineScript,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)
from typing_extensions import override

from desktop.map.scheme import SCHEME, Handler

_OFF = (
    QWebEngineSettings.WebAttribute.LocalContentCanAccessRemoteUrls,
    QWebEngineSettings.WebAttribute.LocalContentCanAccessFileUrls,
    QWebEngineSettings.WebAttribute.JavascriptCanOpenWindows,
    QWebEngineSettings.WebAttribute.JavascriptCanAccessClipboard,
    QWebEngineSettings.WebAttribute.PluginsEnabled,
    QWebEngineSettings.WebAttribute.PdfViewerEnabled,
    QWebEngineSettings.WebAttribute.AllowRunningInsecureContent,
    QWebEngineSettings.WebAttribute.DnsPrefetchEnabled,
    QWebEngineSettings.WebAttribute.HyperlinkAuditingEnabled,
    QWebEngineSettings.WebAttribute.ScreenCaptureEnabled,
    QWebEngineSettings.WebAttribute.AutoLoadIconsForPage,
    QWebEngineSettings.WebAttribute.FullScreenSupportEnabled,
)
_NO_WEBRTC = """
for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'RTCDataChannel'])
  delete window[name];
"""


class Interceptor(QWebEngineUrlRequestInterceptor):
    """Blocks every request that is not for `beffroi:` (or data the page made itself)."""

    @override
    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        own = info.requestUrl().scheme() in (SCHEME.decode(), "blob", "data")
        info.block(not own)


class Profile(QWebEngineProfile):
    """Off the record: nothing of what the map shows is ever written to disk."""

    def __init__(self, handler: Handler, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._handler = handler
        self._interceptor = Interceptor()
        self.installUrlSchemeHandler(SCHEME, handler)
        self.setUrlRequestInterceptor(self._interceptor)
        self.setPersistentCookiesPolicy(
            QWebEngineProfile.PersistentCookiesPolicy.NoPersistentCookies
        )
        for attribute in _OFF:
            self.settings().setAttribute(attribute, False)
        self.scripts().insert(_script("no-webrtc", _NO_WEBRTC))
        self.downloadRequested.connect(lambda request: request.cancel())


class Page(QWebEnginePage):
    """Stays on its own address, denies every permission, keeps its errors for the log."""

    def __init__(self, profile: QWebEngineProfile, parent: QObject) -> None:
        super().__init__(profile, parent)
        self.messages: list[str] = []
        self.permissionRequested.connect(_deny)

    def paper(self, colour: QColor) -> None:
        """Show `colour` until the first frame is drawn, so that night mode never flashes white."""
        self.setBackgroundColor(colour)

    @override
    def acceptNavigationRequest(
        self,
        url: QUrl | str,
        type: QWebEnginePage.NavigationType,
        isMainFrame: bool,
    ) -> bool:
        return QUrl(url).scheme() == SCHEME.decode()

    @override
    def createWindow(self, type: QWebEnginePage.WebWindowType) -> QWebEnginePage | None:  # type: ignore[override]
        return None

    @override
    def javaScriptConsoleMessage(
        self,
        level: QWebEnginePage.JavaScriptConsoleMessageLevel,
        message: str,
        lineNumber: int,
        sourceID: str,
    ) -> None:
        if level is QWebEnginePage.JavaScriptConsoleMessageLevel.ErrorMessageLevel:
            self.messages.append(f"{sourceID}:{lineNumber}: {message}")


def _deny(permission: QWebEnginePermission) -> None:
    permission.deny()


def _script(name: str, source: str) -> QWebEngineScript:
    script = QWebEngineScript()
    script.setName(name)
    script.setSourceCode(source)
    script.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentCreation)
    script.setWorldId(QWebEngineScript.ScriptWorldId.MainWorld)
    script.setRunsOnSubFrames(True)
    return script
