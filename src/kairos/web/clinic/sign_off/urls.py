"""Addresses of the sign-off."""

from django.urls import path

from kairos.web.clinic.sign_off import views

urlpatterns = [
    path("programme/sign-off/", views.show_sign_off, name="sign_off"),
    path("programme/sign-off/values/<str:chapter>/", views.show_chapter, name="sign_off_chapter"),
    path("programme/sign-off/whom/", views.show_whom, name="sign_off_whom"),
    path("programme/sign-off/sign/", views.sign, name="sign_content"),
]
