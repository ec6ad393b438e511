"""`dev.py run`: the web server and the worker, started together and stopped together."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from tooling import servers
from tooling.environment import PYTHON, ROOT, SetupError, run

GRACE = 10.0


def serve() -> int:
    """Migrate, collect static files, build the demonstration county on the first start, then serve until stopped."""
    port = int(os.environ.get("PORT", "8000"))
    if servers.is_busy(port):
        raise SetupError(f"端口 {port} 已被占用：请先停止占用它的程序，或换一个端口，如 PORT=8001 python3 dev.py run。")
    for command in (["migrate", "--verbosity=0"], ["collectstatic", "--noinput", "--verbosity=0"]):
        run([str(PYTHON), "manage.py", *command])
    run([str(PYTHON), "manage.py", "make_demo", "--if-empty"])
    return _supervise(_commands(port), port)


def _commands(port: int) -> list[list[str]]:
    binaries = PYTHON.parent
    beat = Path(os.environ.get("VAR_DIR", ROOT / "var")) / "beat.pid"
    beat.unlink(missing_ok=True)
    bind, workers = ["--bind", f"127.0.0.1:{port}"], ["--workers", str(os.cpu_count() or 2)]
    return [
        [str(binaries / "gunicorn"), *bind, *workers, "--log-level", "warning", "config.wsgi"],
        [str(binaries / "celery"), "-A", "config", "worker", "-B", "-P", "threads", "-c", "2", "-l", "warning"],
    ]


def _supervise(commands: list[list[str]], port: int) -> int:
    """Run all until one ends or somebody stops us; then stop all. Returns the exit code."""
    signal.signal(signal.SIGTERM, _interrupt)
    processes = [subprocess.Popen(command, cwd=ROOT, start_new_session=True) for command in commands]
    try:
        servers.wait_for(port, processes[0])
        print(f"已启动：http://127.0.0.1:{port}/ （按 Ctrl-C 停止）", flush=True)
        while all(process.poll() is None for process in processes):
            time.sleep(0.5)
    except KeyboardInterrupt:
        return 0
    except TimeoutError:
        print("网页服务没有启动，原因见上面的输出。", file=sys.stderr)
    finally:
        _stop(processes)
    return 1


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _stop(processes: list["subprocess.Popen[bytes]"]) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(timeout=GRACE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
