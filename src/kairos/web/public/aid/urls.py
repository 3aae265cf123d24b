"""Addresses: the decision aid."""

from django.urls import path

from kairos.web.public.aid.views import show_aid, show_step, show_summary

urlpatterns = [
    path("aid/", show_aid, name="aid"),
    path("aid/sheet/", show_summary, name="aid_summary"),
    path("aid/<slug:step>/", show_step, name="aid_step"),
]
