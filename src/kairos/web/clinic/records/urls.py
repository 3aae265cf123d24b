"""Addresses of bringing records in."""

from django.urls import path

from kairos.web.clinic.records import views

urlpatterns = [
    path("records/new/", views.show_upload, name="record_upload"),
    path("records/report/", views.show_report, name="import_report"),
]
