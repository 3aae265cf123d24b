"""Addresses of what a device asks by itself."""

from django.urls import URLPattern, URLResolver, path

from kairos.web.offline import manifest, standing, worker

urlpatterns: list[URLPattern | URLResolver] = [
    path("device/standing/", standing.show_standing, name="device_standing"),
    path("device/out-of-reach/", worker.show_out_of_reach, name="out_of_reach"),
    path("device/without-network/", worker.show_without_network, name="without_network"),
    path("manifest.webmanifest", manifest.show_manifest, name="manifest"),
    path("sw.js", worker.show_worker, name="service_worker"),
]
