"""Addresses of what is mine."""

from django.urls import path

from kairos.web.portal.mine import facts, sharing, take_away, views

urlpatterns = [
    path("my/record/", views.show_mine, name="portal_mine"),
    path("my/record/looks/", views.show_log, name="portal_looks"),
    path("my/record/copy/", take_away.show_take_away, name="portal_take_away"),
    path("my/record/copy/<slug:form>/", take_away.take_away, name="portal_take"),
    path("my/record/known/", facts.show_facts, name="portal_facts"),
    path("my/record/known/not-right/", facts.contest, name="portal_fact_not_right"),
    path("my/sharing/", sharing.show_sharing, name="portal_sharing"),
    path("my/sharing/consent/end/", sharing.end_consent, name="portal_end_consent"),
    path("my/sharing/support/<uuid:support_id>/end/", sharing.end_support, name="portal_end_support"),
    path("my/sharing/links/<uuid:link_id>/end/", sharing.end_link, name="portal_end_link"),
    path("my/sharing/ways/<uuid:way_id>/end/", sharing.end_way, name="portal_end_way"),
    path("my/record/forgetting/", sharing.show_forgetting, name="portal_forgetting"),
    path("my/record/forgetting/ask/", sharing.ask_forgetting, name="portal_ask_forgetting"),
]
