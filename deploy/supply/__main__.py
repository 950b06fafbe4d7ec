"""The two commands."""

import sys

from deploy.supply import bill, licences, lock

WORDS = "python -m deploy.supply lock | list\n"


def main(words: list[str]) -> int:
    """0, or 2 for a word it does not know."""
    if words == ["lock"]:
        lock.write()
    elif words == ["list"]:
        bill.write()
        licences.write()
    else:
        sys.stderr.write(WORDS)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
