"""Addresses: a patient's own consent."""

from django.urls import path

from kairos.web.portal.consent import views

urlpatterns = [
    path("my/consent/", views.show_consent, name="portal_consent"),
    path("my/consent/read/<slug:part>/", views.show_part, name="portal_consent_part"),
    path("my/consent/whole/", views.show_whole, name="portal_consent_whole"),
    path("my/consent/no/", views.keep_no, name="portal_consent_no"),
    path("my/consent/copy/", views.download_copy, name="portal_consent_copy"),
    path("my/consent/withdraw/", views.show_withdraw, name="portal_consent_withdraw"),
]
