"""Addresses: did it help."""

from django.urls import path

from kairos.web.clinic.progress import views

urlpatterns = [
    path("people/<uuid:person_id>/progress/", views.show_progress, name="progress"),
    path("people/<uuid:person_id>/progress/print/", views.show_print, name="progress_print"),
    path("people/<uuid:person_id>/progress/ask/", views.ask_now, name="progress_ask"),
    path("people/<uuid:person_id>/progress/withdraw-links/", views.withdraw, name="progress_withdraw"),
]
