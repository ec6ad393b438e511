"""Addresses of inspections and 整改."""

from django.urls import path

from studios.views import checklists, compliance, inspections, rectifications

urlpatterns = [
    path("desk/checklist/", checklists.checklist, name="checklist"),
    path("desk/checklist/new/", checklists.checklist_publish, name="checklist_publish"),
    path("desk/inspections/", inspections.inspection_list, name="inspection_list"),
    path("desk/inspections/new/", inspections.inspection_create, name="inspection_create"),
    path("desk/inspections/<int:pk>/", inspections.inspection_detail, name="inspection_detail"),
    path("desk/studios/<int:pk>/inspect/", inspections.inspect, name="inspect"),
    path("desk/studios/<int:pk>/inspections/", inspections.inspection_history, name="inspection_history"),
    path("desk/studios/<int:pk>/form/", rectifications.registration_form, name="registration_form"),
    path("desk/rectifications/", rectifications.rectification_list, name="rectification_list"),
    path("desk/rectifications/<int:pk>/notice/", rectifications.rectification_notice, name="rectification_notice"),
    path("desk/compliance/", compliance.compliance, name="compliance"),
    path("desk/compliance/studios/", compliance.compliance_studios, name="compliance_studios"),
]
