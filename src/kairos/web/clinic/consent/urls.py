"""Addresses: consent taken with a patient."""

from django.urls import path

from kairos.web.clinic.consent import views

urlpatterns = [
    path("people/<uuid:person_id>/consent/", views.show_person, name="consent_person"),
    path("people/<uuid:person_id>/consent/hand-over/", views.hand, name="consent_hand_over"),
    path("people/<uuid:person_id>/consent/read/", views.show_read, name="consent_read"),
    path("people/<uuid:person_id>/consent/read/<slug:part>/", views.show_part, name="consent_read_part"),
    path("people/<uuid:person_id>/consent/no/", views.keep_no, name="consent_read_no"),
    path("people/<uuid:person_id>/consent/capacity/", views.keep_capacity, name="consent_capacity"),
    path("people/<uuid:person_id>/consent/copy/", views.download_copy, name="consent_copy"),
    path("people/<uuid:person_id>/consent/whole/", views.show_whole, name="consent_whole"),
    path("people/<uuid:person_id>/consent/withdraw/", views.show_withdraw, name="consent_withdraw"),
]
