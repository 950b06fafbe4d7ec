"""Linux: a filter over the system calls of this process (seccomp(2), prctl(2)), by a BPF program.

What computes goes on; what opens, connects, starts, renames, traces or signals others is answered
with EPERM. Nothing can take the filter away again, and threads have it, too.
"""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import struct
from collections.abc import Iterator

_SET_DEATH_SIGNAL, _SET_DUMPABLE, _SET_SECCOMP, _NO_NEW_PRIVILEGES = 1, 4, 22, 38
_FILTER, _ALL_THREADS = 2, 1  # of prctl; the flag of seccomp
_ALLOW, _KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000
_NOT_PERMITTED, _NO_SUCH_CALL = 1, 38  # errno
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data
_THREAD = 0x00010000  # CLONE_THREAD
_OTHER_TABLE = 0x40000000  # from here on x86_64 counts the calls of x32

# Machine -> (AUDIT_ARCH_…, number of seccomp itself); linux/audit.h, unistd.h.
_MACHINES = {"x86_64": (0xC000003E, 317), "aarch64": (0xC00000B7, 277)}
# Refused: (number on x86_64, on aarch64; None where the machine has no such call).
_REFUSED: tuple[tuple[int | None, int | None], ...] = (
    # open, openat, openat2, creat, name_to_handle_at, open_by_handle_at, memfd_create
    (2, None), (257, 56), (437, 437), (85, None), (303, 264), (304, 265), (319, 279),
    # socket, socketpair, connect, bind, listen, accept, accept4, sendto, sendmsg, sendmmsg
    (41, 198), (53, 199), (42, 203), (49, 200), (50, 201), (43, 202), (288, 242), (44, 206),
    (46, 211), (307, 269),
    # fork, vfork, execve, execveat
    (57, None), (58, None), (59, 221), (322, 281),
    # ptrace, process_vm_readv, process_vm_writev, pidfd_open, pidfd_getfd, kcmp
    (101, 117), (310, 270), (311, 271), (434, 434), (438, 438), (312, 272),
    # kill, tkill, rt_sigqueueinfo, rt_tgsigqueueinfo, pidfd_send_signal
    (62, 129), (200, 130), (129, 138), (297, 240), (424, 424),
    # rename, renameat, renameat2, unlink, unlinkat, rmdir, mkdir, mkdirat
    (82, None), (264, 38), (316, 276), (87, None), (263, 35), (84, None), (83, None), (258, 34),
    # link, linkat, symlink, symlinkat, mknod, mknodat, truncate, utimensat
    (86, None), (265, 37), (88, None), (266, 36), (133, None), (259, 33), (76, 45), (280, 88),
    # chmod, fchmodat, fchmodat2, chown, lchown, fchownat, chdir, chroot
    (90, None), (268, 53), (452, 452), (92, None), (94, None), (260, 54), (80, 49), (161, 51),
    # mount, umount2, pivot_root, unshare, setns, init_module, finit_module, kexec_load
    (165, 40), (166, 39), (155, 41), (272, 97), (308, 268), (175, 105), (313, 273), (246, 104),
    # bpf, perf_event_open, userfaultfd, io_uring_setup, keyctl, add_key, request_key
    (321, 280), (298, 241), (323, 282), (425, 425), (250, 219), (248, 217), (249, 218),
)  # fmt: skip
# Allowed by the first argument only: clone makes threads, tgkill and prlimit64 reach itself.
_CLONE, _CLONE3, _TGKILL, _PRLIMIT = (56, 220), (435, 435), (234, 131), (302, 261)


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p)]


def die_with_the_parent() -> None:
    """The signal comes when the parent's starting thread ends: children.py keeps that one alive."""
    library = ctypes.CDLL(None)
    library.prctl(_SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    library.prctl(_SET_DUMPABLE, 0, 0, 0, 0)


def shut() -> bool:
    """Set the filter for every thread of this process. False where the kernel takes none."""
    known = _MACHINES.get(platform.machine())
    if known is None:
        return False
    architecture, seccomp = known
    code = b"".join(_program(architecture, platform.machine() == "x86_64", os.getpid()))
    held = ctypes.create_string_buffer(code, len(code))
    program = _Program(len(code) // 8, ctypes.addressof(held))
    library = ctypes.CDLL(None)
    library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    if library.syscall(seccomp, 1, _ALL_THREADS, ctypes.byref(program)) == 0:
        return True
    return bool(library.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) == 0)


def _program(architecture: int, is_x86: bool, own: int) -> Iterator[bytes]:
    """The filter, instruction by instruction; every test skips what follows it if it fails."""
    yield _step(_LOAD, _ARCHITECTURE)
    yield _step(_EQUAL, architecture, 1, 0)
    yield _step(_RETURN, _KILL)
    yield _step(_LOAD, _NUMBER)
    if is_x86:
        yield from _answer(_AT_LEAST, _OTHER_TABLE, _ERROR | _NOT_PERMITTED)
    for numbers in _REFUSED:
        number = numbers[0 if is_x86 else 1]
        if number is not None:
            yield from _answer(_EQUAL, number, _ERROR | _NOT_PERMITTED)
    # A C library that is told there is no clone3 takes clone, whose flags can be looked at.
    yield from _answer(_EQUAL, _CLONE3[0], _ERROR | _NO_SUCH_CALL)
    for numbers, test, wanted in (
        (_CLONE, _ANY_BIT, _THREAD), (_TGKILL, _EQUAL, own), (_PRLIMIT, _EQUAL, 0),
    ):  # fmt: skip
        yield _step(_EQUAL, numbers[0 if is_x86 else 1], 0, 4)
        yield _step(_LOAD, _FIRST_ARGUMENT)
        yield _step(test, wanted, 1, 0)
        yield _step(_RETURN, _ERROR | _NOT_PERMITTED)
        yield _step(_RETURN, _ALLOW)
    yield _step(_RETURN, _ALLOW)


def _answer(test: int, number: int, answer: int) -> Iterator[bytes]:
    yield _step(test, number, 0, 1)
    yield _step(_RETURN, answer)


def _step(code: int, value: int, then: int = 0, otherwise: int = 0) -> bytes:
    """One struct sock_filter."""
    return struct.pack("=HBBI", code, then, otherwise, value)
