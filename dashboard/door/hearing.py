"""What a browser says into its socket: how much of it passes, and what is somebody's doing.

Streamlit takes more kinds of frames than our pages send, and each as large as it comes.
"""

from __future__ import annotations

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from starlette.types import Message, Receive
from streamlit.proto.BackMsg_pb2 import BackMsg

from dashboard.door.sockets import Socket, Sockets
from dashboard.roles import Identity

# What our pages send; to empty everybody's cache or to change how the server runs is not among it.
_KINDS = frozenset({"rerun_script", "stop_script", "app_heartbeat"})
_OPERATIONS = frozenset({"deferred_file", "dataframe_chunk"})
_WIDGETS = 5_000  # on one page; each is an object in memory, however small its frame
_FILES = 200  # dropped at once
_NONSENSE: Message = {"type": "websocket.disconnect", "code": 1002}
_FLOOD: Message = {"type": "websocket.disconnect", "code": 1008}


def heard(sockets: Sockets, socket: Socket, receive: Receive) -> Receive:
    """`receive`, as long as it is not too much, and without what no page of ours says.

    Notes when a person did something: not a ping, not a page that redraws itself.
    """

    async def receiving() -> Message:
        while (message := await receive())["type"] == "websocket.receive":
            if sockets.is_flooding(socket):
                return _FLOOD
            told = _said(message)
            if told is None:
                return _NONSENSE
            if _is_ours(told, socket.identity):
                socket.acted = socket.acted or is_deed(told)
                return message
        return message

    return receiving


def _said(message: Message) -> BackMsg | None:
    """The frame; None where it is none, and the conversation ends."""
    told = BackMsg()
    try:
        told.ParseFromString(message.get("bytes") or b"\xff")
    except DecodeError:
        return None
    return told


def _is_ours(told: BackMsg, identity: Identity) -> bool:
    """Whether one of our pages, before these eyes, may have said it."""
    kind = told.WhichOneof("type")
    if kind == "file_urls_request":
        return may_drop(identity) and len(told.file_urls_request.file_names) <= _FILES
    if kind == "backend_operation_request":
        return told.backend_operation_request.WhichOneof("payload") in _OPERATIONS
    return kind in _KINDS and len(told.rerun_script.widget_states.widgets) <= _WIDGETS


def may_drop(identity: Identity) -> bool:
    """Whether a page takes files from somebody: registers, any table, a template of slides."""
    return identity.may("import") or identity.may("explore") or identity.may("export")


def is_deed(told: BackMsg) -> bool:
    """Whether a frame is somebody's doing."""
    return told.WhichOneof("type") == "rerun_script" and not told.rerun_script.is_auto_rerun
