"""What a browser is sent, without a browser: every frame of a session, kept as it came.

And what must be in none of them: names, and numbers that are a person's.
"""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from dashboard.ui.identity import COOKIE

PATIENCE = 120  # seconds until a page that is not drawn has failed
_FINISHED = {ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY}


@dataclass
class Window:
    """One open tab: all `frames` it was ever sent, and what it may press, choose or unfold."""

    socket: ClientConnection
    frames: list[bytes] = field(default_factory=list)
    buttons: dict[str, str] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)
    folded: set[str] = field(default_factory=set)
    _script: str = ""
    _page: str = ""
    _query: str = ""

    def open(self, page: str, query: str = "") -> list[bytes]:
        """The frames of one page, asked for by its path."""
        self._page, self._query, self._script = page, query, ""
        return self._ask(())

    def press(self, *called: str) -> list[bytes]:
        """The frames after these buttons were pressed; a browser may name any."""
        return self._ask([WidgetState(id=one, trigger_value=True) for one in called])

    def unfold(self) -> list[bytes]:
        """The frames after everything was opened that is drawn only then."""
        return self._ask([WidgetState(id=one, bool_value=True) for one in sorted(self.folded)])

    def pick(self, called: str, row: int = 0) -> list[bytes]:
        """The frames after a row or a point was chosen."""
        told = f'{{"selection":{{"rows":[{row}],"columns":[],"cells":[],"points":[{_POINT}]}}}}'
        return self._ask([WidgetState(id=called, string_value=told)])

    def _ask(self, states: Sequence[WidgetState]) -> list[bytes]:
        asked = BackMsg()
        state = asked.rerun_script
        state.query_string, state.page_script_hash = self._query, self._script
        state.page_name = "" if self._script else self._page
        state.widget_states.widgets.extend(states)
        state.context_info.locale, state.context_info.timezone = "zh-CN", "Asia/Shanghai"
        state.context_info.url = f"http://dashboard/{self._page}?{self._query}"
        self.socket.send(asked.SerializeToString())
        return list(self._frames())

    def _frames(self) -> Iterator[bytes]:
        until = time.monotonic() + PATIENCE
        finished = False
        while not finished:
            data = self.socket.recv(max(0.1, until - time.monotonic()))
            frame = data if isinstance(data, bytes) else data.encode()
            self.frames.append(frame)
            yield frame
            finished = self._look_at(ForwardMsg.FromString(frame))

    def _look_at(self, told: ForwardMsg) -> bool:
        """Whether that was the last frame of the run."""
        if told.HasField("new_session"):
            self._script = told.new_session.page_script_hash
        element = told.delta.new_element
        if element.HasField("button") and not element.button.disabled:
            self.buttons[element.button.label] = element.button.id
        if opens := told.delta.add_block.popover.id:
            self.folded.add(opens)
        if element.HasField("dataframe") and element.dataframe.id:
            self.chosen[element.dataframe.id] = "rows"
        if element.HasField("plotly_chart") and element.plotly_chart.id:
            self.chosen[element.plotly_chart.id] = "points"
        return told.WhichOneof("type") == "script_finished" and told.script_finished in _FINISHED


_POINT = '{"curve_number":0,"point_index":0,"x":0,"y":0}'


@contextmanager
def window(url: str, token: str) -> Iterator[Window]:
    """A tab of whoever holds this token, on the dashboard at `url`."""
    place = urlsplit(url)
    with connect(
        f"ws://{place.netloc}/_stcore/stream",
        origin=Origin(f"http://{place.netloc}"),
        subprotocols=[Subprotocol("streamlit")],
        additional_headers={"Cookie": f"{COOKIE}={token}"},
        max_size=64 << 20,
        open_timeout=PATIENCE,
    ) as socket:
        yield Window(socket)


# -- what must not be in them --------------------------------------------------------------------

_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_FAULT = re.compile(r"\*\*E-[2-9A-Z]{5}\*\*")
_ID = re.compile(r"(?<![\w.-])\d{17}[\dXx](?![\w.])")
_PHONE = re.compile(r"(?<![\w.-])1[3-9]\d{9}(?![\w.])")
_CARD = re.compile(r"(?<![\w.-])\d{16,19}(?![\w.])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def words(frame: bytes) -> str:
    """All text of a frame: a protobuf's, an Arrow table's, a chart's own escapes undone."""
    text = frame.decode("utf-8", "ignore")
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "\\u" in text else text


def drawn(frames: Collection[bytes]) -> bool:
    """Whether a page came, without an error."""
    told = [ForwardMsg.FromString(frame) for frame in frames]
    elements = [one.delta.new_element for one in told if one.HasField("delta")]
    return bool(elements) and not any(
        one.HasField("exception") or _FAULT.search(one.alert.body) for one in elements
    )


def personal(frames: Collection[bytes], names: Collection[str]) -> set[str]:
    """Names and numbers of persons in these frames."""
    pattern = re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))
    found: set[str] = set()
    for text in map(words, frames):
        found |= set(pattern.findall(text)) | set(_numbers(text))
    return found


def _numbers(text: str) -> Iterator[str]:
    yield from _PHONE.findall(text)
    yield from (one for one in _ID.findall(text) if _is_checked(one))
    yield from (one for one in _CARD.findall(text) if _is_luhn(one))


def _is_checked(number: str) -> bool:
    """Whether an identity number's last digit is the one its others ask for (GB 11643)."""
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == number[-1].upper()


def _is_luhn(number: str) -> bool:
    doubled = [int(d) * (2 if at % 2 else 1) for at, d in enumerate(reversed(number))]
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0
