"""Addresses: learning about the medicine."""

from django.urls import path

from kairos.web.portal.learn.views import show_routes

urlpatterns = [path("learn/routes/", show_routes, name="learn_routes")]
