"""Addresses: reaching a human being."""

from django.urls import path

from kairos.web.portal.help.views import show_help

urlpatterns = [path("help/", show_help, name="help_now")]
