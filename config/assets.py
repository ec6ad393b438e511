"""Third-party files served under static/vendor/: named one by one, taken from node_modules.

Whole `dist` folders would break the manifest storage: their style sheets name files that are not there.
"""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

PACKAGE_FILES = {
    "tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "tabler.min.css.map": "@tabler/core/dist/css/tabler.min.css.map",
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "echarts.min.js": "echarts/dist/echarts.min.js",
}


class VendorStorage(FileSystemStorage):
    """Shows each allowed package file under its short name."""

    prefix = "vendor"

    def path(self, name: str) -> str:
        return super().path(PACKAGE_FILES.get(name, name))


class PackageFinder(BaseFinder):
    """Finds `vendor/<name>` for the allowed names, and nothing else."""

    storage = VendorStorage(location=settings.BASE_DIR / "node_modules")

    def check(self, **_kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **_kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        name = path.removeprefix("vendor/")
        found = [self.storage.path(name)] if path != name and name in PACKAGE_FILES else []
        return found if find_all else next(iter(found), None)

    def list(self, _ignore_patterns: Any) -> Iterator[tuple[str, Storage]]:
        for name in PACKAGE_FILES:
            yield name, self.storage
