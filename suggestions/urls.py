"""Addresses of suggestions."""

from django.urls import path

from suggestions.urls_deadlines import urlpatterns as deadline_urlpatterns
from suggestions.urls_intake import urlpatterns as intake_urlpatterns
from suggestions.urls_office import urlpatterns as office_urlpatterns
from suggestions.urls_triage import urlpatterns as triage_urlpatterns
from suggestions.views import attachments, cases, handling, identity, notes, ratings, replies, reply_templates, steps

app_name = "suggestions"
urlpatterns = [
    *intake_urlpatterns,
    *triage_urlpatterns,
    *office_urlpatterns,
    *deadline_urlpatterns,
    path("desk/suggestions/", cases.case_list, name="list"),
    path("desk/suggestions/layout/", cases.layout, name="layout"),
    path("desk/suggestions/<int:pk>/", cases.detail, name="detail"),
    path("desk/suggestions/<int:pk>/handle/", handling.handle, name="handle"),
    path("desk/suggestions/<int:pk>/reveal/", identity.reveal, name="reveal"),
    path("desk/suggestions/<int:pk>/files/", attachments.attach, name="attach"),
    path("desk/suggestions/<int:pk>/notes/", notes.note_add, name="note_add"),
    path("desk/suggestions/<int:pk>/<slug:verb>/", steps.act, name="act"),
    path("desk/reply-templates/", reply_templates.template_list, name="template_list"),
    path("desk/reply-templates/new/", reply_templates.template_create, name="template_create"),
    path("desk/reply-templates/<int:pk>/edit/", reply_templates.template_update, name="template_update"),
    path("desk/reply-templates/<int:pk>/delete/", reply_templates.template_delete, name="template_delete"),
    path("desk/replies/", replies.reply_list, name="replies"),
    path("desk/evaluations/", ratings.evaluation_list, name="evaluation_list"),
    path("desk/assignments/", ratings.assignment_list, name="assignment_list"),
    path("me/suggestions/<int:pk>/", cases.mine, name="mine"),
]
