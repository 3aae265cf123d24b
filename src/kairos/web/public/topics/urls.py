"""Addresses: pages beside the decision aid."""

from django.urls import path

from kairos.web.public.topics import views

urlpatterns = [
    path("learn/pain/", views.show_pain, name="learn_pain"),
    path("learn/already-using/", views.show_using, name="learn_using"),
]
