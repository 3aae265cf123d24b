"""Addresses of a patient's own medicines."""

from django.urls import path

from kairos.web.portal.medicines import views

urlpatterns = [path("my/medicines/", views.show_medicines, name="portal_medicines")]
