"""Answers that nobody reads: what is sent waits in our memory, and may not wait there for ever."""

from __future__ import annotations

import asyncio

_SECONDS = 30.0
_LEAST = 64 * 1024  # bytes; what somebody takes in that time, or all there is


class Unread:
    """Ends a connection whose other side takes too little. For one transport, while it stands."""

    def __init__(self, transport: asyncio.Transport) -> None:
        transport.set_write_buffer_limits(0)  # we are told of the first byte that has to wait
        self._transport, self._left = transport, 0
        self._timer: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        """Something has to wait."""
        self.end()
        self._left = self._transport.get_write_buffer_size()
        self._timer = asyncio.get_running_loop().call_later(_SECONDS, self._look)

    def end(self) -> None:
        """All is sent, or nobody is there."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _look(self) -> None:
        if self._transport.get_write_buffer_size() > self._left - _LEAST:
            self._transport.abort()
        else:
            self.begin()
