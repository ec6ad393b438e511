"""The test suites of `dev.py test`: what each needs, how it runs, how many tests ran."""

import atexit
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

from tooling import servers
from tooling.environment import PYTHON, ROOT, run

Variables = dict[str, str]
ORDINARY = "not postgres and not redis and not browser and not libreoffice"


def _migrate(folder: str | Path, url: str = "") -> None:
    run([str(PYTHON), "manage.py", "migrate", "--verbosity=0"], VAR_DIR=str(folder), DATABASE_URL=url)


@contextmanager
def _on_postgres() -> Iterator[Variables]:
    """Migrated once; every worker gets a copy."""
    with servers.postgres() as url, tempfile.TemporaryDirectory() as folder:
        _migrate(folder, url)
        yield {"DATABASE_URL": url, "TEST_TEMPLATE": servers.DATABASE}


@cache
def _migrated_file() -> Path:
    """A SQLite file with every table, for all suites of this run."""
    folder = Path(tempfile.mkdtemp(prefix="studios-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    _migrate(folder)
    return folder / "county.sqlite3"


def _on_sqlite() -> AbstractContextManager[Variables]:
    return nullcontext({"DATABASE_URL": "", "TEST_TEMPLATE": str(_migrated_file())})


@contextmanager
def _with_redis() -> Iterator[Variables]:
    with _on_sqlite() as variables, servers.redis() as url:
        yield variables | {"REDIS_URL": url}


def chromium() -> str | None:
    """Debian's browser."""
    return shutil.which("chromium")


@contextmanager
def _with_chromium() -> Iterator[Variables]:
    with _on_sqlite() as variables:
        # Playwright's own loop makes Django think it runs inside one.
        yield variables | {"CHROMIUM": chromium() or "", "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}


def _has_calc_and_writer() -> bool:
    """Debian's core package brings `soffice` alone; each program is a library beside it."""
    soffice = shutil.which("soffice")
    parts = ("libsclo.so", "libswlo.so")
    return soffice is not None and all(Path(soffice).resolve().with_name(part).exists() for part in parts)


@dataclass(frozen=True)
class Suite:
    """One run of pytest; `needs` is the Debian package without which it cannot run."""

    name: str
    marks: str
    needs: str
    is_available: Callable[[], bool]
    surroundings: Callable[[], AbstractContextManager[Variables]]
    workers: int = 2


SUITES = (
    Suite("SQLite", ORDINARY, "", lambda: True, _on_sqlite),
    Suite(
        "PostgreSQL",
        "database and not matrix and not redis and not browser and not libreoffice",
        "postgresql",
        lambda: bool(servers.postgres_binary("initdb")),
        _on_postgres,
    ),
    Suite("Redis", "redis", "redis-server", lambda: bool(shutil.which("redis-server")), _with_redis, workers=0),
    Suite("Chromium", "browser", "chromium", lambda: bool(chromium()), _with_chromium),
    Suite(
        "LibreOffice",
        "libreoffice",
        "libreoffice-calc-nogui libreoffice-writer-nogui",
        _has_calc_and_writer,
        _on_sqlite,
        workers=0,
    ),
)


@dataclass(frozen=True)
class Outcome:
    """What became of one suite: a line for the reader, and whether it is good."""

    line: str
    is_good: bool


def run_suite(suite: Suite, *, must_run: bool, arguments: list[str]) -> Outcome:
    """Run one suite. With `must_run`, a missing program or no test at all is a failure, never a silent pass."""
    if not suite.is_available():
        return Outcome(f"{suite.name}：没有运行，缺少 Debian 软件包 {suite.needs}", is_good=not must_run)
    print(f"\n== {suite.name} ==", flush=True)
    with suite.surroundings() as variables, tempfile.TemporaryDirectory(prefix="studios-test-") as folder:
        report = Path(folder, "report.xml")
        command = [str(PYTHON), "-m", "pytest", "-q", "-m", suite.marks, f"--junitxml={report}"]
        workers = ["-n", str(suite.workers), "--dist", "worksteal"] if suite.workers else []
        environment = os.environ | variables | {"VAR_DIR": folder}
        code = subprocess.run([*command, *workers, *arguments], cwd=ROOT, env=environment, check=False).returncode
        ran, skipped = _counts(report)
    is_good = code == 0 and (not must_run or (ran > 0 and skipped == 0))
    words = "通过" if is_good else "失败"
    return Outcome(f"{suite.name}：{words}，运行 {ran} 个测试，跳过 {skipped} 个", is_good=is_good)


def _counts(report: Path) -> tuple[int, int]:
    """(ran, skipped) as pytest wrote them down."""
    if not report.exists():
        return 0, 0
    found = ElementTree.parse(report).getroot().iter("testsuite")  # noqa: S314 - our own file
    suites = [(int(suite.get("tests", 0)), int(suite.get("skipped", 0))) for suite in found]
    return sum(tests - skipped for tests, skipped in suites), sum(skipped for _tests, skipped in suites)
