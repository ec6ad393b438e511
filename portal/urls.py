"""Addresses of the public pages."""

from django.urls import path

from portal import feeds, questionnaires, views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("reps/<int:pk>/", views.representative, name="representative"),
    path("q/<uuid:token>/", questionnaires.questionnaire, name="questionnaire"),
    path("studios/<int:pk>/", views.studio, name="studio"),
    path("cal/<str:token>.ics", feeds.calendar, name="calendar"),
]
