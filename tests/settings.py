"""Settings of the test suite: a folder of its own, plain static files, a quick hasher."""

import atexit
import os
import shutil
import tempfile

if "VAR_DIR" not in os.environ:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="studios-test-")
    atexit.register(shutil.rmtree, os.environ["VAR_DIR"], ignore_errors=True)

from config.settings import *  # noqa: F403
from config.settings import DATABASES, STATIC_ROOT, STORAGES, VAR_DIR

STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT.mkdir(exist_ok=True)  # WhiteNoise warns about a missing folder, and warnings are errors here

TEST_TEMPLATE = os.environ.get("TEST_TEMPLATE", "")
"""What `dev.py test` has migrated for all workers: a database of PostgreSQL, or a SQLite file (tests/conftest.py)."""
if TEST_TEMPLATE and DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["TEST"] = {"TEMPLATE": TEST_TEMPLATE}

IS_FILE = "CHROMIUM" in os.environ and DATABASES["default"]["ENGINE"].endswith("sqlite3")
"""A browser asks for several things at once. In the memory all threads of the server would share one connection, and two
of them can wait for each other for ever: one for the connection, the other, in a function of Django's, for the GIL."""
if IS_FILE:
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "browser.sqlite3")}
