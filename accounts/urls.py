"""Addresses of accounts."""

from django.urls import path

from accounts.views import administration, audit, entrance

app_name = "accounts"
urlpatterns = [
    path("login/", entrance.Login.as_view(), name="login"),
    path("logout/", entrance.Logout.as_view(), name="logout"),
    path("desk/users/", administration.users, name="users"),
    path("desk/users/new/", administration.user_create, name="user_create"),
    path("desk/users/<int:pk>/", administration.user_detail, name="user_detail"),
    path("desk/users/<int:pk>/toggle/", administration.toggle, name="user_toggle"),
    path("desk/roles/<int:pk>/revoke/", administration.revoke, name="role_revoke"),
    path("desk/audit/", audit.audit, name="audit"),
]
