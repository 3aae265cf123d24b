"""Addresses: what one would prefer, and a talk prepared."""

from django.urls import path

from kairos.web.portal.choosing import talk, views

urlpatterns = [
    path("my/home-or-clinic/", views.show_place, name="portal_place"),
    path("my/talk/", talk.show_talk, name="portal_talk"),
]
