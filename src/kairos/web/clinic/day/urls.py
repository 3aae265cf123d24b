"""Addresses of the clinic's day."""

from django.urls import path

from kairos.web.clinic.day import views

urlpatterns = [
    path("day/", views.show_day, name="day"),
    path("day/<uuid:site_id>/open/", views.show_open, name="day_open"),
    path("day/<uuid:site_id>/close/", views.close, name="day_close"),
    path("day/staff/<uuid:planned_id>/", views.show_staff, name="day_staff"),
    path("day/arrivals/<uuid:planned_id>/", views.arrive, name="day_arrival"),
]
