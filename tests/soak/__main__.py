"""`python -m tests.soak [NAME …] [--seconds N]`: measure, and keep the figures in the docs."""

from __future__ import annotations

import argparse
import sys

from tests.soak import figures, harness


def main(words: list[str]) -> int:
    """Measure what is named, or everything. Returns 1 if one figure did not hold."""
    goals = harness.known()
    parser = argparse.ArgumentParser(prog="start.py soak")
    parser.add_argument("name", nargs="*", help="all unless told; known: " + ", ".join(goals))
    parser.add_argument("--seconds", type=float, default=harness.SECONDS, help="of each, about")
    options = parser.parse_args(words)
    unknown = [name for name in options.name if name not in goals]
    if unknown:
        parser.error(f"unknown: {', '.join(unknown)}; known: {', '.join(goals)}")
    results = [_one(name, options.seconds) for name in options.name or goals]
    return 0 if all(result.held for result in results) else 1


def _one(name: str, seconds: float) -> harness.Result:
    """Measure one and keep its row at once, so that a later death takes nothing with it."""
    sys.stdout.write(f"{name} …\n")
    sys.stdout.flush()
    result = harness.measure(name, seconds)
    figures.keep(result)
    sys.stdout.write(f"  {'held' if result.held else 'NOT HELD'}: {result.found}\n")
    sys.stdout.flush()
    return result


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
