from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class UploadsConfig(AppConfig):
    name = "uploads"
    verbose_name = "文件"

    def ready(self) -> None:
        """Let every app say who may see the files of its rows."""
        autodiscover_modules("gates")
