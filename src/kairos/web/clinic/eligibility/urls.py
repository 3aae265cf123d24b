"""Addresses of one person's eligibility: findings, questions, results, treatments, decision."""

from django.urls import path

from kairos.web.clinic.eligibility import entering, replay, uses_views, views

urlpatterns = [
    path("people/<uuid:person_id>/eligibility/", views.show_eligibility, name="eligibility"),
    path("people/<uuid:person_id>/eligibility/uses/", uses_views.show_uses, name="uses"),
    path("people/<uuid:person_id>/eligibility/changes/", uses_views.acknowledge, name="acknowledge_changes"),
    path("people/<uuid:person_id>/eligibility/gates/", views.show_gates, name="eligibility_gates"),
    path("people/<uuid:person_id>/eligibility/sign/", views.sign, name="sign_eligibility"),
    path("people/<uuid:person_id>/eligibility/asked-for/", views.ask_for, name="ask_eligibility_for"),
    path("people/<uuid:person_id>/eligibility/answers/", entering.answer, name="answer_screening"),
    path("people/<uuid:person_id>/eligibility/lists/", entering.confirm, name="confirm_list"),
    path("people/<uuid:person_id>/eligibility/aside/", entering.set_aside, name="set_entry_aside"),
    path(
        "people/<uuid:person_id>/eligibility/decisions/<uuid:decision_id>/",
        replay.show_replay,
        name="replay_decision",
    ),
    path("people/<uuid:person_id>/results/", entering.show_results, name="enter_results"),
    path("people/<uuid:person_id>/treatments/", entering.show_trial, name="add_trial"),
]
