"""Throw-away PostgreSQL and Redis servers: a temporary folder, a free port, and gone afterwards."""

import getpass
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

POSTGRES_HOME = Path("/usr/lib/postgresql/15/bin")
PATIENCE = 30.0
DATABASE = "studios"


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def is_busy(port: int) -> bool:
    """Whether somebody already listens on 127.0.0.1:`port`."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_for(port: int, process: subprocess.Popen[bytes] | None = None) -> None:
    """Return once `port` answers. Raises TimeoutError after 30 s or when `process` has ended."""
    deadline = time.monotonic() + PATIENCE
    while not is_busy(port):
        if time.monotonic() > deadline or (process and process.poll() is not None):
            raise TimeoutError(f"port {port} does not answer")
        time.sleep(0.05)


def postgres_binary(name: str) -> str | None:
    """The path of a PostgreSQL 15 program, or None where it is not installed."""
    return shutil.which(name, path=f"{POSTGRES_HOME}{os.pathsep}{os.environ.get('PATH', '')}")


@contextmanager
def postgres() -> Iterator[str]:
    """The DATABASE_URL of an empty database in a cluster of its own; fast and forgetful (fsync off)."""
    initdb, server = postgres_binary("initdb"), postgres_binary("postgres")
    assert initdb and server
    with tempfile.TemporaryDirectory(prefix="studios-pg-") as folder:
        data, port, owner = f"{folder}/data", free_port(), _owner_of(folder)
        init = [initdb, "-D", data, "-U", "studios", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        subprocess.run(init, check=True, stdout=subprocess.DEVNULL, cwd=folder, **owner)
        settings = ["fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=60"]
        options = [argument for setting in settings for argument in ("-c", setting)]
        start = [server, "-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", folder, *options]
        with _running(start, port, folder, owner):
            _create_database(port)
            yield f"postgres://studios@127.0.0.1:{port}/{DATABASE}"


def _create_database(port: int) -> None:
    """Not `postgres`: that one cannot be copied, because whoever makes the copy is connected to it."""
    createdb = postgres_binary("createdb")
    assert createdb
    command = [createdb, "-h", "127.0.0.1", "-p", str(port), "-U", "studios", DATABASE]
    deadline = time.monotonic() + PATIENCE
    while subprocess.run(command, capture_output=True, check=False).returncode:  # it listens before it is ready
        if time.monotonic() > deadline:
            raise TimeoutError("createdb does not succeed")
        time.sleep(0.1)


@contextmanager
def redis() -> Iterator[str]:
    """The REDIS_URL of an empty Redis that saves nothing."""
    server = shutil.which("redis-server")
    assert server
    with tempfile.TemporaryDirectory(prefix="studios-redis-") as folder:
        port = free_port()
        command = [server, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        with _running(command, port, folder, {}):
            yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def _running(command: list[str], port: int, folder: str, owner: dict[str, Any]) -> Iterator[None]:
    with Path(folder, "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, **owner)
        try:
            wait_for(port, process)
            yield
        finally:
            process.send_signal(signal.SIGINT)  # to PostgreSQL: close sessions and stop; to Redis: stop
            process.wait(timeout=PATIENCE)


def _owner_of(folder: str) -> dict[str, Any]:
    """PostgreSQL refuses root: run it as the user its package made, who must own the folder."""
    if getpass.getuser() != "root":
        return {}
    shutil.chown(folder, "postgres")
    return {"user": "postgres", "group": "postgres", "extra_groups": []}
