#!/usr/bin/env python3
"""Start the Union Dashboard, or test it, with nothing installed but Python.

The first start makes an environment in `.venv` and installs the pinned requirements into it;
later starts find a stamp there and go straight on. The stamp is taken away before anything is
touched and written after everything is done: an interrupted installation leaves none, and
without one the environment is built afresh.

Only the standard library, and only syntax which Python 3.6 can read, so that an old Python
says in plain words what it lacks instead of "invalid syntax".
"""

import errno
import hashlib
import os
import platform
import re
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Callable, Iterator, List, Sequence, Set, TextIO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

ROOT = Path(__file__).resolve().parent
OLDEST_PYTHON = (3, 11)
RUN = ("requirements.txt",)
# Each file includes the one before, so installing the last installs all.
TEST = ("requirements.txt", "requirements-dev.txt")

HELP = """\
工会数据看板 · Union Dashboard

  python3 start.py [选项]           启动看板；首次启动会自动安装所需组件
                                    Start the dashboard; the first start installs what it needs
      --port N                      端口，默认 8501 · port, 8501 unless told
      --share                       向局域网共享：每人用账号登录，首个账号在本机设置
                                    share on the network: people sign in; the first account is made
                                    on this computer
      --host H                      监听地址，默认 127.0.0.1（仅本机）；其他地址等于共享
                                    address to listen on, this computer only unless told; any other
                                    means sharing
      --name NAME                   共享时的主机名，可重复 · a host name it answers to; may repeat
      --tls                         在本机的 TLS 代理（如 nginx）之后
                                    behind a TLS proxy on this computer, such as nginx
      --no-browser                  不自动打开浏览器 · do not open a browser
      --data DIR                    数据目录（相对路径从本文件夹算起）
                                    folder of the data (a relative one starts from this folder)

  python3 start.py test [pytest 参数]
                                    运行全部测试 · Run the tests; arguments go to pytest

  python3 start.py soak [NAME …] [--seconds N]
                                    长时间压力测试，结果写入 docs/reliability.md
                                    Measure for longer; the figures go into docs/reliability.md

  python3 start.py --help           显示本说明 · Show this help

Windows 下请用 py start.py · On Windows: py start.py
"""


class Trouble(Exception):
    """Why it cannot go on and what to do about it, in both languages; `detail` is the evidence."""

    def __init__(self, message: str, detail: str = "") -> None:
        super().__init__(message)
        self.message, self.detail = message, detail


# What a message of pip, venv or the system means; the first that fits is told. A failed
# connection comes before "no matching version", because pip ends on the latter either way.
TROUBLES = (
    (
        r"No space left|not enough space|quota exceeded|\[Errno 28\]|\[WinError 112\]",
        """\
磁盘空间不足。请腾出约 2 GB 空间，然后重新运行。
The disk is full. Free about 2 GB, then run this again.""",
    ),
    (
        r"ensurepip is not\b|No module named '?(ensurepip|venv|pip)\b",
        """\
这个 Python 缺少 venv 组件。Debian、Ubuntu 请执行 sudo apt install python3-venv；
其他系统请安装 python.org 的 Python。然后重新运行。
This Python lacks venv. On Debian or Ubuntu: sudo apt install python3-venv;
elsewhere install Python from python.org. Then run this again.""",
    ),
    (
        r"Permission denied|not permitted|Access is denied|Read-only file|\[WinError (5|32)\]",
        """\
没有写入权限，或文件正被占用。请先关闭正在运行的看板；
仍不行，就把整个文件夹移到自己可写的位置（如“文档”），然后重新运行。
No permission to write, or a file is in use. Close a running dashboard; if that does not help,
move the whole folder to a place of your own (Documents, say), then run this again.""",
    ),
    (
        r"connection broken|ConnectionError|Timeout|timed out|SSLError|IncompleteRead|Max retries",
        """\
下载失败：连不上软件源。请检查网络和代理，然后重新运行，已下载的不必再下。
有镜像的，先执行 python3 -m pip config set global.index-url 镜像地址。
The download failed: the package index cannot be reached. Check the network and the proxy,
then run this again; what has arrived is kept. If you have a mirror, first run
python3 -m pip config set global.index-url ADDRESS.""",
    ),
    (
        r"DO NOT MATCH THE HASHES|requires? hashes|--require-hashes",
        """\
下载到的组件与本版本核对过的不一致，为安全起见没有安装。多半是镜像出错或被改动，请换一个镜像；
或者这种电脑不在支持之列：Windows x64、macOS、Linux（x86_64、aarch64，glibc），Python 3.11–3.13。
What was downloaded is not what this version was tested with, so it was not installed. A mirror may
be broken or tampered with: try another one. Or this kind of computer is not supported: Windows x64,
macOS, Linux (x86_64, aarch64; glibc), Python 3.11–3.13.""",
    ),
    (
        r"No matching distribution|Could not find a version",
        """\
软件源里没有所需的版本：镜像可能尚未同步，或没有适合这个 Python 的安装包。
请换一个镜像，或换用 Python 3.11–3.13，然后重新运行。
The package index lacks a version this needs: a mirror may lag behind, or nothing fits this
Python. Try another mirror or Python 3.11–3.13, then run this again.""",
    ),
)
UNKNOWN_TROUBLE = """\
没有完成，原因见上面的原文。排除后重新运行即可。
It did not finish; the reason is above. Once that is settled, run this again."""


def explain(output: str) -> Trouble:
    """Turn what a tool or the system said into words with a remedy, and keep the evidence."""
    lines = output.strip().splitlines()
    errors = [line for line in lines if "error" in line.lower()]
    detail = "\n".join((errors or lines)[-8:])
    known = (message for signs, message in TROUBLES if re.search(signs, output))
    return Trouble(next(known, UNKNOWN_TROUBLE), detail)


def write(text: str, stream: TextIO) -> None:
    """Print at once, and on a terminal without Chinese print '?' rather than fail."""
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "replace").decode(encoding) + "\n")
    stream.flush()


def say(zh: str, en: str) -> None:
    """Tell what is being done, in both languages."""
    write(f"{zh} · {en}", sys.stdout)


def report(trouble: Trouble) -> None:
    """Tell what went wrong: the original words first, the remedy last, where the eye is."""
    if trouble.detail:
        write(trouble.detail, sys.stderr)
    write(trouble.message, sys.stderr)


def require_python(version: Sequence[int]) -> None:
    """Refuse a Python too old for the dashboard."""
    if tuple(version) >= OLDEST_PYTHON:
        return
    found = ".".join(str(part) for part in version)
    raise Trouble(
        f"""\
需要 Python 3.11 或更新的版本，当前是 {found}。
请从 python.org 安装，再用新版本启动，例如 python3.11 start.py。
Python 3.11 or newer is needed, this is {found}.
Install it from python.org, then start with it, for example: python3.11 start.py."""
    )


# --- the stamp: what is known to be installed, whole


def python_of(venv: Path) -> Path:
    """The environment's own Python."""
    return venv / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def stamp_of(venv: Path) -> Path:
    """The stamp lies in the environment, so that neither is removed without the other."""
    return venv / "installed.txt"


def identity(venv: Path) -> str:
    """What an environment is bound to: a Python (minor version), a system, a place."""
    python = sys.implementation.cache_tag
    return " ".join((python, sys.platform, platform.machine(), ascii(str(venv))))


def digest(requirements: Path) -> str:
    """One line of the stamp: a requirements file and its contents."""
    return f"{requirements.name} {hashlib.sha256(requirements.read_bytes()).hexdigest()}"


def stamp_lines(venv: Path, requirements: Sequence[Path]) -> Set[str]:
    """What the stamp holds once these files are installed."""
    return {identity(venv), *(digest(file) for file in requirements)}


def starts(python: Path) -> bool:
    """Whether it runs: its base may have been removed, or the folder come from elsewhere."""
    try:
        trial = subprocess.run([str(python), "-c", ""], check=False, capture_output=True)
    except OSError:
        return False
    return trial.returncode == 0


def is_installed(venv: Path, requirements: Sequence[Path] = ()) -> bool:
    """Whether the environment is whole and holds these files as they are now."""
    wanted = stamp_lines(venv, requirements)
    try:
        stamped = set(stamp_of(venv).read_text(encoding="ascii").splitlines())
    except (OSError, UnicodeDecodeError):
        return False
    return wanted <= stamped and starts(python_of(venv))


def write_stamp(venv: Path, lines: Set[str]) -> None:
    """In one step, so that a reader finds the whole stamp or none."""
    draft = stamp_of(venv).with_suffix(".new")
    draft.write_text("\n".join(sorted(lines)) + "\n", encoding="ascii")
    draft.replace(stamp_of(venv))


# --- the installation


def prepare(root: Path, names: Sequence[str]) -> Path:
    """Make sure the files are installed, and return the Python that has them."""
    venv, requirements = root / ".venv", [root / name for name in names]
    if not is_installed(venv, requirements):
        with only_one(root / ".venv.lock"):
            # another start may have done it while we waited
            if not is_installed(venv, requirements):
                install(venv, requirements)
    return python_of(venv)


def install(venv: Path, requirements: Sequence[Path]) -> None:
    """Bring the environment to what the files ask, from any state a crash may have left."""
    began, lines = time.monotonic(), stamp_lines(venv, requirements)
    whole = is_installed(venv)
    forget(stamp_of(venv))
    if not whole:
        build(venv)
    pip_install(venv, requirements[-1])
    write_stamp(venv, lines)
    seconds = round(time.monotonic() - began)
    say(f"安装完成，用时 {seconds} 秒", f"installed in {seconds} s")


def forget(stamp: Path) -> None:
    """Until the installation ends, nothing is certain."""
    if stamp.exists():
        stamp.unlink()


def build(venv: Path) -> None:
    """Make an empty environment in the place of whatever is there.

    The base Python makes it, as the one running may be the very one that is cleared away.
    """
    say("正在建立运行环境 .venv", "making the environment .venv")
    python = getattr(sys, "_base_executable", None) or sys.executable
    output: List[str] = []
    if run([python, "-m", "venv", "--clear", str(venv)], venv.parent, output.append):
        raise explain("".join(output))


def pip_install(venv: Path, requirements: Path) -> None:
    """Install by pip, with the user's own settings: its index, proxy, cache and wheels."""
    say("正在安装组件，首次约需几分钟", "installing the packages, a few minutes the first time")
    output: List[str] = []

    def hear(line: str) -> None:
        output.append(line)
        show_progress(line)

    # --no-input: a question would go unseen; --no-user: a setting that a venv refuses; only the
    # very files the requirements name, and none that runs a script of its own while it is built
    options = ["--no-input", "--disable-pip-version-check", "--no-user", "--require-hashes"]
    options += ["--only-binary", ":all:"]
    command = [str(python_of(venv)), "-m", "pip", "install", *options, "-r", str(requirements)]
    if run(command, requirements.parent, hear):
        raise explain("".join(output))


def show_progress(line: str) -> None:
    """Of the hundreds of lines pip writes, show those which tell why it takes its time."""
    step, _, rest = line.strip().partition(" ")
    if step == "Downloading" and ".metadata" not in rest:
        file, _, size = rest.rpartition("/")[2].partition(" ")
        name_and_version = "-".join(file.split("-")[:2])
        say("  下载", f"downloading {name_and_version} {size}")
    elif step == "Building" and rest.startswith("wheel for"):
        say("  编译", f"building {rest.split()[2]}")
    elif line.startswith("Installing collected packages"):
        count = line.count(",") + 1
        say(f"  写入 {count} 个组件，约需一分钟", f"writing {count} packages, about a minute")


def run(command: Sequence[str], folder: Path, hear: Callable[[str], object]) -> int:
    """Run a tool, hand on each line as it comes, and return its exit code.

    `close_fds=False` lets it share our lock: should we be killed and the tool live on,
    the next start waits for it.
    """
    with subprocess.Popen(
        command,
        cwd=str(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=dict(os.environ, PYTHONIOENCODING="utf-8:replace"),
        encoding="utf-8",
        errors="replace",
        close_fds=False,
    ) as tool:
        for line in tool.stdout or ():
            hear(line)
    return tool.returncode


@contextmanager
def only_one(lock: Path) -> Iterator[None]:
    """Let one start install at a time. The system frees the lock of a process that died."""
    with lock.open("a") as handle:
        os.set_inheritable(handle.fileno(), True)
        held = try_lock(handle)
        if not held:
            say("另一个窗口正在安装，请稍候", "another start is installing, waiting for it")
        while not held:
            time.sleep(0.2)
            held = try_lock(handle)
        yield


def try_lock(handle: TextIO) -> bool:
    """Take the lock, or say that another has it. A disk that knows no locks does not stop us."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as refusal:
        return refusal.errno not in (errno.EACCES, errno.EAGAIN)
    return True


# --- the start


def launch(command: List[str], folder: Path) -> int:
    """Become the command, so that signals and the exit code are its own; Windows cannot."""
    os.chdir(str(folder))
    if sys.platform == "win32":
        return wait_for(subprocess.Popen(command))
    return os.execv(command[0], command)


def wait_for(child: "subprocess.Popen[bytes]") -> int:
    """Wait for the end. The console sends Ctrl-C to the child as well, which ends in its way."""
    while child.poll() is None:
        with suppress(KeyboardInterrupt):
            child.wait()
    return child.returncode


def start(arguments: List[str]) -> int:
    """Do what the arguments ask: help, the tests, the measurements, or the dashboard."""
    testers = {"test": "pytest", "soak": "tests.soak"}
    tester = testers.get(arguments[0]) if arguments else None
    if not tester and {"-h", "--help"} & set(arguments):
        write(HELP, sys.stdout)
        return 0
    python = prepare(ROOT, TEST if tester else RUN)
    module = [tester, *arguments[1:]] if tester else ["dashboard", "serve", *arguments]
    return launch([str(python), "-m", *module], ROOT)


def main(arguments: List[str]) -> int:
    """Run it, and end every expected failure with words and an exit code."""
    try:
        require_python(sys.version_info[:3])
        return start(arguments)
    except Trouble as trouble:
        report(trouble)
    except OSError as error:
        report(explain(str(error)))
    except KeyboardInterrupt:
        say("已停止；再次启动会继续", "stopped; the next start goes on")
        return 130
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
