"""Addresses of one person's medicines."""

from django.urls import path

from kairos.web.clinic.medicines import entering, views

urlpatterns = [
    path("people/<uuid:person_id>/medicines/", views.show_medicines, name="medicines"),
    path("people/<uuid:person_id>/medicines/plan/", views.sign_plan, name="sign_medicine_plan"),
    path("people/<uuid:person_id>/medicines/add/", entering.add, name="add_medicine"),
    path("people/<uuid:person_id>/medicines/correct/", entering.correct, name="correct_medicine"),
    path("people/<uuid:person_id>/medicines/said/", entering.say, name="say_medicine"),
    path("people/<uuid:person_id>/medicines/list/", entering.confirm, name="confirm_medicine_list"),
    path("people/<uuid:person_id>/medicines/code/", entering.confirm_code, name="confirm_drug_code"),
]
