"""Addresses: one person's fee, and the report of access by group."""

from django.urls import path

from kairos.web.clinic.fees.views import show_access, show_fee

urlpatterns = [
    path("people/<uuid:person_id>/fee/", show_fee, name="fee"),
    path("programme/access/", show_access, name="access_report"),
]
