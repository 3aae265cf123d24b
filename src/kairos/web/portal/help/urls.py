"""Addresses: reaching a human being."""

from django.urls import path

from kairos.web.portal.help.views import show_help, show_red_flags

urlpatterns = [
    path("help/", show_help, name="help_now"),
    path("help/when-to-call/", show_red_flags, name="red_flags"),
]
