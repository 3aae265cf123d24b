"""Addresses: courses, plans, calendar, dose orders."""

from django.urls import path

from kairos.web.clinic.courses import end_views, order_views, portion_orders, views

urlpatterns = [
    path("people/<uuid:person_id>/course/", views.show_course, name="course"),
    path("people/<uuid:person_id>/course/plan/", views.show_plan, name="course_plan"),
    path("people/<uuid:person_id>/course/calendar.ics", views.send_calendar, name="course_calendar"),
    path("people/<uuid:person_id>/course/end/", end_views.show_end, name="course_end"),
    path("people/<uuid:person_id>/follow-up/end/", end_views.show_follow_up_end, name="follow_up_end"),
    path("planned/<uuid:planned_session_id>/move/", views.show_move, name="session_move"),
    path("planned/<uuid:planned_session_id>/cancel/", views.show_cancel, name="session_cancel"),
    path("planned/<uuid:planned_session_id>/order/", order_views.show_order, name="dose_order"),
    path("planned/<uuid:planned_session_id>/order/place/", order_views.place, name="dose_order_place"),
    path("planned/<uuid:planned_session_id>/supply/", portion_orders.order_supply, name="home_supply_order"),
    path("orders/<uuid:order_id>/verify/", order_views.verify, name="dose_order_verify"),
    path("orders/<uuid:order_id>/withdraw/", order_views.withdraw, name="dose_order_withdraw"),
]
