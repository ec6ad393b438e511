"""Production refuses to start without its secrets, and never in demonstration mode."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
COMPLETE = {
    "DJANGO_ENV": "production",
    "SECRET_KEY": "abcdefgh0123456789" * 4,
    "FIELD_ENCRYPTION_KEYS": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "ALLOWED_HOSTS": "county.example",
    "DATABASE_URL": "postgres://studios@127.0.0.1:1/studios",
}


def _start(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Load the settings in a process of their own."""
    code = "import django; django.setup(); from django.conf import settings as s; print(s.DEBUG, s.SESSION_COOKIE_NAME)"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "VAR_DIR": str(folder),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_complete_production_starts(tmp_path: Path) -> None:
    assert _start(tmp_path, **COMPLETE).stdout.split() == ["False", "__Host-session"]


@pytest.mark.parametrize("name", ["SECRET_KEY", "FIELD_ENCRYPTION_KEYS", "ALLOWED_HOSTS", "DATABASE_URL"])
def test_production_names_the_secret_it_lacks(tmp_path: Path, name: str) -> None:
    result = _start(tmp_path, **{key: value for key, value in COMPLETE.items() if key != name})
    assert result.returncode != 0
    assert f"生产环境必须设置环境变量 {name}" in result.stderr


def test_production_refuses_demonstration_mode(tmp_path: Path) -> None:
    result = _start(tmp_path, **COMPLETE, DEMO_MODE="1")
    assert result.returncode != 0
    assert "生产环境不能开启演示模式" in result.stderr


def test_development_makes_its_own_secrets_readable_by_nobody_else(tmp_path: Path) -> None:
    assert _start(tmp_path).returncode == 0
    assert oct((tmp_path / "secret.key").stat().st_mode)[-3:] == "600"
    assert oct((tmp_path / "field.key").stat().st_mode)[-3:] == "600"


def test_deploy_check_is_clean(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"} | COMPLETE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
