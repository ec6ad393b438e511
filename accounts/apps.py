from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "账号与组织"

    def ready(self) -> None:
        """Let every app say which of its rows come in and go out as sheets."""
        autodiscover_modules("resources")
