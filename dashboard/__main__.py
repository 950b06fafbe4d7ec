"""`python -m dashboard`: see cli."""

import os
import signal
import sys

if __name__ == "__main__":
    usual = signal.signal(signal.SIGINT, lambda *_: os._exit(130))  # nothing has begun yet
    os.umask(0o077)  # what is written here is for its owner's eyes

    from dashboard import logs, surroundings
    from dashboard.cli import main

    surroundings.speakable()
    logs.begin()
    signal.signal(signal.SIGINT, usual)
    sys.exit(main())
