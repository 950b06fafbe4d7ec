"""`python -m dashboard`: see cli."""

import sys

from dashboard import logs
from dashboard.cli import main

if __name__ == "__main__":
    logs.begin()
    sys.exit(main())
