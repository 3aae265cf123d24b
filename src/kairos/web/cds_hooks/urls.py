"""Addresses of CDS Hooks. They end as the specification has them: without a slash."""

from django.urls import path

from kairos.web.cds_hooks import views

urlpatterns = [
    path("cds-services", views.show_offered, name="cds_services"),
    path("cds-services/<str:service>", views.ask_service, name="cds_service"),
    path("cds-services/<str:service>/feedback", views.take_feedback, name="cds_feedback"),
]
