"""All settings, one file per topic. Star imports are how Django settings compose; nowhere else are they allowed."""

from config.settings.environment import *  # noqa: F403  isort: skip
from config.settings.apps import *  # noqa: F403
from config.settings.celery import *  # noqa: F403
from config.settings.database import *  # noqa: F403
from config.settings.demo import *  # noqa: F403
from config.settings.logging import *  # noqa: F403
from config.settings.security import *  # noqa: F403
from config.settings.web import *  # noqa: F403
