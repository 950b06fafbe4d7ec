"""A page alone behind the dashboard's own server: its gate, its settings, its way with memory.

python -m benchmarks.plain SCRIPT PORT FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

from dashboard import heap
from dashboard.door.application import application
from dashboard.door.listening import configure, server
from dashboard.door.terms import Bounds, Terms

HOST = "127.0.0.1"


def main(script: str, port: str, folder: str) -> None:
    names = [HOST, "localhost"]
    configure({"server.address": HOST, "server.port": int(port), "server.allowedHosts": names})
    bounds = Bounds(sockets_of_one=300)
    terms = Terms(Path(folder), b"s" * 32, names=frozenset(names), bounds=bounds)
    heap.watch()
    app = application(Path(script), terms)
    server(app, HOST, int(port), behind_proxy=False, connections=bounds.connections).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
