"""Addresses of the audit."""

from django.urls import path

from kairos.web.clinic.audit import views

urlpatterns = [
    path("audit/", views.show_audit, name="audit"),
    path("audit/check/", views.check, name="audit_check"),
]
