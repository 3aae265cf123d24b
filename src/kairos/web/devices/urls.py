"""Addresses for devices, as FHIR R4 has them: without a slash."""

from django.urls import path

from kairos.web.devices import views

urlpatterns = [
    path("fhir/R4/Observation", views.take_observation, name="device_observation"),
    path("fhir/R4/Observation/<uuid:reading_id>", views.show_observation, name="device_reading"),
]
