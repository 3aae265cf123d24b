"""Addresses: a patient's day."""

from django.urls import path

from kairos.web.portal.home import views

urlpatterns = [
    path("my/today/", views.show_today, name="portal_today"),
    path("my/sessions/", views.show_sessions, name="portal_sessions"),
    path("my/sessions/calendar.ics", views.send_calendar, name="portal_calendar"),
    path("my/team/", views.show_team, name="portal_team"),
]
