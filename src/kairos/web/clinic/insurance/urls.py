"""Addresses: the papers for a person's insurer."""

from django.urls import path

from kairos.web.clinic.insurance.views import send_estimate, show_insurance

urlpatterns = [
    path("people/<uuid:person_id>/insurance/", show_insurance, name="insurance"),
    path("people/<uuid:person_id>/estimate/", send_estimate, name="estimate"),
]
