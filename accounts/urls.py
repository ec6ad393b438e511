"""Addresses of accounts."""

from django.urls import path

from accounts.views import administration, audit, entrance, imports, kept_views, preferences, units

app_name = "accounts"
urlpatterns = [
    path("login/", entrance.Login.as_view(), name="login"),
    path("logout/", entrance.Logout.as_view(), name="logout"),
    path("desk/me/", preferences.preferences, name="preferences"),
    path("desk/users/", administration.users, name="users"),
    path("desk/users/new/", administration.user_create, name="user_create"),
    path("desk/users/<int:pk>/", administration.user_detail, name="user_detail"),
    path("desk/users/<int:pk>/toggle/", administration.toggle, name="user_toggle"),
    path("desk/roles/<int:pk>/revoke/", administration.revoke, name="role_revoke"),
    path("desk/units/", units.unit_list, name="units"),
    path("desk/imports/", imports.import_list, name="imports"),
    path("desk/imports/<int:pk>/", imports.import_detail, name="import_detail"),
    path("desk/imports/<int:pk>/apply/", imports.import_apply, name="import_apply"),
    path("desk/imports/<int:pk>/refused.xlsx", imports.import_refused, name="import_refused"),
    path("desk/imports/<slug:slug>/new/", imports.import_create, name="import_create"),
    path("desk/imports/<slug:slug>/template.xlsx", imports.import_template, name="import_template"),
    path("desk/imports/<slug:slug>/export.xlsx", imports.import_export, name="import_export"),
    path("desk/views/<slug:slug>/", kept_views.view_list, name="view_list"),
    path("desk/views/<slug:slug>/new/", kept_views.view_create, name="view_create"),
    path("desk/views/<int:pk>/rename/", kept_views.view_rename, name="view_rename"),
    path("desk/views/<int:pk>/move/", kept_views.view_move, name="view_move"),
    path("desk/views/<int:pk>/delete/", kept_views.view_delete, name="view_delete"),
    path("desk/audit/", audit.audit, name="audit"),
]
