"""Addresses of the register of representatives."""

from django.urls import path

from representatives.views import merging, register, status

urlpatterns = [
    path("desk/reps/", register.representative_list, name="list"),
    path("desk/reps/new/", register.create, name="create"),
    path("desk/reps/<int:pk>/", register.detail, name="detail"),
    path("desk/reps/<int:pk>/edit/", register.update, name="update"),
    path("desk/reps/<int:pk>/status/", status.change, name="status"),
    path("desk/reps/<int:pk>/merge/", merging.merge, name="merge"),
]
