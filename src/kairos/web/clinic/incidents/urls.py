"""Addresses of incidents."""

from django.urls import path

from kairos.web.clinic.incidents import views

urlpatterns = [
    path("incidents/", views.show_incidents, name="incidents"),
    path("incidents/new/", views.report, name="incident_new"),
    path("incidents/<uuid:incident_id>/", views.show_incident, name="incident"),
]
