#!/usr/bin/env python3
"""The commands of this project, on a machine that has nothing but Python 3.11 and Debian's usual packages.

python3 dev.py run             set up, then serve a demonstration county on http://127.0.0.1:8000/
python3 dev.py test [--all]    lint, types and every test suite this machine can run (--all: or fail)
python3 dev.py lint            ruff, djlint, mypy
python3 dev.py bench           benchmarks on a throw-away PostgreSQL, as ratios
python3 dev.py manage …        Django's manage.py inside the environment
python3 dev.py setup           only the set-up
python3 dev.py lock            renew requirements*.txt from pyproject.toml
"""

import sys


def refuse_old_python(version: "tuple[int, ...]") -> None:
    """Exit with a sentence unless `version`, a tuple, is at least 3.11."""
    if version < (3, 11):
        sys.exit("需要 Python 3.11 或更新的版本，现在是 {}.{}。".format(*version[:2]))


refuse_old_python(sys.version_info[:3])

import os
from collections.abc import Callable

from tooling import servers
from tooling.environment import PYTHON, ROOT, prepare, run
from tooling.serve import serve
from tooling.suites import SUITES, Outcome, run_suite

LINTERS = (
    ["ruff", "check", "."],
    ["ruff", "format", "--check", "."],
    ["djlint", "--quiet", "--lint", "templates"],
    ["mypy"],
)


def command_setup(_arguments: list[str]) -> int:
    prepare(development=True)
    return 0


def command_run(_arguments: list[str]) -> int:
    prepare(development=False)
    return serve()


def command_manage(arguments: list[str]) -> int:
    prepare(development=False)
    os.execv(PYTHON, [str(PYTHON), "manage.py", *arguments])


def command_lint(_arguments: list[str]) -> int:
    prepare(development=True)
    for linter in LINTERS:
        run([str(PYTHON), "-m", *linter])
    print("检查通过：ruff、djlint、mypy", flush=True)
    return 0


def command_test(arguments: list[str]) -> int:
    """Everything that can run here; with --all, what cannot run is a failure."""
    must_run = "--all" in arguments
    command_lint([])
    rest = [argument for argument in arguments if argument != "--all"]
    outcomes = [run_suite(suite, must_run=must_run, arguments=rest) for suite in SUITES]
    return _report(outcomes)


def _report(outcomes: list[Outcome]) -> int:
    print("\n" + "\n".join(outcome.line for outcome in outcomes), flush=True)
    return 0 if all(outcome.is_good for outcome in outcomes) else 1


def command_bench(arguments: list[str]) -> int:
    prepare(development=True)
    with servers.postgres() as url:
        run([str(PYTHON), "-m", "benchmarks", *arguments], DATABASE_URL=url)
    return 0


def command_lock(_arguments: list[str]) -> int:
    """Hashed locks without a header or an address: uv compiles them, pip installs them."""
    prepare(development=True)
    compile_ = ["-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"]
    plain = ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links", "pyproject.toml"]
    run([str(PYTHON), *compile_, *plain, "-o", "requirements.txt"])
    run([str(PYTHON), *compile_, *plain, "--group", "dev", "-c", "requirements.txt", "-o", "requirements-dev.txt"])
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "setup": command_setup,
    "run": command_run,
    "test": command_test,
    "lint": command_lint,
    "bench": command_bench,
    "manage": command_manage,
    "lock": command_lock,
}


def main(arguments: list[str]) -> int:
    """Run the command named first; an unknown one shows what there is."""
    if not arguments or arguments[0] not in COMMANDS:
        print(__doc__)
        return 0 if arguments in (["--help"], ["-h"]) else 2
    os.chdir(ROOT)
    try:
        return COMMANDS[arguments[0]](arguments[1:])
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
