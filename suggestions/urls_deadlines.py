"""Addresses of the deadline settings."""

from django.urls import path

from suggestions.views import deadlines

urlpatterns = [
    path("desk/deadlines/", deadlines.deadline_list, name="deadlines"),
    path("desk/deadlines/new/", deadlines.deadline_create, name="deadline_create"),
    path("desk/deadlines/<int:pk>/edit/", deadlines.deadline_correct, name="deadline_update"),
    path("desk/deadlines/jobs/<int:pk>/", deadlines.deadline_job, name="deadline_job"),
]
