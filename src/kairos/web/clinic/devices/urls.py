"""Addresses of the devices and of the tray."""

from django.urls import path

from kairos.web.clinic.devices import views

urlpatterns = [
    path("devices/", views.show_devices, name="devices"),
    path("devices/<uuid:device_id>/place/", views.put, name="device_place"),
    path("devices/readings/<uuid:reading_id>/assign/", views.assign, name="device_reading_assign"),
    path("devices/readings/<uuid:reading_id>/aside/", views.set_aside, name="device_reading_aside"),
]
