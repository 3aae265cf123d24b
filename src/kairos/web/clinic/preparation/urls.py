"""Addresses of a person's preparation, for the team."""

from django.urls import path

from kairos.web.clinic.preparation import views

urlpatterns = [
    path("people/<uuid:person_id>/preparation/", views.show_preparation, name="preparation"),
    path("planned/<uuid:planned_session_id>/preparation/", views.show_saying, name="preparation_say"),
]
