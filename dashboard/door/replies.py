"""What the door says to those it does not let through: short, in both languages, as plain text."""

from __future__ import annotations

from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from dashboard.text import Text

SIGN_IN = Text("请先登录。", "Sign in first.")
STRANGE_HOST = Text(
    "看板不以这个地址提供服务。请用管理员给的地址；共享时可用 --name 增加名称。",
    "The dashboard does not answer under this address. Use the one you were given;"
    " who shares may add names with --name.",
)
FOREIGN = Text("请求来自其他网站，已拒绝。", "The request comes from another site; refused.")
ELSEWHERE = Text(
    "看板未共享，只能在本机打开。",
    "The dashboard is not shared: it opens on its own computer only.",
)
PLAIN = Text(
    "看板只接受经 TLS 代理加密的连接。请用 https 打开；代理须设置 X-Forwarded-Proto。",
    "The dashboard takes encrypted connections only: open it by https."
    " The proxy must set X-Forwarded-Proto.",
)
CLOSED = Text("没有这个页面。", "There is no such page.")
TOO_LARGE = Text("内容超过上限 {limit} MB。", "Larger than the limit of {limit} MB.")
TOO_LARGE_FORM = Text("内容太多，已拒绝。", "Too much was sent; refused.")
TOO_MUCH = Text(
    "短时间内上传太多（上限 {limit} MB）。请 {minutes} 分钟后再试。",
    "Too much was uploaded within a short time (limit {limit} MB). Retry in {minutes} minutes.",
)
FULL = Text(
    "服务器正在处理的上传已满。请稍后再试。",
    "The server holds as many uploads as it can. Retry in a while.",
)
NOT_YOURS = Text("这个页面已过期，请刷新后再上传。", "This page has expired; reload it and retry.")
NO_FILES = Text("您的身份不能上传文件。", "Your role does not upload files.")
TOO_SLOW = Text("传输太慢或中断，已停止。", "The transfer was too slow or stood still; stopped.")
MANY_SOCKETS = Text(
    "打开的页面太多。请关闭一些再试。", "Too many pages are open. Close some and retry."
)
BROKEN = Text(
    "服务器出错，编号 {code}。请把编号告诉管理员。",
    "Something went wrong, code {code}. Tell it to whoever looks after the dashboard.",
)


class Refused(Exception):
    """A request that goes no further; carries what is answered."""

    def __init__(self, status: int, words: Text, wait: int = 0) -> None:
        super().__init__(status)
        self.status, self.words, self.wait = status, words, wait

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The connection ends with it: what is still being sent is not read."""
        headers = {"Connection": "close"} if self.status in {408, 413, 429} else {}
        if self.wait:
            headers["Retry-After"] = str(self.wait)
        if scope["type"] == "websocket":
            await _unopened(scope, send, self)
            return
        await PlainTextResponse(self.said, self.status, headers)(scope, receive, send)

    @property
    def said(self) -> str:
        return f"{self.words.zh}\n{self.words.en}\n"


async def _unopened(scope: Scope, send: Send, refused: Refused) -> None:
    """A socket that never opens; where the server can, with a status and headers of our own."""
    if "websocket.http.response" not in scope.get("extensions", {}):
        await send({"type": "websocket.close", "code": 1008})
        return
    start = {"type": "websocket.http.response.start", "status": refused.status, "headers": []}
    await send(start)
    await send({"type": "websocket.http.response.body", "body": refused.said.encode()})
