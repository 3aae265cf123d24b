"""Addresses of all screens. Each area keeps its own."""

from django.urls import URLPattern, URLResolver, include, path

from kairos.web.design.views import show_design
from kairos.web.home import show_home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", show_home, name="home"),
    path("design/", show_design, name="design"),
    path("", include("kairos.web.accounts.urls")),
    path("", include("kairos.web.offline.urls")),
    path("", include("kairos.web.cds_hooks.urls")),
    path("", include("kairos.web.devices.urls")),
    path("", include("kairos.web.clinic.accounts.urls")),
    path("", include("kairos.web.clinic.people.urls")),
    path("", include("kairos.web.clinic.records.urls")),
    path("", include("kairos.web.clinic.eligibility.urls")),
    path("", include("kairos.web.clinic.medicines.urls")),
    path("", include("kairos.web.clinic.consent.urls")),
    path("", include("kairos.web.clinic.courses.urls")),
    path("", include("kairos.web.clinic.sessions.urls")),
    path("", include("kairos.web.clinic.inbox.urls")),
    path("", include("kairos.web.clinic.progress.urls")),
    path("", include("kairos.web.clinic.audit.urls")),
    path("", include("kairos.web.clinic.content.urls")),
    path("", include("kairos.web.clinic.programme.urls")),
    path("", include("kairos.web.clinic.sign_off.urls")),
    path("", include("kairos.web.clinic.stock.urls")),
    path("", include("kairos.web.public.aid.urls")),
    path("", include("kairos.web.clinic.day.urls")),
    path("", include("kairos.web.clinic.rems.urls")),
    path("", include("kairos.web.clinic.therapy.urls")),
    path("", include("kairos.web.clinic.complaints.urls")),
    path("", include("kairos.web.portal.therapy.urls")),
    path("", include("kairos.web.portal.complaints.urls")),
    path("", include("kairos.web.clinic.at_home.urls")),
    path("", include("kairos.web.clinic.incidents.urls")),
    path("", include("kairos.web.clinic.devices.urls")),
    path("", include("kairos.web.clinic.on_call.urls")),
    path("", include("kairos.web.portal.help.urls")),
    path("", include("kairos.web.portal.learn.urls")),
    path("", include("kairos.web.portal.home.urls")),
    path("", include("kairos.web.portal.eligibility.urls")),
    path("", include("kairos.web.portal.medicines.urls")),
    path("", include("kairos.web.portal.questionnaires.urls")),
    path("", include("kairos.web.portal.consent.urls")),
    path("", include("kairos.web.portal.at_home.urls")),
]
