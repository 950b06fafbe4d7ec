"""What passes of all a browser may say, and what of it keeps a sign-in alive."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.types import Message
from streamlit import config as options
from streamlit.proto.BackMsg_pb2 import BackMsg

from dashboard.door import hearing, listening
from dashboard.door.sockets import Sockets
from dashboard.door.terms import Bounds
from dashboard.roles import Identity, Role

END: Message = {"type": "websocket.disconnect", "code": 1000}


async def _nowhere(_: Message) -> None:
    pass


def passed(*said: BackMsg | bytes, role: Role = Role.OFFICER) -> tuple[list[BackMsg], Message]:
    """What comes through of these frames, and how the conversation ends."""
    datas = [one if isinstance(one, bytes) else one.SerializeToString() for one in said]
    waiting: list[Message] = [{"type": "websocket.receive", "bytes": data} for data in datas]
    waiting.append(END)

    async def receive() -> Message:
        return waiting.pop(0)

    async def listening() -> tuple[list[BackMsg], Message]:
        sockets = Sockets(Bounds(frames=50))
        socket = sockets.enter("one", Identity("u1", "", role), _nowhere)
        hears = hearing.heard(sockets, socket, receive)
        through = []
        while (message := await hears())["type"] == "websocket.receive":
            through.append(BackMsg.FromString(message["bytes"]))
        return through, message

    return asyncio.run(listening())


def frame(**fields: Any) -> BackMsg:
    return BackMsg(**fields)


def names(count: int) -> BackMsg:
    return frame(file_urls_request={"request_id": "r", "file_names": [""] * count})


OURS = [
    frame(rerun_script={"page_name": "overview", "widget_states": {"widgets": [{"id": "a"}]}}),
    frame(stop_script=True),
    frame(app_heartbeat=True),
    frame(backend_operation_request={"deferred_file": {"file_id": "a"}}),
    frame(backend_operation_request={"dataframe_chunk": {}}),
]
STRANGE = [
    frame(clear_cache=True),
    frame(set_run_on_save=True),
    frame(load_git_info=True),
    frame(debug_shutdown_runtime=True),
    frame(debug_disconnect_websocket=True),
    frame(backend_operation_request={"install_skills": {}}),
    frame(backend_operation_request={"dismiss_skills_nudge": {}}),
    frame(backend_operation_request={"request_id": "a"}),
    frame(rerun_script={"widget_states": {"widgets": [{}] * 5_001}}),
    names(201),
]


@pytest.mark.parametrize("role", Role)
def test_what_our_pages_say_passes_and_nothing_else(role: Role) -> None:
    assert passed(*STRANGE, *OURS, *STRANGE, role=role) == (OURS, END)


@pytest.mark.parametrize("role", Role)
def test_files_are_announced_by_those_who_have_a_page_for_them(role: Role) -> None:
    takes = role not in {Role.DELEGATE, Role.PROJECTOR}
    assert passed(names(200), role=role)[0] == [names(200)] * takes


@pytest.mark.parametrize("nonsense", [b"", b"\xff\xff no message"])
def test_what_is_no_frame_ends_the_conversation(nonsense: bytes) -> None:
    through, end = passed(nonsense, OURS[0])
    assert (through, end["code"]) == ([], 1002)


def test_who_says_more_than_hands_do_is_heard_no_longer() -> None:
    through, end = passed(*[OURS[3]] * 60)
    assert (len(through), end["code"]) == (50, 1008)


def test_a_page_that_redraws_itself_is_nobodys_doing() -> None:
    deed = frame(rerun_script={"page_name": "members"})
    alone = frame(rerun_script={"is_auto_rerun": True})
    assert [hearing.is_deed(one) for one in (deed, alone, OURS[2])] == [True, False, False]


def test_a_frame_has_room_for_the_longest_work_plan_and_not_for_much_more() -> None:
    """In each of 150,000 characters, of at most four bytes, three times over."""
    config = listening.server(None, "127.0.0.1", 0, behind_proxy=False, connections=1).config
    assert 3 * 4 * 150_000 <= config.ws_max_size <= 2_500_000
    assert options.get_option("server.maxWidgetStateSize") * 10**6 == config.ws_max_size
