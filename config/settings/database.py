"""SQLite in the state folder by default, PostgreSQL by DATABASE_URL."""

from typing import Any

from config.settings.environment import IS_PRODUCTION, VAR_DIR, env, required

__all__ = ["DATABASES", "SILENCED_SYSTEM_CHECKS"]

SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000;",
}

_url = required("DATABASE_URL") if IS_PRODUCTION else env.str("DATABASE_URL", default="")
_default: dict[str, Any] = env.db_url_config(_url) if _url else env.db_url_config(f"sqlite:///{VAR_DIR}/county.sqlite3")
if _default["ENGINE"].endswith("sqlite3"):
    _default["OPTIONS"] = SQLITE_OPTIONS
else:
    _default |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}

DATABASES = {"default": _default}
SILENCED_SYSTEM_CHECKS = ["models.W040"]  # covering columns serve PostgreSQL; SQLite leaves them out
