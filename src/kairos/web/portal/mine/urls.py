"""Addresses of what is mine."""

from django.urls import path

from kairos.web.portal.mine import views

urlpatterns = [
    path("my/record/", views.show_mine, name="portal_mine"),
    path("my/record/looks/", views.show_log, name="portal_looks"),
]
