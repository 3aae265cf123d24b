"""Addresses of a patient's own preparation."""

from django.urls import path

from kairos.web.portal.preparation import ready_views, reminder_views, views

urlpatterns = [
    path("my/preparation/", views.show_preparation, name="portal_preparation"),
    path("my/preparation/reminders/", reminder_views.show_reminders, name="portal_reminders"),
    path("my/preparation/<uuid:planned_session_id>/", ready_views.show_ready, name="portal_ready"),
    path(
        "my/preparation/<uuid:planned_session_id>/intention/", views.show_intention, name="portal_intention"
    ),
    path(
        "my/preparation/<uuid:planned_session_id>/intention/sharing/",
        views.change_sharing,
        name="portal_intention_sharing",
    ),
]
