"""Addresses: questionnaires by one-tap link."""

from django.urls import path

from kairos.web.portal.questionnaires import views
from kairos.web.portal.questionnaires.scores import show_own_scores

urlpatterns = [
    path("my/scores/", show_own_scores, name="portal_scores"),
    path("l/<str:address>/", views.show_landing, name="link"),
    path("l/<str:address>/<int:number>/", views.show_question, name="link_question"),
    path("l/<str:address>/<int:number>/care/", views.show_care, name="link_care"),
    path("l/<str:address>/review/", views.show_review, name="link_review"),
    path("l/<str:address>/thanks/", views.show_thanks, name="link_thanks"),
]
