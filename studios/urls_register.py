"""Addresses of the register of studios."""

from django.urls import path

from studios.views import register

urlpatterns = [
    path("desk/studios/", register.studio_list, name="list"),
    path("desk/studios/new/", register.studio_create, name="create"),
    path("desk/studios/<int:pk>/", register.studio_detail, name="detail"),
    path("desk/studios/<int:pk>/edit/", register.studio_update, name="update"),
    path("desk/studios/<int:pk>/status/", register.studio_status, name="status"),
]
