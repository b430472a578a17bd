"""How much memory a process may take and takes, on the systems that Beffroi runs on."""

import contextlib
import ctypes
import sys
from pathlib import Path

from beffroi.plugin.limits import MEGA

_PAGE = 4096
_SLACK = 256 * MEGA
_HONEST = 2 * MEGA
"""Beyond this size, a sample is rather a large file than a trap."""


def allowance(size: int) -> int:
    """Bytes of memory that reading a sample of `size` bytes may take, above the reader itself.

    Little for what is small, as traps are; a table of several megabytes and short rows takes 35 times
    its size (measured: 300,000 rows in 8.5 MB).
    """
    return min(130 * MEGA + 20 * size + 25 * max(0, size - _HONEST), 2048 * MEGA)


def taken(pid: int) -> int:
    """Bytes of memory that a process holds now; 0 when nobody can tell."""
    if sys.platform == "win32":
        return _taken_on_windows(pid)
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * _PAGE
    except (OSError, ValueError, IndexError):
        return 0


def limit_addresses(more: int) -> None:
    """Let this process map about `more` bytes beyond what it has; 0 lifts the limit.

    A backstop: libraries map far more than they fill, so what is mapped may be some larger, and
    whoever started the process watches what is filled (alone where there is no such limit: Windows).
    """
    if sys.platform == "win32":
        return
    import resource

    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    with contextlib.suppress(OSError, ValueError):
        limit = _mapped() + more + _SLACK if more else hard
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _mapped() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * _PAGE


if sys.platform == "win32":

    class _Counters(ctypes.Structure):
        """PROCESS_MEMORY_COUNTERS of psapi.h."""

        _fields_ = [
            ("cb", ctypes.c_ulong),
            ("PageFaultCount", ctypes.c_ulong),
            *(
                (name, ctypes.c_size_t)
                for name in (
                    "PeakWorkingSetSize", "WorkingSetSize", "QuotaPeakPagedPoolUsage",
                    "QuotaPagedPoolUsage", "QuotaPeakNonPagedPoolUsage",
                    "QuotaNonPagedPoolUsage", "PagefileUsage", "PeakPagefileUsage",
                )
            ),
        ]  # fmt: skip

    def _taken_on_windows(pid: int) -> int:
        kernel = ctypes.WinDLL("kernel32")
        kernel.OpenProcess.restype = ctypes.c_void_p
        handle = kernel.OpenProcess(0x1000, False, pid)
        if not handle:
            return 0
        counters = _Counters(cb=ctypes.sizeof(_Counters))
        said = kernel.K32GetProcessMemoryInfo(
            ctypes.c_void_p(handle), ctypes.byref(counters), counters.cb
        )
        kernel.CloseHandle(ctypes.c_void_p(handle))
        return int(counters.PagefileUsage) if said else 0
