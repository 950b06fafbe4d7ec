"""The sign of the house, as an address that holds it whole: no second request, no file each run."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

ICON = f"data:image/svg+xml,{quote(Path(__file__).with_name('icon.svg').read_text('utf-8'))}"
