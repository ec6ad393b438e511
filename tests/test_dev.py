"""dev.py speaks one clear sentence when a machine is not ready."""

import os
import socket
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

import pytest

import dev
from tooling import environment, suites
from tooling.suites import Suite, run_suite

ROOT = Path(__file__).resolve().parent.parent


def test_too_old_a_python_is_named() -> None:
    with pytest.raises(SystemExit, match=r"需要 Python 3\.11 或更新的版本，现在是 3\.9。"):
        dev.refuse_old_python((3, 9, 2))


def test_missing_venv_names_the_debian_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def no_ensurepip(*_args: Any, **_kwargs: Any) -> None:
        raise subprocess.CalledProcessError(1, "ensurepip")

    monkeypatch.setattr(environment, "VENV", tmp_path / "venv")
    monkeypatch.setattr(environment, "PYTHON", tmp_path / "venv/bin/python")
    monkeypatch.setattr(venv, "create", no_ensurepip)
    with pytest.raises(SystemExit, match="apt-get install python3-venv"):
        environment.make_venv()


def test_busy_port_is_named() -> None:
    with socket.socket() as occupied:
        occupied.bind(("127.0.0.1", 0))
        occupied.listen()
        port = occupied.getsockname()[1]
        code = "from tooling.serve import serve; serve()"
        result = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=os.environ | {"PORT": str(port)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert result.returncode == 1
    assert f"端口 {port} 已被占用" in result.stderr


def test_unknown_command_shows_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["dance"]) == 2
    assert "dev.py run" in capsys.readouterr().out


def test_a_step_runs_again_only_when_its_lock_changed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(environment, "VENV", tmp_path)
    lock, runs = tmp_path / "lock.txt", []
    for text in ("one", "one", "two"):
        lock.write_text(text)
        environment._once("step", [lock], lambda: runs.append(lock.read_text()))
    assert runs == ["one", "two"]


@pytest.mark.parametrize(("must_run", "is_good"), [(False, True), (True, False)])
def test_suite_that_cannot_run_passes_only_without_all(*, must_run: bool, is_good: bool) -> None:
    suite = Suite("Redis", "redis", "redis-server", lambda: False, suites._with_redis)
    outcome = run_suite(suite, must_run=must_run, arguments=[])
    assert outcome.is_good is is_good
    assert "缺少 Debian 软件包 redis-server" in outcome.line
