"""`python -m dashboard template DATASET`: an empty workbook to fill in and upload."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from dashboard.contracts import dataset
from dashboard.errors import RefusedRequest, cause
from dashboard.exports.template import file_name, template


def arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("dataset", metavar="DATASET")
    command.add_argument("--out", type=Path, default=None, metavar="FILE")


def run(options: argparse.Namespace) -> int:
    """Write the file and say where. Raises RefusedRequest; a file that is there stays."""
    wanted = dataset(options.dataset)
    place = options.out or Path(file_name(wanted, options.lang))
    try:
        with place.open("xb") as file:
            file.write(template(wanted, options.lang))
    except FileExistsError:
        raise RefusedRequest("file_exists", file=place) from None
    except OSError as failure:
        raise RefusedRequest("unwritable", file=place, reason=cause(failure)) from None
    sys.stdout.write(f"{place}\n")
    return 0
