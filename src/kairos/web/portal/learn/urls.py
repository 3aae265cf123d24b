"""Addresses: learning about the medicine."""

from django.urls import path

from kairos.web.portal.learn.therapy_fit import show_fit
from kairos.web.portal.learn.views import show_mechanism, show_routes

urlpatterns = [
    path("learn/mechanism/", show_mechanism, name="learn_mechanism"),
    path("learn/routes/", show_routes, name="learn_routes"),
    path("learn/therapy/", show_fit, name="learn_therapy"),
]
