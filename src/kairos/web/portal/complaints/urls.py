"""Addresses of complaints, on the patient's side."""

from django.urls import path

from kairos.web.portal.complaints.views import show_complaints

urlpatterns = [path("my/complaints/", show_complaints, name="portal_complaints")]
