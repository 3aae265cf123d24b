"""Addresses of adverse events and standing orders."""

from django.urls import path

from kairos.web.clinic.adverse_events import order_views, views

urlpatterns = [
    path("adverse-events/", views.show_events, name="adverse_events"),
    path("people/<uuid:person_id>/adverse-events/new/", views.record, name="adverse_event_new"),
    path("adverse-events/<uuid:event_id>/", views.show_event, name="adverse_event"),
    path("adverse-events/<uuid:event_id>/change/", views.revise, name="adverse_event_change"),
    path("adverse-events/<uuid:event_id>/review/", views.review, name="adverse_event_review"),
    path("adverse-events/<uuid:event_id>/report/", views.show_report, name="adverse_event_report"),
    path("adverse-events/<uuid:event_id>/report.json", views.report_file, name="adverse_event_report_file"),
    path("standing-orders/", order_views.show_orders, name="standing_orders"),
    path("standing-orders/new/", order_views.sign, name="standing_order_new"),
    path("standing-orders/<uuid:order_id>/end/", order_views.end, name="standing_order_end"),
]
