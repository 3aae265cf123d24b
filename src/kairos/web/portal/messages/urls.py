"""Addresses of messages, on the patient's side."""

from django.urls import path

from kairos.web.portal.messages import check_in_views, views

urlpatterns = [
    path("my/messages/", views.show_messages, name="portal_messages"),
    path("my/messages/<uuid:thread>/", views.show_thread, name="portal_thread"),
    path("c/<str:address>/", check_in_views.show_check_in, name="check_in_link"),
]
