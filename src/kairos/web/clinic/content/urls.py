"""Addresses of the content: everything, and one rule."""

from django.urls import path

from kairos.web.clinic.content import rule_views, views

urlpatterns = [
    path("content/", views.show_content, name="content"),
    path("content/rules/<str:rule>/", rule_views.show_rule, name="rule"),
    path("content/rules/<str:rule>/affected/", rule_views.show_affected, name="affected"),
]
