"""Addresses of a patient's own pages of psychotherapy."""

from django.urls import path

from kairos.web.portal.therapy import views

urlpatterns = [
    path("my/therapy/", views.show_own, name="portal_therapy"),
    path("my/therapy/<uuid:planned_session_id>/touch/", views.show_touch, name="portal_touch"),
    path("my/therapy/<uuid:planned_session_id>/afterwards/", views.show_afterwards, name="portal_afterwards"),
]
