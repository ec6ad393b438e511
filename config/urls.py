"""Root addresses: each app names its own paths in full."""

from django.contrib import admin
from django.urls import include, path

handler403 = "accounts.views.entrance.forbidden"

urlpatterns = [
    path("", include("accounts.urls")),
    path("", include("uploads.urls")),
    path("", include("notifications.urls")),
    path("", include("studios.urls")),
    path("", include("representatives.urls")),
    path("", include("appointments.urls")),
    path("", include("suggestions.urls")),
    path("", include("reports.urls")),
    path("", include("portal.urls")),
    path("admin/django/", admin.site.urls),
]
