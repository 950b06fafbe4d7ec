"""What the reading child may do: begin small, take what it needs, then nothing but compute.

In the child, in this order: `die_with_the_server`, `limit`, `shut`. Linux has all of it (calls.py),
other systems a part; whatever the system lacks, the server watches from outside (watch.py), and on
Windows a job holds the child (jobs.py). `proof.py` shows what holds on this computer.
"""

from __future__ import annotations

import sys

from dashboard.importing.confinement import calls
from dashboard.settings import Limits

_FILES = 64  # open files; the child needs its three pipes and its libraries


def die_with_the_server() -> None:
    """From now on a killed server takes its children with it, and nobody reads their memory."""
    if sys.platform == "linux":
        calls.die_with_the_parent()


def limit(limits: Limits) -> None:
    """Memory, processor time, written bytes, open files, core dumps. Windows has none of these.

    RLIMIT_NPROC counts the user's threads on Linux, whoever started them, and Arrow needs a few:
    there `shut` refuses new processes; elsewhere the count is of processes and is set.
    """
    try:
        import resource
    except ImportError:
        return
    bounds = [
        (resource.RLIMIT_AS, limits.child_memory),
        (resource.RLIMIT_CPU, limits.child_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _FILES),
        (resource.RLIMIT_CORE, 0),
    ]
    if sys.platform == "darwin":
        bounds.append((resource.RLIMIT_NPROC, 0))
    for which, bound in bounds:
        hard = resource.getrlimit(which)[1]
        resource.setrlimit(which, (bound, bound if hard < 0 else min(bound, hard)))


def shut() -> bool:
    """No more files, sockets, programs: whatever is needed must be loaded. False where the system
    has no means, so that only the limits and the server's watch hold.
    """
    try:
        import resource
    except ImportError:
        return False
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))  # what is open stays open
    return sys.platform == "linux" and calls.shut()
