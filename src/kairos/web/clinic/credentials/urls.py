"""Addresses: the licences of the staff."""

from django.urls import path

from kairos.web.clinic.credentials.views import check_licence, show_licences

urlpatterns = [
    path("programme/licences/", show_licences, name="licences"),
    path(
        "programme/<uuid:programme_id>/licences/<uuid:user_id>/<slug:role>/",
        check_licence,
        name="check_licence",
    ),
]
