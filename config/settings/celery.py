"""Broker and cache: the state folder by default, Redis by REDIS_URL.

A silent Redis must never hang a page: short timeouts, no retry, and no request ever calls the broker.
"""

from typing import Any

from config.settings.environment import VAR_DIR, env

REDIS_URL = env.str("REDIS_URL", default="")
_QUEUE = VAR_DIR / "queue"

CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat")
CELERY_BEAT_SCHEDULE = {
    "sweep-reminders": {"task": "notifications.tasks.sweep_reminders", "schedule": 60.0},
    "sweep-imports": {"task": "accounts.tasks.sweep_imports", "schedule": 3600.0},
    "sweep-calendar": {"task": "studios.tasks.sweep_calendar", "schedule": 3600.0},
    "sweep-duties": {"task": "appointments.tasks.sweep_duties", "schedule": 3600.0},
    "sweep-recomputing": {"task": "suggestions.tasks.sweep_recomputing", "schedule": 60.0},
    "sweep-tallies": {"task": "reports.tasks.sweep_tallies", "schedule": 60.0},
    "sweep-evaluations": {"task": "suggestions.tasks.sweep_evaluations", "schedule": 3600.0},
    "sweep-exports": {"task": "reports.tasks.sweep_exports", "schedule": 10.0},
}

if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {"socket_timeout": 5, "socket_connect_timeout": 2}
    CACHES: dict[str, Any] = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
        }
    }
else:
    for _folder in ("in", "control"):
        (_QUEUE / _folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_URL = "filesystem://"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_QUEUE / "in"),
        "data_folder_out": str(_QUEUE / "in"),
        "control_folder": str(_QUEUE / "control"),
    }
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
