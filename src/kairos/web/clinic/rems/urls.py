"""Addresses of the REMS."""

from django.urls import path

from kairos.web.clinic.rems import views

urlpatterns = [
    path("rems/", views.show_rems, name="rems"),
    path("rems/sites/<uuid:site_id>/", views.certify, name="rems_site"),
    path("rems/people/<uuid:person_id>/", views.enrol, name="rems_person"),
]
