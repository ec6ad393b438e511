"""Addresses of a representative's duties, leave and swaps."""

from django.urls import URLPattern, path

from appointments.views import duties, leaves, swaps

urlpatterns: list[URLPattern] = [
    path("me/duty/", duties.my_duty, name="my_duty"),
    path("me/duty/<int:pk>/confirm/", duties.duty_confirm, name="duty_confirm"),
    path("me/swaps/", swaps.my_swaps, name="my_swaps"),
    path("desk/swaps/", swaps.swap_list, name="swap_list"),
    path("desk/swaps/new/", swaps.swap_create, name="swap_create"),
    path("desk/swaps/<int:pk>/", swaps.swap_detail, name="swap_detail"),
    path("desk/swaps/<int:pk>/<str:verb>/", swaps.swap_act, name="swap_act"),
    path("desk/leaves/", leaves.leave_list, name="leave_list"),
    path("desk/leaves/new/", leaves.leave_create, name="leave_create"),
    path("desk/leaves/<int:pk>/", leaves.leave_detail, name="leave_detail"),
    path("desk/leaves/<int:pk>/<str:verb>/", leaves.leave_act, name="leave_act"),
    path("desk/gaps/", leaves.gap_list, name="gap_list"),
    path("desk/gaps/<int:pk>/fill/", leaves.gap_fill, name="gap_fill"),
]
