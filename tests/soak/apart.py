"""Work in a process of its own, which may be killed; it begins clean, whatever ran in this one."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import ModuleType


def apart(work: Callable[..., None], *words: object) -> tuple[BaseProcess, Connection]:
    """The process, at work, and the end its answers come out of; `work` gets the other one last.

    A process begins by running this one's main program again, and a page that was drawn in a test
    calls itself that: for the moment of the start there is none.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([work.__module__])
    answers, answer = context.Pipe(duplex=False)
    own = context.Process(target=work, args=(*words, answer))
    main, sys.modules["__main__"] = sys.modules["__main__"], ModuleType("__main__")
    try:
        own.start()
    finally:
        sys.modules["__main__"] = main
    answer.close()
    return own, answers
