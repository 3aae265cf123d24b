"""Addresses of the caseload, of handing over, and of check-in visits."""

from django.urls import path

from kairos.web.clinic.caseload import hours, views, visits

urlpatterns = [
    path("caseload/", views.show_caseload, name="caseload"),
    path("caseload/hours/", hours.show_hours, name="talk_hours"),
    path("caseload/hours/<uuid:hour_id>/withdraw/", hours.withdraw_hour, name="talk_hour_withdraw"),
    path("people/<uuid:person_id>/days-after/", views.show_person, name="days_after"),
    path("people/<uuid:person_id>/hand-over/", views.hand_over, name="hand_over"),
    path("people/<uuid:person_id>/summaries/new/", views.write_summary, name="summary_new"),
    path("people/<uuid:person_id>/summaries/<uuid:summary_id>/", views.write_summary, name="summary"),
    path("people/<uuid:person_id>/check-ins/", visits.show_visits, name="visits"),
]
