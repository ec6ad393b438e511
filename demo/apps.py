from importlib import import_module

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "demo"
    verbose_name = "演示"

    def ready(self) -> None:
        """Let the check of demonstration accounts be known."""
        import_module("demo.checks")
