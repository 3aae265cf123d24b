"""Addresses of bringing records in."""

from django.urls import path

from kairos.web.clinic.records import views

urlpatterns = [
    path("records/new/", views.show_upload, name="record_upload"),
    path("records/report/", views.show_report, name="import_report"),
    path("records/joins/", views.show_joins, name="joins"),
    path("records/joins/<uuid:proposal_id>/", views.decide, name="join_decide"),
]
