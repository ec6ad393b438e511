"""Addresses of checking in, who came, and calendar feeds."""

from django.urls import URLPattern, path

from appointments.views import attendance, attendance_figures, feeds, gatherings

urlpatterns: list[URLPattern] = [
    path("desk/appointments/<int:pk>/", gatherings.detail, name="detail"),
    path("desk/appointments/<int:pk>/code/", attendance.code, name="checkin_code"),
    path("desk/attendances/", attendance_figures.attendance_list, name="attendance_list"),
    path("desk/attendances/matrix/", attendance_figures.matrix, name="attendance_matrix"),
    path("desk/attendances/day/", attendance.day, name="attendance_day"),
    path("desk/attendances/<int:pk>/edit/", attendance.update, name="attendance_update"),
    path("desk/attendances/<int:pk>/cover/", attendance.cover, name="attendance_cover"),
    path("desk/attendances/<int:pk>/present/", attendance.present, name="attendance_present"),
    path("me/checkin/<str:code>/", attendance.check_in, name="check_in"),
    path("me/calendar/", feeds.mine, name="my_calendar"),
    path("desk/reps/<int:pk>/calendar/", feeds.detail, name="calendar"),
    path("desk/reps/<int:pk>/calendar/renew/", feeds.renew, name="calendar_renew"),
    path("desk/reps/<int:pk>/calendar/revoke/", feeds.revoke, name="calendar_revoke"),
]
