"""Addresses: a session at home by link."""

from django.urls import path

from kairos.web.portal.at_home import own, views

_H = "h/<str:address>/"

urlpatterns = [
    path("my/home/", own.show_own_home, name="portal_home_sessions"),
    path("my/home/mode/", own.open_mode, name="portal_home_mode"),
    path("my/home/support/end/", own.end_own_support, name="portal_home_end_support"),
    path(_H, views.show_home, name="home_link"),
    path(f"{_H}part/", views.show_part, name="home_link_part"),
    path(f"{_H}standing/", views.show_standing, name="home_link_standing"),
    path(f"{_H}here/", views.be_here, name="home_link_here"),
    path(f"{_H}check-in/", views.say_how, name="home_link_check_in"),
    path(f"{_H}items/<slug:item>/", views.answer_item, name="home_link_item"),
    path(f"{_H}reading/", views.enter_reading, name="home_link_reading"),
    path(f"{_H}plan/", views.verify_plan, name="home_link_plan"),
    path(f"{_H}dose/", views.take_dose, name="home_link_dose"),
    path(f"{_H}mouth/", views.end_hold, name="home_link_mouth"),
    path(f"{_H}support/end/", views.end_support, name="home_link_end_support"),
    path(f"{_H}quiz/", views.answer_quiz, name="home_link_quiz"),
    path(f"{_H}agree/", views.agree, name="home_link_agree"),
]
