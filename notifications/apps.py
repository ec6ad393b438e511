from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = "提醒"

    def ready(self) -> None:
        """Let every app register its kinds of reminders, and what it writes down when one was sent."""
        autodiscover_modules("notifications", "sent")
