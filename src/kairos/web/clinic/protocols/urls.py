"""Addresses of the protocols of a programme."""

from django.urls import path

from kairos.web.clinic.protocols import views

urlpatterns = [
    path("programme/protocols/", views.show_protocols, name="protocols"),
    path("programme/protocols/<slug:protocol>/", views.change_protocol, name="own_protocol"),
]
