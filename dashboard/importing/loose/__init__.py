"""Any table, read without a contract: what its columns hold, and what does not fit.

`read_loosely` is the way in; as every file, it is opened in the child process only.
"""

from dashboard.importing.loose.reading import read_loosely

__all__ = ["read_loosely"]
