"""Addresses of themed appointments: themes, questionnaires, field trips, findings."""

from django.urls import path

from appointments.views import findings, questionnaires, themes

urlpatterns = [
    path("desk/topics/", themes.topics, name="topic_list"),
    path("desk/topics/new/", themes.topic_create, name="topic_create"),
    path("desk/topics/<int:pk>/", themes.topic_detail, name="topic_detail"),
    path("desk/topics/<int:pk>/edit/", themes.topic_update, name="topic_update"),
    path("desk/topics/<int:pk>/invite/", themes.topic_invite, name="topic_invite"),
    path("desk/topics/<int:pk>/attendance/", themes.topic_attendance, name="topic_attendance"),
    path("desk/topics/<int:pk>/cancel/", themes.topic_cancel, name="topic_cancel"),
    path("desk/topics/<int:pk>/hold/", themes.topic_hold, name="topic_hold"),
    path("desk/topics/<int:pk>/trips/new/", findings.trip_create, name="trip_create"),
    path("desk/topics/<int:pk>/findings/new/", findings.finding_create, name="finding_create"),
    path("desk/topics/<int:pk>/questionnaires/new/", questionnaires.questionnaire_create, name="questionnaire_create"),
    path("desk/themes/new/", themes.theme_create, name="theme_create"),
    path("desk/themes/<int:pk>/edit/", themes.theme_update, name="theme_update"),
    path("desk/trips/<int:pk>/edit/", findings.trip_update, name="trip_update"),
    path("desk/findings/", findings.findings, name="finding_list"),
    path("desk/findings/<int:pk>/edit/", findings.finding_update, name="finding_update"),
    path("desk/findings/<int:pk>/adopt/", findings.finding_adopt, name="finding_adopt"),
    path("desk/questionnaires/<int:pk>/", questionnaires.questionnaire_detail, name="questionnaire_detail"),
    path("desk/questionnaires/<int:pk>/edit/", questionnaires.questionnaire_update, name="questionnaire_update"),
    path("desk/questionnaires/<int:pk>/questions/new/", questionnaires.question_create, name="question_create"),
    path("desk/questionnaires/<int:pk>/preview/", questionnaires.questionnaire_preview, name="questionnaire_preview"),
    path("desk/questionnaires/<int:pk>/publish/", questionnaires.questionnaire_publish, name="questionnaire_publish"),
    path("desk/questionnaires/<int:pk>/close/", questionnaires.questionnaire_close, name="questionnaire_close"),
    path("desk/questionnaires/<int:pk>/copy/", questionnaires.questionnaire_copy, name="questionnaire_copy"),
    path("desk/questionnaires/<int:pk>/papers/new/", questionnaires.paper_create, name="paper_create"),
    path("desk/questionnaires/<int:pk>/print/", questionnaires.questionnaire_print, name="questionnaire_print"),
    path("desk/questionnaires/<int:pk>/export/", questionnaires.questionnaire_export, name="questionnaire_export"),
    path("desk/questions/<int:pk>/edit/", questionnaires.question_update, name="question_update"),
    path("desk/questions/<int:pk>/move/", questionnaires.question_move, name="question_move"),
    path("desk/questions/<int:pk>/remove/", questionnaires.question_remove, name="question_remove"),
]
