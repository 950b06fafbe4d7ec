"""The union's registers, one file each; a new one is found by its folder."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from dashboard.contracts.model import Dataset
from dashboard.errors import RefusedRequest

# The order in which an officer thinks of them; a dataset not named here comes last.
_ORDER = (
    "staff",
    "members",
    "activities",
    "attendance",
    "ledger",
    "budget",
    "proposals",
    "votes",
)


def _found() -> dict[str, Dataset]:
    modules = [import_module(f"{__name__}.{info.name}") for info in iter_modules(__path__)]
    found = [module.DATASET for module in modules if hasattr(module, "DATASET")]
    known = {name: place for place, name in enumerate(_ORDER)}
    found.sort(key=lambda dataset: (known.get(dataset.name, len(known)), dataset.name))
    return {dataset.name: dataset for dataset in found}


DATASETS: dict[str, Dataset] = _found()


def dataset(name: str) -> Dataset:
    """The dataset of that name; raises RefusedRequest with the names there are."""
    if name not in DATASETS:
        raise RefusedRequest("unknown_dataset", name=name, known=", ".join(DATASETS))
    return DATASETS[name]
