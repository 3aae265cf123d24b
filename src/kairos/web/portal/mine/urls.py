"""Addresses of what is mine."""

from django.urls import path

from kairos.web.portal.mine import take_away, views

urlpatterns = [
    path("my/record/", views.show_mine, name="portal_mine"),
    path("my/record/looks/", views.show_log, name="portal_looks"),
    path("my/record/copy/", take_away.show_take_away, name="portal_take_away"),
    path("my/record/copy/<slug:form>/", take_away.take_away, name="portal_take"),
]
