"""Where we run: the environment, the state folder, and the secrets."""

import secrets
from pathlib import Path

import environ
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

__all__ = ["BASE_DIR", "FIELD_ENCRYPTION_KEYS", "IS_PRODUCTION", "SECRET_KEY", "VAR_DIR"]

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

IS_PRODUCTION = env.str("DJANGO_ENV", default="development") == "production"
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var"))).resolve()
VAR_DIR.mkdir(parents=True, exist_ok=True)


def required(name: str) -> str:
    """The value of an environment variable production cannot do without."""
    value: str = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(f"生产环境必须设置环境变量 {name}。")
    return value


def web_address(text: str) -> str:
    """`text` without its last slash; it is printed in codes, so anything but http(s)://… is refused at once."""
    if text and not text.startswith(("https://", "http://")):
        raise ImproperlyConfigured("PUBLIC_URL 要以 https:// 或 http:// 开头，例如 https://example.org。")
    return text.rstrip("/")


def _kept(name: str, generated: str) -> str:
    """A secret of this machine, made once and kept in the state folder, readable by its owner only."""
    path = VAR_DIR / name
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(generated, encoding="utf8")
    return path.read_text(encoding="utf8").strip()


def _secret(variable: str, file_name: str, generated: str) -> str:
    if IS_PRODUCTION:
        return required(variable)
    return env.str(variable, default="") or _kept(file_name, generated)


SECRET_KEY = _secret("SECRET_KEY", "secret.key", secrets.token_urlsafe(50))
FIELD_ENCRYPTION_KEYS = _secret("FIELD_ENCRYPTION_KEYS", "field.key", Fernet.generate_key().decode()).split(",")
