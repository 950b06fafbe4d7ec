"""What takes too long for every test run: attacked, cut off, crowded. `python3 start.py soak`.

Each module here with a `GOAL` and a `run(seconds)` is one measurement; `harness` runs them.
"""
