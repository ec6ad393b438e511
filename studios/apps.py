from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class StudiosConfig(AppConfig):
    name = "studios"
    verbose_name = "工作室"

    def ready(self) -> None:
        """Let every app say what it hangs on the office calendar."""
        autodiscover_modules("attached")
