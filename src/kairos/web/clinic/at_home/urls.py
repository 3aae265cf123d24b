"""Addresses: the switch of sessions at home, and what is prepared for a person."""

from django.urls import path

from kairos.web.clinic.at_home import views

_P = "people/<uuid:person_id>/home/"

urlpatterns = [
    path("programme/home/", views.show_switch, name="home_switch"),
    path("programme/home/<uuid:programme_id>/", views.switch, name="home_switch_act"),
    path(_P, views.show_preparation, name="person_home"),
    path(f"{_P}support/", views.name_support, name="person_home_support"),
    path(f"{_P}support/end/", views.end_support, name="person_home_end_support"),
    path(f"{_P}plan/", views.write_plan, name="person_home_plan"),
    path(f"{_P}plan/<uuid:planned_id>/", views.verify_plan, name="person_home_verify"),
    path(f"{_P}links/", views.make_link, name="person_home_link"),
]
