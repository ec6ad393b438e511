"""Addresses of files."""

from django.urls import path

from uploads import views

app_name = "uploads"
urlpatterns = [path("files/<uuid:uid>/", views.file, name="file")]
