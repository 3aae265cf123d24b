"""Addresses: the programme's own figures."""

from django.urls import path

from kairos.web.clinic.figures.views import publish_figures, show_own_figures

urlpatterns = [
    path("programme/figures/", show_own_figures, name="own_figures"),
    path("programme/<uuid:programme_id>/figures/publish/", publish_figures, name="publish_figures"),
]
