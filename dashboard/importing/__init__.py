"""Bytes in, report out; no database, no screen.

`read` is the way in for everybody: it opens files only in a child process with limits.
"""

from dashboard.importing.reading import read

__all__ = ["read"]
