"""An engine that holds the tables handed in, and from then on can open nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb

from dashboard.sandbox.model import Bounds, Given


def opened(given: Sequence[Given], bounds: Bounds) -> duckdb.DuckDBPyConnection:
    """In memory, without a file to spill to, without extensions, without a way to Python's
    variables; its settings are locked. Views stand for the tables, which stay where they are.
    """
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": f"{bounds.memory}B",
        "threads": 2,
        "async_threads": 1,
        "max_execution_time": bounds.seconds * 1000,
        "temp_directory": "",
        "max_temp_directory_size": "0B",
        "secret_directory": "",
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allow_community_extensions": False,
        "allow_persistent_secrets": False,
        "python_enable_replacements": False,
        "python_scan_all_frames": False,
        "errors_as_json": True,
    }
    con = duckdb.connect(":memory:", config=config)
    for number, one in enumerate(given, 1):
        con.register(own := f" {number}", one.table)  # no name that is offered begins so
        for name in one.names:
            con.execute(f"create temp view {quoted(name)} as from {quoted(own)}")
    con.execute("set enable_external_access = false")
    con.execute("set lock_configuration = true")
    return con


def quoted(name: str) -> str:
    """A name as SQL writes it, whatever it is."""
    return '"' + name.replace('"', '""') + '"'


def names(given: Sequence[Given]) -> Mapping[str, str]:
    """By their lower case: SQL does not tell cases apart."""
    return {name.lower(): name for one in given for name in one.names}


def seal() -> None:
    """From here on this process opens no file, no pipe and no connection, whoever asks it to.
    Windows has no such means; there the engine's own lock stands alone.
    """
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
