"""start.py as a user meets it: real environments, real pip, and no network.

What pip installs here is a wheel made on the spot, named by its file in requirements.txt.
"""

import ast
import hashlib
import importlib.util
import io
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SOURCE = Path(__file__).resolve().parent.parent / "start.py"
MAKING, INSTALLING, WAITING = "making the environment", "installing the packages", "waiting for it"
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals or modes")

DASHBOARD = """
import json, os, sys
try:
    print(json.dumps({"arguments": sys.argv[1:], "folder": os.getcwd()}), flush=True)
    sys.stdin.read() if "--wait" in sys.argv else None
except KeyboardInterrupt:
    sys.exit(9)
sys.exit(7)
"""
PYTEST = "import sys; print('tested', *sys.argv[1:]); sys.exit(5)"


NOBODYS = f"--hash=sha256:{'0' * 64}\n"  # of a file that does not exist


def load_start() -> ModuleType:
    spec = importlib.util.spec_from_file_location("start", SOURCE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


start: Any = load_start()


def make_wheel(folder: Path, version: str) -> str:
    """A package `tiny` as pip wants it."""
    info, name = f"tiny-{version}.dist-info", f"tiny-{version}-py3-none-any.whl"
    with zipfile.ZipFile(folder / name, "w") as wheel:
        wheel.writestr("tiny.py", f"version = {version!r}\n")
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}")
        wheel.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any"
        )
        wheel.writestr(f"{info}/RECORD", "")
    return f"./{name} --hash=sha256:{hashlib.sha256((folder / name).read_bytes()).hexdigest()}\n"


def surroundings(**more: str) -> dict[str, str]:
    """The environment of a user without pip settings, and without a way out."""
    plain = {key: value for key, value in os.environ.items() if not key.upper().startswith("PIP_")}
    quiet = {"PIP_CONFIG_FILE": os.devnull, "PIP_RETRIES": "0", "NO_PROXY": "*", "no_proxy": "*"}
    return plain | quiet | {"PYTHONIOENCODING": "utf-8", "PIP_NO_INDEX": "1"} | more


class Project:
    """A folder with start.py, one requirement and a dashboard that tells how it was called."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.venv = folder, folder / ".venv"

    @classmethod
    def create(cls, folder: Path) -> "Project":
        (folder / "dashboard").mkdir(parents=True)
        (folder / "dashboard/__main__.py").write_text(DASHBOARD, encoding="utf-8")
        (folder / "pytest.py").write_text(PYTEST, encoding="utf-8")
        shutil.copy(SOURCE, folder)
        project = cls(folder)
        project.require(make_wheel(folder, "1.0"))
        (folder / "requirements-dev.txt").write_text("-r requirements.txt\n", encoding="utf-8")
        return project

    def require(self, line: str) -> None:
        (self.folder / "requirements.txt").write_text(line, encoding="utf-8")

    def popen(self, *arguments: str, **environment: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, str(self.folder / "start.py"), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=surroundings(**environment),
            encoding="utf-8",
            start_new_session=True,
        )

    def run(self, *arguments: str, **environment: str) -> tuple[int, str]:
        with self.popen(*arguments, **environment) as process:
            said, _ = process.communicate(timeout=300)
        return process.returncode, said

    def files(self, names: tuple[str, ...] = start.RUN) -> list[Path]:
        return [self.folder / name for name in names]

    def tiny(self) -> str:
        command = [str(start.python_of(self.venv)), "-c", "import tiny; print(tiny.version)"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project nobody has started yet."""
    return Project.create(tmp_path / "工会 看板")


@pytest.fixture(scope="module")
def first_start(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, int, str]:
    """The first start of a project, and what it said."""
    project = Project.create(tmp_path_factory.mktemp("start") / "工会 看板")
    return (project, *project.run("--port", "9", "--data", "我的 数据"))


@pytest.fixture
def installed(first_start: tuple[Project, int, str], tmp_path: Path) -> Project:
    """A project of one's own, installed: a copy, stamped for its new place."""
    copy = Project(tmp_path / "copy")
    shutil.copytree(first_start[0].folder, copy.folder, symlinks=True)
    start.write_stamp(copy.venv, start.stamp_lines(copy.venv, copy.files()))
    return copy


@pytest.fixture
def index() -> Iterator[tuple[str, list[str]]]:
    """A package index on this computer that has nothing, and the paths it was asked for."""
    asked: list[str] = []

    class Empty(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            """Not on the tests' terminal."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Empty) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/simple", asked
        server.shutdown()
        thread.join()


# --- the first and the second start


def test_the_first_start_installs_and_passes_its_arguments_on(
    first_start: tuple[Project, int, str],
) -> None:
    project, code, said = first_start
    call = json.loads(said.splitlines()[-1])
    assert call["arguments"] == ["serve", "--port", "9", "--data", "我的 数据"]
    assert Path(call["folder"]) == project.folder
    assert code == 7
    assert "正在建立运行环境" in said
    assert "正在安装组件" in said
    assert project.tiny() == "1.0"


def test_the_second_start_installs_nothing(installed: Project) -> None:
    before = start.stamp_of(installed.venv).stat().st_mtime_ns
    code, said = installed.run()
    assert (code, len(said.splitlines())) == (7, 1)
    assert start.stamp_of(installed.venv).stat().st_mtime_ns == before


def test_a_changed_requirement_is_installed_into_the_same_environment(installed: Project) -> None:
    installed.require(make_wheel(installed.folder, "1.1"))
    _, said = installed.run()
    assert INSTALLING in said
    assert MAKING not in said
    assert installed.tiny() == "1.1"
    assert INSTALLING not in installed.run()[1]


def test_the_tests_have_requirements_of_their_own(installed: Project) -> None:
    code, said = installed.run("test", "-k", "a b")
    assert INSTALLING in said
    assert said.splitlines()[-1] == "tested -k a b"
    assert code == 5
    assert INSTALLING not in installed.run("test")[1]
    assert INSTALLING not in installed.run()[1]


def test_the_measurements_are_installed_like_the_tests(installed: Project) -> None:
    package = installed.folder / "tests" / "soak"
    package.mkdir(parents=True)
    (package / "__main__.py").write_text("import sys; print('soaked', *sys.argv[1:]); sys.exit(1)")
    code, said = installed.run("soak", "fuzz", "--seconds", "3")
    assert (code, said.splitlines()[-1]) == (1, "soaked fuzz --seconds 3")


def test_a_change_of_what_runs_it_is_one_for_the_tests_too(installed: Project) -> None:
    installed.run("test")
    installed.require(make_wheel(installed.folder, "1.2"))
    installed.run()
    assert not start.is_installed(installed.venv, installed.files(start.TEST))


@posix_only
def test_ctrl_c_and_the_exit_code_are_the_dashboards(installed: Project) -> None:
    with installed.popen("--wait") as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("{")
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 9


def test_where_it_cannot_become_the_dashboard_it_returns_its_exit_code() -> None:
    assert start.wait_for(subprocess.Popen([sys.executable, "-c", "raise SystemExit(6)"])) == 6


# --- what may go wrong on the way


def test_a_failed_installation_does_not_count(installed: Project) -> None:
    installed.require(f"./nowhere-1.0-py3-none-any.whl {NOBODYS}")
    code, said = installed.run()
    assert code == 1
    assert "重新运行" in said
    assert "run this again" in said
    assert not start.is_installed(installed.venv)

    installed.require(make_wheel(installed.folder, "1.3"))
    code, said = installed.run()
    assert MAKING in said
    assert (code, installed.tiny()) == (7, "1.3")


def test_a_file_that_is_not_the_tested_one_is_not_installed(installed: Project) -> None:
    good = make_wheel(installed.folder, "1.5")
    with zipfile.ZipFile(installed.folder / good.split()[0], "a") as wheel:
        wheel.writestr("tiny_more.py", "")
    installed.require(good)
    code, said = installed.run()
    assert code == 1
    assert "为安全起见没有安装" in said
    assert installed.tiny() == "1.0"


def test_a_requirement_without_a_hash_is_not_installed(installed: Project) -> None:
    installed.require(make_wheel(installed.folder, "1.6").split()[0])
    code, said = installed.run()
    assert code == 1
    assert "not what this version was tested with" in said


@contextmanager
def pip_that_hangs(project: Project) -> Iterator["subprocess.Popen[str]"]:
    """A start whose pip waits for a file that never comes."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(120)
        port = silent.getsockname()[1]
        project.require(f"http://127.0.0.1:{port}/tiny-2.0-py3-none-any.whl {NOBODYS}")
        with project.popen() as process:
            connection, _ = silent.accept()
            with connection:
                yield process
                os.killpg(process.pid, signal.SIGKILL)


@posix_only
def test_a_killed_installation_does_not_count(installed: Project) -> None:
    good = installed.files()[0].read_text(encoding="utf-8")
    with pip_that_hangs(installed):
        assert not start.stamp_of(installed.venv).exists()
    installed.require(good)
    assert MAKING in installed.run()[1]
    assert start.is_installed(installed.venv, installed.files())


@posix_only
def test_a_pip_that_outlives_its_start_keeps_the_next_one_waiting(installed: Project) -> None:
    with pip_that_hangs(installed) as process:
        process.kill()
        process.wait(timeout=60)
        with (installed.folder / ".venv.lock").open("a") as lock:
            assert not start.try_lock(lock)


def test_an_environment_whose_python_is_gone_is_rebuilt(installed: Project) -> None:
    for python in start.python_of(installed.venv).parent.glob("python*"):
        python.unlink()
    code, said = installed.run()
    assert MAKING in said
    assert (code, installed.tiny()) == (7, "1.0")


def test_a_moved_environment_is_rebuilt(installed: Project, tmp_path: Path) -> None:
    moved = Project(installed.folder.rename(tmp_path / "moved"))
    assert MAKING in moved.run()[1]
    assert start.is_installed(moved.venv, moved.files())


@pytest.mark.parametrize(
    ("part", "other"),
    [(sys.implementation.cache_tag, "cpython-310"), (sys.platform, "another-system")],
)
def test_an_environment_of_another_python_or_system_is_not_ours(
    installed: Project, part: str, other: str
) -> None:
    stamp = start.stamp_of(installed.venv)
    assert start.is_installed(installed.venv, installed.files())
    stamp.write_text(stamp.read_text(encoding="ascii").replace(part, other), encoding="ascii")
    assert not start.is_installed(installed.venv)


@pytest.mark.parametrize("content", [b"", b"\x00" * 40, "坏".encode()])
def test_a_damaged_stamp_is_none(installed: Project, content: bytes) -> None:
    start.stamp_of(installed.venv).write_bytes(content)
    assert not start.is_installed(installed.venv)


@posix_only
def test_of_two_starts_at_once_one_installs_and_one_waits(project: Project) -> None:
    with project.popen() as one, project.popen() as other:
        said = [process.communicate(timeout=300)[0] for process in (one, other)]
    assert (one.returncode, other.returncode) == (7, 7)
    assert sum(text.count(INSTALLING) for text in said) == 1
    assert project.tiny() == "1.0"


def test_while_another_installs_we_say_that_we_wait(project: Project) -> None:
    with start.only_one(project.folder / ".venv.lock"), project.popen() as process:
        assert process.stdout is not None
        assert WAITING in process.stdout.readline()
        process.kill()


def test_the_users_own_index_is_asked(installed: Project, index: tuple[str, list[str]]) -> None:
    address, asked = index
    installed.require(f"no-such-thing==1.0 {NOBODYS}")
    code, said = installed.run(PIP_NO_INDEX="0", PIP_INDEX_URL=address)
    assert "/simple/no-such-thing/" in asked
    assert code == 1
    assert "换一个镜像" in said


def test_a_setting_that_no_environment_accepts_does_not_stop_it(installed: Project) -> None:
    installed.require(make_wheel(installed.folder, "1.4"))
    assert installed.run(PIP_USER="1")[0] == 7


def test_an_unreachable_index_is_called_that(installed: Project) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    installed.require(f"no-such-thing==1.0 {NOBODYS}")
    address = f"http://127.0.0.1:{port}/simple"
    code, said = installed.run(PIP_NO_INDEX="0", PIP_INDEX_URL=address, PIP_RETRIES="1")
    assert code == 1
    assert "连不上软件源" in said
    assert "cannot be reached" in said


@posix_only
def test_a_folder_without_write_permission_is_called_that(project: Project) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    project.folder.chmod(0o555)
    code, said = project.run()
    project.folder.chmod(0o755)
    assert code == 1
    assert "没有写入权限" in said


def test_missing_files_end_in_words_not_in_a_traceback(project: Project) -> None:
    project.files()[0].unlink()
    code, said = project.run()
    assert code == 1
    assert "requirements.txt" in said
    assert "Traceback" not in said
    assert not project.venv.exists()


# --- words


def test_help_needs_no_installation(project: Project) -> None:
    code, said = project.run("--port", "9", "--help")
    assert code == 0
    assert all(word in said for word in ("--port", "--host", "--no-browser", "--data"))
    assert "start.py test" in said
    assert not project.venv.exists()


def test_an_old_python_can_read_it() -> None:
    ast.parse(SOURCE.read_text(encoding="utf-8"), feature_version=(3, 7))


@pytest.mark.parametrize("version", [(3, 6, 15), (3, 10, 13)])
def test_an_old_python_is_told_what_is_needed(version: tuple[int, ...]) -> None:
    with pytest.raises(start.Trouble, match=r"需要 Python 3\.11") as caught:
        start.require_python(version)
    assert "3.11 or newer" in caught.value.message
    assert ".".join(map(str, version)) in caught.value.message


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 13, 1), (4, 0, 0)])
def test_a_recent_python_is_welcome(version: tuple[int, ...]) -> None:
    start.require_python(version)


# what pip, venv and the systems really said
DEBIAN = """\
The virtual environment was not created successfully because ensurepip is not
available.  On Debian/Ubuntu systems, you need to install the python3-venv
package using the following command."""
OFFLINE = """\
WARNING: Retrying (Retry(total=0)) after connection broken by 'NameResolutionError('…')'
ERROR: No matching distribution found for duckdb==2.0.0"""
REMEDIES = (
    ("ERROR: Could not install packages: [Errno 28] No space left on device", "磁盘空间不足"),
    ("OSError: [WinError 112] 磁盘空间不足。", "磁盘空间不足"),
    (DEBIAN, "apt install python3-venv"),
    ("/usr/bin/python3: No module named venv", "apt install python3-venv"),
    ("Error: [Errno 13] Permission denied: '/opt/dashboard/.venv'", "没有写入权限"),
    ("PermissionError: [WinError 5] 拒绝访问。: '.venv'", "没有写入权限"),
    (OFFLINE, "连不上软件源"),
    ("ReadTimeoutError: HTTPSConnectionPool(…): Read timed out.", "连不上软件源"),
    ("ERROR: No matching distribution found for duckdb==2.0.0", "没有所需的版本"),
    ("something never seen", "原因见上面"),
)


@pytest.mark.parametrize(("original", "remedy"), REMEDIES)
def test_every_trouble_has_a_remedy(original: str, remedy: str) -> None:
    trouble = start.explain(original)
    assert remedy in trouble.message
    assert "again" in trouble.message
    assert original.splitlines()[-1] in trouble.detail


LINES = (
    (
        "  Downloading pyarrow-26.0.1-cp311-none-any.whl (55 MB)",
        "downloading pyarrow-26.0.1 (55 MB)",
    ),
    ("  Downloading http://mirror/x-y/a_b-2.0-py3.whl (9 kB)", "downloading a_b-2.0 (9 kB)"),
    ("  Downloading pyarrow-26.0.1-cp311-none-any.whl.metadata (3 kB)", ""),
    ("  Building wheel for opencc (pyproject.toml): started", "building opencc"),
    ("Installing collected packages: a, b, c", "writing 3 packages"),
    ("Collecting duckdb==2.0.0", ""),
)


@pytest.mark.parametrize(("line", "shown"), LINES)
def test_of_pips_lines_those_are_shown_that_take_time(
    line: str, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    start.show_progress(line)
    said = capsys.readouterr().out
    assert shown in said
    assert bool(shown) == bool(said)


def test_a_terminal_without_chinese_is_no_reason_to_fail() -> None:
    terminal = io.TextIOWrapper(io.BytesIO(), encoding="ascii", newline="\n")
    start.write("看板 dashboard", terminal)
    terminal.seek(0)
    assert terminal.read() == "?? dashboard\n"
