"""Addresses of what patients share of their journals."""

from django.urls import path

from kairos.web.clinic.journal.views import show_shared

urlpatterns = [path("people/<uuid:person_id>/journal/", show_shared, name="shared_journal")]
