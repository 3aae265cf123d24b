"""Addresses of what a device asks by itself."""

from django.urls import URLPattern, URLResolver, path

from kairos.web.offline import standing, worker

urlpatterns: list[URLPattern | URLResolver] = [
    path("device/standing/", standing.show_standing, name="device_standing"),
    path("device/out-of-reach/", worker.show_out_of_reach, name="out_of_reach"),
    path("sw.js", worker.show_worker, name="service_worker"),
]
