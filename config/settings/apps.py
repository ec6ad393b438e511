"""Which applications there are and who logs in."""

INSTALLED_APPS = [
    "accounts",
    "uploads",
    "notifications",
    "studios",
    "representatives",
    "appointments",
    "suggestions",
    "reports",
    "portal",
    "demo",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "import_export",
    "simple_history",
]
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
