"""Addresses of a person's own eligibility."""

from django.urls import path

from kairos.web.portal.eligibility import views

urlpatterns = [
    path("my/may-i-start/", views.show_own, name="portal_may_i_start"),
    path("my/may-i-start/not-right/", views.contest, name="portal_not_right"),
    path("my/may-i-start/second-look/", views.ask_again, name="portal_second_look"),
]
