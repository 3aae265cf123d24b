"""Addresses of a patient's own preparation."""

from django.urls import path

from kairos.web.portal.preparation import calm_views, goal_views, ready_views, reminder_views, views

urlpatterns = [
    path("my/preparation/", views.show_preparation, name="portal_preparation"),
    path("my/preparation/reminders/", reminder_views.show_reminders, name="portal_reminders"),
    path("exercises/", calm_views.show_calm, name="exercises"),
    path("my/goals/", goal_views.show_goals, name="portal_goals"),
    path("my/goals/new/", goal_views.write_goal, name="portal_goal_new"),
    path("my/goals/<uuid:goal_id>/", goal_views.write_goal, name="portal_goal"),
    path("my/goals/<uuid:goal_id>/aside/", goal_views.set_aside, name="portal_goal_aside"),
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
