"""The URL root."""

from django.urls import URLPattern, URLResolver, include, path

from kairos.settings.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("", include("kairos.web.urls")),
]

handler400 = "kairos.settings.errors.bad_request"
handler403 = "kairos.settings.errors.not_allowed"
handler404 = "kairos.settings.errors.not_found"
handler500 = "kairos.settings.errors.our_fault"
