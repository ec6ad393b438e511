"""Addresses of notifications."""

from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("desk/inbox/", views.inbox, name="inbox"),
    path("desk/inbox/read/", views.read_all, name="read_all"),
    path("desk/inbox/<int:pk>/", views.open_message, name="open"),
    path("health/", views.health, name="health"),
]
