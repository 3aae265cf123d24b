"""Addresses of psychotherapy and touch."""

from django.urls import path

from kairos.web.clinic.therapy import chair_views, views

urlpatterns = [
    path("people/<uuid:person_id>/therapy/", views.show_therapy, name="therapy"),
    path("people/<uuid:person_id>/therapy/trauma/", views.show_trauma, name="therapy_trauma"),
    path("people/<uuid:person_id>/therapy/scale/", views.send_scale, name="therapy_scale"),
    path(
        "people/<uuid:person_id>/therapy/meetings/<uuid:meeting_id>/cancel/",
        views.cancel_meeting,
        name="therapy_cancel",
    ),
    path("planned/<uuid:planned_session_id>/therapy/<slug:kind>/", views.plan_meeting, name="therapy_plan"),
    path("planned/<uuid:planned_session_id>/aims/", views.show_aims, name="therapy_aims"),
    path("therapy/<slug:kind>/<uuid:subject_id>/", views.show_note, name="therapy_note"),
    path("sessions/<uuid:session_id>/therapy/", chair_views.show_chair, name="session_therapy"),
    path(
        "sessions/<uuid:session_id>/therapy/live/", chair_views.show_chair_part, name="session_therapy_live"
    ),
    path("planned/<uuid:planned_session_id>/touch/", chair_views.show_touch, name="touch"),
    path("planned/<uuid:planned_session_id>/touch/hand/", chair_views.hand_touch, name="touch_hand"),
    path("planned/<uuid:planned_session_id>/touch/tablet/", chair_views.show_tablet, name="touch_tablet"),
]
