"""What the child takes along before it can open no file any more (confinement.shut).

Modules and tables that are read at first need would be needed too late. A test reads every file of
the corpus through a real child; what is missing here would refuse one of them.
"""

from __future__ import annotations

import codecs
import encodings
import pkgutil
import warnings
from contextlib import suppress
from importlib import import_module
from sys import modules
from types import ModuleType

import pyarrow as pa

from dashboard.contracts import subjects

# Names by which modules load others at first use.
_LAZY = (
    "_strptime",
    "concurrent.futures.thread",
    "numpy.ma",
    "pyarrow.compute",
    "pyarrow.csv",
    "stringprep",
)


def load() -> None:
    """What every file may need. Arrow would open a pipe of its own to hear of Ctrl-C."""
    _without_pandas()
    pa.enable_signal_handlers(False)
    for name in _LAZY:
        import_module(name)
    for encoding in pkgutil.iter_modules(encodings.__path__):
        with suppress(LookupError):  # one of another system
            codecs.lookup(encoding.name)
    subjects.chart()


def load_plans() -> None:
    """What a plan needs; a tenth of a second that no table shall wait for."""
    import dashboard.plans.plan  # noqa: F401


def _without_pandas() -> None:
    """Arrow looks for pandas at its first array; importing it takes longer than a small file."""
    absent = ModuleType("pandas")
    absent.__version__ = "0"  # type: ignore[attr-defined]
    modules.setdefault("pandas", absent)
    warnings.filterwarnings("ignore", "pyarrow requires pandas")
    pa.array([0])
