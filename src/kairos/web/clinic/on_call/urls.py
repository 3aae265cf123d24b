"""Addresses of the on-call roster."""

from django.urls import path

from kairos.web.clinic.on_call import views

urlpatterns = [
    path("on-call/", views.show_roster, name="on_call"),
    path("on-call/new/", views.name_somebody, name="on_call_new"),
    path("on-call/<uuid:duty_id>/withdraw/", views.withdraw, name="on_call_withdraw"),
]
