"""The addresses of the programme: its numbers, and its readiness."""

from django.urls import path

from kairos.web.clinic.programme import readiness_views, views

urlpatterns = [
    path("programme/", views.show_programme, name="programme"),
    path("programme/readiness/", readiness_views.show_readiness, name="readiness"),
    path(
        "programme/<uuid:programme_id>/readiness/<slug:item>/",
        readiness_views.check_item,
        name="readiness_item",
    ),
    path(
        "programme/<uuid:programme_id>/readiness/<slug:item>/file/",
        readiness_views.send_evidence,
        name="readiness_evidence",
    ),
    path("programme/<uuid:programme_id>/live/", readiness_views.change_live, name="programme_live"),
]
