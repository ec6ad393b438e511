"""Addresses of the triage page; the page itself is a view of the list."""

from django.urls import path

from suggestions.views import triage

urlpatterns = [
    path("desk/suggestions/assign/", triage.bulk_assign, name="bulk_assign"),
    path("desk/suggestions/batches/<int:pk>/recall/", triage.batch_recall, name="batch_recall"),
    path("desk/suggestions/<int:pk>/pane/", triage.pane, name="pane"),
]
