"""One measurement in a process of its own: bounded in time, on a data folder of its own.

A module `tests/soak/NAME.py` that can be measured holds

    GOAL: str                                  one line: the figure to hold, and its number
    def run(seconds: float) -> Result          about `seconds` long; `measured` makes its Result

It runs in a fresh process in a session of its own, which is killed with all its children
`GRACE` seconds after its time; DASHBOARD_DATA and the temporary folder are empty folders of its
own; Python there connects to loopback addresses only. Plain asserts may be used: what a run
raises is a result that did not hold.
"""

from __future__ import annotations

import ast
import importlib
import ipaddress
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SECONDS = 240.0  # of one measurement, unless told
GRACE = 60.0  # … and killed so long after its time
_TOLD = 400  # characters of what went wrong


@dataclass(frozen=True, slots=True)
class Result:
    """What one measurement found. name: the module; goal, found: one line each."""

    name: str
    goal: str
    found: str
    held: bool
    seconds: float


def measured(name: str, goal: str, found: str, held: bool, began: float) -> Result:
    """The result of a run that began at `began` of time.monotonic()."""
    return Result(name.rpartition(".")[2], goal, found, held, time.monotonic() - began)


def known(folder: Path = HERE) -> dict[str, str]:
    """name -> goal of every measurement in the folder, read without importing any."""
    goals = {file.stem: _goal(file) for file in sorted(folder.glob("*.py"))}
    return {name: goal for name, goal in goals.items() if goal}


def _goal(file: Path) -> str:
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        names = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(isinstance(name, ast.Name) and name.id == "GOAL" for name in names):
            return str(ast.literal_eval(node.value))  # type: ignore[attr-defined]
    return ""


def measure(name: str, seconds: float, grace: float = GRACE, package: str = __package__) -> Result:
    """Run one measurement apart; what does not answer in time is ended and did not hold."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="soak-", ignore_cleanup_errors=True) as folder:
        answer = Path(folder) / "result.json"
        command = [sys.executable, "-m", "tests.soak.harness"]
        command += [f"{package}.{name}", str(seconds), str(answer)]
        trouble = _run(command, _surroundings(Path(folder)), seconds + grace)
        if answer.exists():
            return Result(**json.loads(answer.read_text(encoding="utf-8")))
    return measured(name, known().get(name, ""), trouble[-_TOLD:], False, began)


def _surroundings(folder: Path) -> dict[str, str]:
    """The environment: data and temporary files in a folder that is gone afterwards."""
    places = {"DASHBOARD_DATA": folder / "data", "TMPDIR": folder / "tmp"}
    for place in places.values():
        place.mkdir(mode=0o700)
    paths = (ROOT, HERE.parent, *filter(None, [os.environ.get("PYTHONPATH")]))
    return {
        **os.environ,
        **{name: str(place) for name, place in places.items()},
        "PYTHONPATH": os.pathsep.join(map(str, paths)),
    }


def _run(command: list[str], environment: dict[str, str], seconds: float) -> str:
    """Run it to its end or ours. Returns the last words, for the case that there is no result."""
    with tempfile.TemporaryFile() as said:
        own = subprocess.Popen(
            command, cwd=ROOT, env=environment, stderr=said, start_new_session=True
        )
        try:
            own.wait(seconds)
            end = f"ended with {own.returncode}: "
        except subprocess.TimeoutExpired:
            end = f"no answer after {seconds:.0f} s: "
        finally:
            _end(own)
        said.seek(0)
        lines = said.read().decode("utf-8", "replace").strip().splitlines()
    return end + " ".join(lines[-3:])


def _end(own: subprocess.Popen[bytes]) -> None:
    """End it and whatever it started that stayed in its session."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError):
            os.killpg(own.pid, signal.SIGKILL)
    own.kill()
    own.wait()


def _stay_here(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook: a connection to anywhere but this computer is an error of the measurement."""
    if event != "socket.connect" or not isinstance(arguments[1], tuple):
        return
    host = str(arguments[1][0])
    if host != "localhost" and not ipaddress.ip_address(host.partition("%")[0]).is_loopback:
        raise ConnectionRefusedError(f"a measurement asked for {host}: loopback only")


def _apart(module: str, seconds: float, answer: Path) -> None:
    """In the process of its own: measure, and leave the result in one step."""
    sys.addaudithook(_stay_here)
    name, began = module.rpartition(".")[2], time.monotonic()
    try:
        result = importlib.import_module(module).run(seconds)
    except Exception as error:  # noqa: BLE001 - a failed measurement is a result
        words = f"{type(error).__name__}: {error}".replace("\n", " ")[:_TOLD]
        result = measured(name, known().get(name, ""), words, False, began)
    draft = answer.with_suffix(".new")
    draft.write_text(json.dumps(asdict(result)), encoding="utf-8")
    draft.replace(answer)


if __name__ == "__main__":
    _apart(sys.argv[1], float(sys.argv[2]), Path(sys.argv[3]))
    sys.stderr.flush()
    os._exit(0)  # a thread that a measurement left behind keeps nobody waiting
