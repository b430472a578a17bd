"""What Qt must know before the application exists: how to draw, and Chromium's sandbox."""

import os
import sys

from PySide6.QtCore import QCoreApplication, Qt


def prepare_qt() -> None:
    """Choose the renderer; call it before QApplication.

    Without a known GPU the software renderer is the fluid one (60 fps against 34 on llvmpipe,
    measured in `map.md` §3); `BEFFROI_GPU=1` leaves the choice to Qt.
    """
    if os.environ.get("BEFFROI_GPU") != "1":
        os.environ.setdefault("QT_QUICK_BACKEND", "software")
    if sys.platform.startswith("linux") and os.getuid() == 0:
        # Chromium refuses its sandbox to root (containers, CI); for people it stays on.
        os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
