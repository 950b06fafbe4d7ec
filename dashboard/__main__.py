"""`python -m dashboard`: see cli."""

import os
import sys

from dashboard import logs
from dashboard.cli import main

if __name__ == "__main__":
    os.umask(0o077)  # what is written here is for its owner's eyes
    logs.begin()
    sys.exit(main())
