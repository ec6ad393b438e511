from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RepresentativesConfig(AppConfig):
    name = "representatives"
    verbose_name = "党代表"

    def ready(self) -> None:
        """Let every app above add its chapters to the dossier and say what it hangs on a representative."""
        autodiscover_modules("chapters", "attached")
