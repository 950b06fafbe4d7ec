"""Windows: a job object around the child (Job Objects, JOBOBJECT_EXTENDED_LIMIT_INFORMATION).

The system ends the child when it takes too much memory or when the server's handle goes, as it
does when the server is killed. Written to the documented interface; no Windows was at hand to run
it, so a job that cannot be made leaves the child to the server's clock, and the self-test says so.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Any

_EXTENDED = 9  # JobObjectExtendedLimitInformation
_ACTIVE_PROCESSES, _PROCESS_TIME, _PROCESS_MEMORY, _KILL_ON_CLOSE = 0x8, 0x2, 0x100, 0x2000
_TICKS = 10_000_000  # of 100 ns, in a second


class _Basic(ctypes.Structure):
    _fields_ = [
        ("process_time", ctypes.c_int64), ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32), ("smallest", ctypes.c_size_t), ("largest", ctypes.c_size_t),
        ("processes", ctypes.c_uint32), ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32), ("scheduling", ctypes.c_uint32),
    ]  # fmt: skip


class _Extended(ctypes.Structure):
    _fields_ = [
        ("basic", _Basic), ("transfers", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t), ("job_memory", ctypes.c_size_t),
        ("most_process_memory", ctypes.c_size_t), ("most_job_memory", ctypes.c_size_t),
    ]  # fmt: skip


def hold(child: int, memory: int, seconds: int) -> Any:
    """A handle to the job around this process handle; the job ends with it. None elsewhere.

    An environment's python.exe starts the real one as its child: one process more.
    """
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = ctypes.c_void_p
        job = kernel.CreateJobObjectW(None, None)
        if not job:
            return None
        bounds = _Extended()
        bounds.basic.flags = _ACTIVE_PROCESSES | _PROCESS_TIME | _PROCESS_MEMORY | _KILL_ON_CLOSE
        bounds.basic.processes = 1 if sys.prefix == sys.base_prefix else 2
        bounds.basic.process_time, bounds.process_memory = seconds * _TICKS, memory
        handle = ctypes.c_void_p(job)
        size = ctypes.sizeof(bounds)
        kernel.SetInformationJobObject(handle, _EXTENDED, ctypes.byref(bounds), size)
        kernel.AssignProcessToJobObject(handle, ctypes.c_void_p(child))
        return handle
    return None


def let_go(job: Any) -> None:
    """Close the handle, and with it the job: what is still in it ends."""
    if job is not None and sys.platform == "win32":
        ctypes.WinDLL("kernel32").CloseHandle(job)
