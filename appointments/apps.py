from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AppointmentsConfig(AppConfig):
    name = "appointments"
    verbose_name = "约见"

    def ready(self) -> None:
        """What themed appointments tell registers beside `notifications`."""
        autodiscover_modules("topic_news")
