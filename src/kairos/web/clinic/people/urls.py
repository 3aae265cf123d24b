"""Addresses of the list of people and of charts."""

from django.urls import path

from kairos.web.clinic.people import views

urlpatterns = [
    path("people/", views.show_people, name="people"),
    path("people/new/", views.show_new_person, name="person_new"),
    path("people/<uuid:person_id>/", views.show_chart, name="chart"),
    path("people/<uuid:person_id>/facts/<slug:kind>/", views.show_facts, name="chart_facts"),
    path("people/<uuid:person_id>/entry/", views.show_entry, name="original_entry"),
]
